using System.Net;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Storage;
using Baton.Server.Tests.Handovers;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Vault;

/// <summary>What was purged is gone from the disk: the data directory is searched for the very bytes.</summary>
public sealed class VaultDestructionTests : VaultTests
{
    private Id group;
    private Id entry;
    private byte[][] secrets = [];
    private byte[] shared = [];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        group = await Owner.Group();
        var (own, ownBytes) = await Owner.Upload(group);
        var (both, bothBytes) = await Owner.Upload(group);
        var (first, second) = (Colleague.Save(group, BatonServer.NewId(), size: 48 + 24_576, files: [own, both]), Colleague.Bytes(48 + 24_576));
        entry = first.Entry;
        await Owner.Changed(first);
        await Owner.Changed(first with { Base = 1, Sealed = second, Files = [both] });
        await Owner.Entry(Owner.Own, files: both);
        shared = bothBytes[1_000..1_064];
        secrets = [first.Sealed![..64], first.Sealed[^64..], second[..64], second[^64..], ownBytes[1_000..1_064], ownBytes[^64..]];
        Assert.All(secrets, secret => Assert.True(Server.Store.Holds(secret), "The search sees nothing."));
    }

    [Fact]
    public async Task A_purge_destroys_the_entry_its_revisions_and_its_files_but_not_what_another_entry_needs()
    {
        await Owner.Changed(new EntryChange("purge", group, entry, 2));

        await AreGone();
        Assert.True(Server.Store.Holds(shared));
        Assert.Equal(48 + 256 + 65_552 + 1_000, Bytes());
    }

    [Fact]
    public async Task After_thirty_days_in_the_bin_an_entry_is_purged_and_the_ledger_tells_so()
    {
        await Owner.Changed(new EntryChange("bin", group, entry, 2));
        var restored = await Owner.Entry(group);
        await Owner.Changed(new EntryChange("bin", group, restored, 1));
        await Server.Restart(TimeSpan.FromDays(29));
        await Owner.SignIn(Server);
        await Owner.Changed(new EntryChange("restore", group, restored, 1));
        Assert.DoesNotContain(await Owner.Entries(group), state => state.Purged);

        await Server.Restart(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(30));
        await Owner.SignIn(Server);
        Assert.DoesNotContain(await Owner.Entries(group), state => state.Purged);
        Server.Clock.Advance(TimeSpan.FromMinutes(1));

        await AreGone();
        var states = (await Owner.Entries(group)).ToDictionary(state => state.Entry);
        Assert.Equal((true, false), (states[entry].Purged, states[restored].Purged));
        var told = Entries.Of(Server, "entries")[^1];
        Assert.Equal(("server", "purge"), (told.GetProperty("actor").GetString(), told.GetProperty("changes")[0].GetProperty("act").GetString()));
    }

    [Fact]
    public async Task A_server_that_was_down_catches_up()
    {
        await Owner.Changed(new EntryChange("bin", group, entry, 2));
        await Server.Restart(TimeSpan.FromDays(15));
        Assert.Equal(0L, Ask("SELECT count(*) FROM entries WHERE purged = TRUE AND entry = @entry", ("@entry", entry)));
        await Server.Restart(TimeSpan.FromDays(16));
        await AreGone();
    }

    [Fact]
    public async Task A_deleted_group_is_emptied_also_by_the_next_start()
    {
        var before = Bytes();
        for (var i = 0; i < 120; i++)
        {
            await Owner.Entry(group);
        }

        await Colleague.Expect(HttpStatusCode.OK, Owner.Post($"/api/groups/{group}/state", new ChangeGroupState("deleted")));
        await Server.Restart();

        await AreGone();
        await Eventually.Holds(() => Bytes() == 48 + 256 + 65_552 + 1_000);
        Assert.True(before > Bytes());
        Assert.Equal(0L, Ask("SELECT count(*) FROM entries WHERE purged = FALSE AND group_id = @group", ("@group", group)));
        Assert.Equal(1L, Ask("SELECT count(*) FROM groups WHERE id = @group AND emptied = TRUE", ("@group", group)));
        Assert.True(Server.Store.Holds(shared));
    }

    private Task AreGone() => Eventually.Holds(() => !secrets.Any(secret => Server.Store.Holds(secret)));

    private long Bytes() => Ask("SELECT vault_bytes FROM organizations WHERE id = @organization", ("@organization", Owner.Organization));

    private long Ask(string sql, (string Name, object? Value) value) => Server.Services.GetRequiredService<Database>().Read(connection => (long)connection.Scalar(sql, value)!);
}

/// <summary>No member fills the disk.</summary>
public sealed class VaultQuotaTests : VaultTests
{
    private protected override string[] Settings => ["--vault-bytes", "100000"];

    [Fact]
    public async Task An_organization_keeps_so_much_and_another_is_not_touched()
    {
        var group = await Owner.Group();
        var entry = BatonServer.NewId();
        await Owner.Changed(Colleague.Save(group, entry, size: 48 + 36_864));
        await Owner.Changed(Colleague.Save(group, entry, from: 1, size: 48 + 36_864));
        var full = await Colleague.Refused("too-large", Owner.Change(Colleague.Save(group, entry, from: 2, size: 48 + 36_864)));
        Assert.Equal(100_000, full.Limit);
        Assert.NotNull(full.Detail);
        await Colleague.Refused("too-large", Owner.Post("/api/attachments", new NewAttachment(BatonServer.NewId(), group, 50_000)));
        Assert.Equal(2, (await Owner.Entries(group)).Single().Revision);
        using var stranger = await Colleague.In(Server);
        await stranger.Changed(Colleague.Save(stranger.Own, BatonServer.NewId(), size: 48 + 73_728));

        await Owner.Changed(new EntryChange("purge", group, entry, 2));
        await Owner.Changed(Colleague.Save(group, BatonServer.NewId(), size: 48 + 73_728));
    }
}
