using System.Net;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Features.Vault;
using Baton.Server.Storage;
using Baton.Server.Tests.Handovers;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Vault;

/// <summary>Entries saved, binned, restored, purged: nothing is overwritten, nothing happens by half, nothing comes back.</summary>
public sealed class EntryTests : VaultTests
{
    private Id group;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        group = await Admin.Group((Anna, Right.Edit), (Piotr, Right.View), (Owner, Right.Manage));
    }

    [Fact]
    public async Task A_save_is_a_new_revision_and_the_ones_before_are_kept_as_they_were()
    {
        var entry = BatonServer.NewId();
        var saves = new List<EntryChange>();
        for (var from = 0; from < 3; from++)
        {
            saves.Add(Colleague.Save(group, entry, from));
            var state = (await Anna.Changed(saves[^1])).Single();
            Assert.Equal((entry, group, from + 1L, from + 1L, 1, Anna.Id), (state.Entry, state.Group, state.Change, state.Revision, state.Version, state.ChangedBy));
            Assert.Null(state.Sealed);
            Server.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var now = (await Piotr.Entries(group)).Single();
        Assert.Equal(saves[2].Sealed, now.Sealed);
        var revisions = await Revisions(entry);
        Assert.Equal([3L, 2L, 1L], revisions.Select(revision => revision.Revision));
        Assert.Equal(saves.AsEnumerable().Reverse().Select(save => save.Sealed), revisions.Select(revision => revision.Sealed));
        Assert.Equal(1_000, revisions[0].ChangedAt - revisions[1].ChangedAt);
        Assert.Equal([1L], (await Revisions(entry, "?before=2")).Select(revision => revision.Revision));
        var told = Entries.Of(Server, "entries")[^1];
        var change = told.GetProperty("changes").EnumerateArray().Single();
        Assert.Equal((group.ToString(), "save", 3), (told.GetProperty("group").GetString(), change.GetProperty("act").GetString(), change.GetProperty("revision").GetInt32()));
        Assert.Equal(
            Protocol.Encoding.Base64Url.Encode(System.Security.Cryptography.SHA256.HashData(saves[2].Sealed!)), change.GetProperty("hash").GetString());
    }

    [Fact]
    public async Task Of_two_saves_made_from_one_revision_exactly_one_wins_and_the_other_is_told()
    {
        for (var round = 0; round < 5; round++)
        {
            var entry = await Anna.Entry(group);
            var saves = Enumerable.Range(0, 8).Select(_ => Colleague.Save(group, entry, from: 1)).ToList();
            var answers = await Task.WhenAll(saves.Select((save, i) => (i % 2 == 0 ? Anna : Owner).Change(save)));
            var won = answers.Index().Single(answer => answer.Item.StatusCode == HttpStatusCode.OK).Index;
            foreach (var (_, lost) in answers.Index().Where(answer => answer.Index != won))
            {
                Assert.Equal("stale-revision", await lost.Problem());
                Assert.Equal([entry], (await lost.Read<Problem>()).Entries!);
            }

            Assert.Equal(saves[won].Sealed, (await Revisions(entry))[0].Sealed);
            Assert.Equal(2, (await Revisions(entry)).Count);
        }
    }

    [Fact]
    public async Task A_request_happens_whole_or_not_at_all_over_several_groups()
    {
        var other = await Owner.Group((Anna, Right.Edit));
        var (there, stale) = (await Anna.Entry(group), await Anna.Entry(other));
        await Anna.Changed(Colleague.Save(other, stale, from: 1));
        var fresh = BatonServer.NewId();
        var problem = await Colleague.Refused("stale-revision", Anna.Change(
            Colleague.Save(group, fresh), new EntryChange("bin", group, there, 1), Colleague.Save(other, stale, from: 1)));
        Assert.Equal([stale], problem.Entries!);
        Assert.Equal([(there, (long?)null)], (await Anna.Entries(group)).Select(entry => (entry.Entry, entry.BinnedAt)));
        await Colleague.Refused("stale-key", Anna.Change(Colleague.Save(group, fresh), Colleague.Save(other, BatonServer.NewId(), version: 2)));
        await Colleague.Refused("not-found", Anna.Change(Colleague.Save(group, fresh), Colleague.Save(Owner.Own, BatonServer.NewId())));
        Assert.Single(await Anna.Entries(group));

        // A move: a new entry there and a bin here, together.
        var states = await Anna.Changed(Colleague.Save(other, fresh), new EntryChange("bin", group, there, 1));
        Assert.Equal([fresh, there], states.Select(state => state.Entry));
        Assert.NotNull((await Anna.Entries(group)).Single().BinnedAt);
        Assert.Contains(await Owner.Entries(other), entry => entry.Entry == fresh);
        Assert.Equal(2, Entries.Of(Server, "entries").TakeLast(2).Select(told => told.GetProperty("group").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task Bin_and_restore_change_no_revision_and_a_save_takes_out_of_the_bin()
    {
        var entry = await Anna.Entry(group);
        var binned = (await Anna.Changed(new EntryChange("bin", group, entry, 1))).Single();
        Assert.Equal((1L, 2L), (binned.Revision, binned.Change));
        Assert.NotNull(binned.BinnedAt);
        Server.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(binned.BinnedAt, (await Anna.Changed(new EntryChange("bin", group, entry, 1))).Single().BinnedAt);
        Assert.Null((await Anna.Changed(new EntryChange("restore", group, entry, 1))).Single().BinnedAt);
        await Anna.Changed(new EntryChange("bin", group, entry, 1));
        await Colleague.Refused("stale-revision", Anna.Change(new EntryChange("bin", group, entry, 2)));
        Assert.Null((await Anna.Changed(Colleague.Save(group, entry, from: 1))).Single().BinnedAt);
    }

    [Fact]
    public async Task A_purged_entry_leaves_its_id_and_nothing_comes_back_under_it()
    {
        var entry = await Anna.Entry(group);
        await Anna.Changed(Colleague.Save(group, entry, from: 1));
        await Colleague.Refused("forbidden", Anna.Change(new EntryChange("purge", group, entry, 2)));
        await Colleague.Refused("stale-revision", Owner.Change(new EntryChange("purge", group, entry, 1)));
        var purged = (await Owner.Changed(new EntryChange("purge", group, entry, 2))).Single();
        Assert.True(purged.Purged);
        Assert.Equal((2L, true), (await Anna.Entries(group)).Select(state => (state.Revision, state.Sealed is null)).Single());
        await Colleague.Refused("not-found", Anna.Get($"/api/entries/{entry}/revisions"));
        foreach (var from in new[] { 0, 1, 2 })
        {
            await Colleague.Refused("stale-revision", Owner.Change(Colleague.Save(group, entry, from)));
        }

        await Colleague.Refused("stale-revision", Owner.Change(new EntryChange("restore", group, entry, 2)));
        await Colleague.Refused("conflict", Owner.Change(Colleague.Save(Owner.Own, entry)));
    }

    [Fact]
    public async Task Pages_come_in_the_order_of_the_last_change()
    {
        var entries = new List<Id>();
        for (var i = 0; i < 5; i++)
        {
            entries.Add(await Anna.Entry(group));
        }

        await Anna.Changed(Colleague.Save(group, entries[0], from: 1));
        var seen = new List<Id>();
        var (after, more) = (0L, true);
        while (more)
        {
            using var answer = await Piotr.Get($"/api/groups/{group}/entries?after={after}&limit=2");
            var page = await answer.Read<EntryPage>();
            seen.AddRange(page.Entries.Select(entry => entry.Entry));
            (after, more) = (page.Entries[^1].Change, page.More);
        }

        Assert.Equal([.. entries.Skip(1), entries[0]], seen);
        Assert.Empty(await Piotr.Entries(group, after));
        foreach (var query in new[] { "limit=0", "limit=1001", "limit=x", "after=-1", "after=x" })
        {
            await Colleague.Refused("invalid-request", Piotr.Get($"/api/groups/{group}/entries?{query}"));
        }
    }

    [Fact]
    [Trait(Store.Only, Store.Sqlite)]
    public void Reading_on_in_a_group_is_a_look_up_in_one_index_however_many_entries_there_are()
    {
        var plan = Server.Services.GetRequiredService<Database>().Read(connection =>
        {
            using var rows = connection.Query(
                "EXPLAIN QUERY PLAN " + EntryReader.After, ("@group", group), ("@after", 9_000L), ("@limit", 100));
            return rows.Read() ? rows.GetString(3) : "";
        });
        Assert.Equal("SEARCH entries USING INDEX entries_in_order (group_id=? AND change>?)", plan);
    }

    [Fact]
    public async Task A_change_that_cannot_be_is_refused()
    {
        var entry = await Anna.Entry(group);
        var save = Colleague.Save(group, entry, from: 1);
        foreach (var (problem, changes) in new (string, EntryChange[])[]
        {
            ("invalid-request", []),
            ("invalid-request", [.. Enumerable.Range(0, 201).Select(_ => Colleague.Save(group, BatonServer.NewId(), size: 112))]),
            ("invalid-request", [null!]),
            ("invalid-request", [save, new EntryChange("bin", group, entry, 1)]),
            ("invalid-request", [save with { Act = "erase" }]),
            ("invalid-request", [save with { Base = -1 }]),
            ("invalid-request", [save with { Version = null }]),
            ("invalid-request", [save with { Version = 0 }]),
            ("invalid-request", [save with { Sealed = null }]),
            ("invalid-request", [save with { Sealed = Colleague.Bytes(51) }]),
            ("invalid-request", [save with { Sealed = Colleague.Bytes(48 + 257) }]),
            ("too-large", [save with { Sealed = Colleague.Bytes(262_145) }]),
            ("invalid-request", [save with { Files = [entry, entry] }]),
            ("invalid-request", [save with { Files = [.. Enumerable.Range(0, 101).Select(_ => BatonServer.NewId())] }]),
            ("invalid-request", [save with { Files = [BatonServer.NewId()] }]),
            ("invalid-request", [new EntryChange("bin", group, entry, 0)]),
            ("invalid-request", [new EntryChange("bin", group, entry, 1, Version: 1)]),
            ("invalid-request", [new EntryChange("restore", group, entry, 1, Sealed: save.Sealed)]),
            ("not-found", [new EntryChange("bin", group, BatonServer.NewId(), 1)]),
            ("not-found", [new EntryChange("bin", Anna.Own, entry, 1)]),
            ("not-found", [Colleague.Save(BatonServer.NewId(), BatonServer.NewId())]),
        })
        {
            await Colleague.Refused(problem, Anna.Change(changes));
        }

        Assert.Equal(1, (await Anna.Entries(group)).Single().Revision);
        await Anna.Changed(Colleague.Save(group, entry, from: 1, size: 48 + 4));
        await Anna.Changed(Colleague.Save(group, entry, from: 2, size: 48 + 258_048));
    }

    [Fact]
    public async Task A_right_that_ends_while_a_save_is_under_way_decides_and_so_does_a_rotation()
    {
        var others = new[] { (Admin, Right.Manage), (Anna, Right.Edit), (Piotr, Right.View), (Owner, Right.Manage) };
        var stop = false;
        var saves = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var taken = new List<(int Version, Id Entry)>();
            for (var version = 1; !Volatile.Read(ref stop);)
            {
                var entry = BatonServer.NewId();
                using var answer = await Anna.Change(Colleague.Save(group, entry, version: version));
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    taken.Add((version, entry));
                }
                else
                {
                    var problem = await answer.Problem();
                    Assert.True(problem is "stale-key" or "not-found", problem);
                    version += problem == "stale-key" ? 1 : 0;
                }
            }

            return taken;
        }, Cancel)).ToList();
        await Eventually.Holds(() => Stored.Count(Server, "entries") > 20);
        await Colleague.Expect(HttpStatusCode.OK, Admin.Rotate(group, 2, 2, others));
        var rotated = (await Admin.Entries(group))[^1].Change;
        await Eventually.Holds(() => Stored.Count(Server, "entries") > rotated + 20);
        await Colleague.Expect(HttpStatusCode.NoContent, Admin.Delete($"/api/groups/{group}/grants/{Anna.Id}"));
        var ended = (await Admin.Entries(group))[^1].Change;
        Volatile.Write(ref stop, true);
        var taken = (await Task.WhenAll(saves)).SelectMany(one => one).ToDictionary(one => one.Entry, one => one.Version);

        var kept = await Admin.Entries(group);
        Assert.Equal(taken.Keys.ToHashSet(), kept.Select(entry => entry.Entry).ToHashSet());
        Assert.All(kept, entry => Assert.Equal(taken[entry.Entry], entry.Version));
        Assert.Equal(kept.Select(entry => entry.Version).Order(), kept.Select(entry => entry.Version));
        Assert.Equal(ended, kept[^1].Change);
    }

    [Fact]
    public async Task Who_may_view_the_group_hears_of_a_change_and_who_sees_the_history_alone_does_not()
    {
        using var auditor = await Colleague.In(Server, Role.Auditor, Owner.Organization);
        await Colleague.Expect(HttpStatusCode.NoContent, Admin.Give(group, auditor, Right.History));
        using var viewer = await LiveEvents.Open(Piotr.Client);
        using var audited = await LiveEvents.Open(auditor.Client);
        await Anna.Entry(group);
        await Colleague.Expect(HttpStatusCode.Created, Owner.Post("/api/handovers", TestHandover.New(group).Request));
        Assert.Equal(("group", $$"""{"group":"{{group}}","change":1}"""), await viewer.Next());
        Assert.Equal("handover", (await viewer.Next())!.Value.Name);
        Assert.Equal("handover", (await audited.Next())!.Value.Name);
    }

    private async Task<IReadOnlyList<EntryRevision>> Revisions(Id entry, string query = "")
    {
        using var answer = await Piotr.Get($"/api/entries/{entry}/revisions{query}");
        return (await answer.Read<EntryRevisions>()).Revisions;
    }
}
