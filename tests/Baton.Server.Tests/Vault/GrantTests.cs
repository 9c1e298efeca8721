using System.Net;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Tests.Handovers;

namespace Baton.Server.Tests.Vault;

/// <summary>Rights given and ended, at once for requests, open streams and writes under way; and the rotation that follows.</summary>
public sealed class GrantTests : VaultTests
{
    [Fact]
    public async Task A_right_given_counts_at_once_and_one_ended_too()
    {
        var group = await Admin.Group();
        await Colleague.Refused("not-found", Anna.Get($"/api/groups/{group}/entries"));
        await Colleague.Expect(HttpStatusCode.NoContent, Admin.Give(group, Anna, Right.View));
        Assert.Empty(await Anna.Entries(group));
        await Colleague.Refused("forbidden", Anna.Change(Colleague.Save(group, BatonServer.NewId())));
        await Colleague.Expect(HttpStatusCode.NoContent, Admin.Give(group, Anna, Right.Edit));
        await Anna.Entry(group);
        Assert.Equal("edit", (await Anna.Session()).Groups.Single(held => held.Group == group).Right);

        using var stream = await LiveEvents.Open(Anna.Client);
        await Colleague.Expect(HttpStatusCode.NoContent, Admin.Delete($"/api/groups/{group}/grants/{Anna.Id}"));

        Assert.Equal(("organization", "{}"), await stream.Next());
        Assert.Null(await stream.Next());
        await Colleague.Refused("not-found", Anna.Get($"/api/groups/{group}/entries"));
        var rights = await Admin.Rights(group);
        Assert.True(rights.RotationDue);
        Assert.Equal([(Anna.Id, "edit")], rights.Leavers.Select(left => (left.Member, left.Right)));
        Assert.Equal(Anna.Id.ToString(), Entries.Of(Server, "grant-ended").Single().GetProperty("to").GetString());
        await Colleague.Expect(HttpStatusCode.NoContent, Admin.Give(group, Anna, Right.View));
        Assert.Empty((await Admin.Rights(group)).Leavers);
    }

    [Fact]
    public async Task Only_owners_and_admins_who_can_read_give_rights_and_a_member_may_leave_by_itself()
    {
        var group = await Admin.Group((Anna, Right.Manage), (Piotr, Right.View));
        await Colleague.Refused("forbidden", Anna.Give(group, Owner, Right.View));
        await Colleague.Refused("not-found", Owner.Give(group, Owner, Right.View));
        await Colleague.Refused("forbidden", Anna.Delete($"/api/groups/{group}/grants/{Piotr.Id}"));
        await Colleague.Expect(HttpStatusCode.NoContent, Piotr.Delete($"/api/groups/{group}/grants/{Piotr.Id}"));
        await Colleague.Refused("not-found", Piotr.Delete($"/api/groups/{group}/grants/{Piotr.Id}"));
        await Colleague.Expect(HttpStatusCode.NoContent, Owner.Delete($"/api/groups/{group}/grants/{Anna.Id}"));
        await Colleague.Refused("conflict", Admin.Delete($"/api/groups/{group}/grants/{Admin.Id}"));
    }

    [Fact]
    public async Task A_grant_is_of_the_address_the_newest_key_and_its_granter()
    {
        var group = await Admin.Group();
        var good = Admin.Grant(group, Anna, Right.View);
        var path = $"/api/groups/{group}/grants/{Anna.Id}";
        using var auditor = await Colleague.In(Server, Role.Auditor, Owner.Organization);
        await Colleague.Refused("invalid-request", Admin.Put($"/api/groups/{group}/grants/{Piotr.Id}", good));
        await Colleague.Refused("invalid-request", Admin.Put(path, good with { Signature = Colleague.Bytes(64) }));
        await Colleague.Refused("invalid-request", Admin.Put(path, good with { Right = "manage" }));
        await Colleague.Refused("stale-key", Admin.Give(group, Anna, Right.View, version: 2));
        await Colleague.Refused("invalid-request", Admin.Give(group, auditor, Right.View));
        await Colleague.Expect(HttpStatusCode.NoContent, Admin.Give(group, auditor, Right.History));
        await Colleague.Refused("forbidden", auditor.Get($"/api/groups/{group}/entries"));
    }

    [Fact]
    public async Task Who_could_read_and_now_sees_the_history_alone_makes_the_group_wait_for_a_rotation()
    {
        var group = await Admin.Group((Anna, Right.Edit));
        await Colleague.Expect(HttpStatusCode.NoContent, Admin.Give(group, Anna, Right.View));
        Assert.False((await Admin.Rights(group)).RotationDue);
        await Colleague.Expect(HttpStatusCode.NoContent, Admin.Give(group, Anna, Right.History));
        Assert.True((await Admin.Rights(group)).RotationDue);
    }

    [Fact]
    public async Task A_rotation_gives_exactly_the_holders_the_new_key_and_the_chain_behind_it()
    {
        var group = await Admin.Group((Anna, Right.Edit), (Piotr, Right.History));
        var given = (await Admin.Rights(group)).Grants.Single(grant => grant.Member == Anna.Id).GrantedAt;
        await Colleague.Expect(HttpStatusCode.NoContent, Admin.Give(group, Owner, Right.View));
        await Colleague.Expect(HttpStatusCode.NoContent, Admin.Delete($"/api/groups/{group}/grants/{Owner.Id}"));
        Server.Clock.Advance(TimeSpan.FromMinutes(1));

        var first = Admin.Rotation(group, 2, 2, (Admin, Right.Manage), (Anna, Right.Edit), (Piotr, Right.History));
        await Colleague.Expect(HttpStatusCode.OK, Admin.Post($"/api/groups/{group}/rotate", first));
        var second = Admin.Rotation(group, 3, 3, (Admin, Right.Manage), (Anna, Right.Edit), (Piotr, Right.History));
        await Colleague.Expect(HttpStatusCode.OK, Admin.Post($"/api/groups/{group}/rotate", second));

        var reader = (await Anna.Session()).Groups.Single(held => held.Group == group);
        Assert.Equal((3, false, 3L), (reader.Version, reader.RotationDue, reader.DetailsRevision));
        Assert.Equal([second.Previous, first.Previous], reader.Previous);
        Assert.Equal([second.PreviousHistory, first.PreviousHistory], (await Piotr.Session()).Groups.Single(held => held.Group == group).Previous);
        Assert.Equal(second.Details, reader.Details);
        Assert.Equal(given, (await Admin.Rights(group)).Grants.Single(grant => grant.Member == Anna.Id).GrantedAt);
        Assert.Equal([2, 3], Entries.Of(Server, "group-rotated").Select(entry => entry.GetProperty("version").GetInt32()));
        await Colleague.Refused("stale-key", Anna.Change(Colleague.Save(group, BatonServer.NewId())));
        await Anna.Entry(group, version: 3);
        await Colleague.Refused("stale-key", Admin.Post("/api/handovers", TestHandover.New(group).Request));
        await Colleague.Expect(HttpStatusCode.Created, Admin.Post("/api/handovers", TestHandover.New(group).Request with { GroupVersion = 3 }));
    }

    [Fact]
    public async Task A_member_renews_the_key_of_its_own_group_as_a_personal_one()
    {
        var path = $"/api/groups/{Anna.Own}/rotate";
        var renewed = new Rotation(2, Colleague.Bytes(80), Colleague.Bytes(80), null, 0, [Anna.Grant(Anna.Own, Anna, Right.Manage, 2, personal: true)]);
        await Colleague.Refused("invalid-request", Anna.Post(path, renewed with { Grants = [Anna.Grant(Anna.Own, Anna, Right.Manage, 2)] }));
        await Colleague.Expect(HttpStatusCode.OK, Anna.Post(path, renewed));
        Assert.Equal(2, (await Anna.Session()).Groups.Single(held => held.Group == Anna.Own).Version);
    }

    [Fact]
    public async Task A_rotation_that_is_not_of_now_changes_nothing()
    {
        var group = await Admin.Group((Anna, Right.Edit), (Owner, Right.View));
        var all = new[] { (Admin, Right.Manage), (Anna, Right.Edit), (Owner, Right.View) };
        await Colleague.Refused("stale-key", Admin.Rotate(group, 3, 2, all));
        await Colleague.Refused("stale-revision", Admin.Rotate(group, 2, 1, all));
        await Colleague.Refused("stale-key", Admin.Rotate(group, 2, 2, all[..2]));
        await Colleague.Refused("stale-key", Admin.Rotate(group, 2, 2, [.. all, (Piotr, Right.View)]));
        await Colleague.Refused("stale-key", Admin.Rotate(group, 2, 2, all[0], (Anna, Right.Manage), all[2]));
        await Colleague.Refused("forbidden", Anna.Rotate(group, 2, 2, all));
        await Colleague.Refused("not-found", Piotr.Rotate(group, 2, 2, all));
        var good = Admin.Rotation(group, 2, 2, all);
        await Colleague.Refused("invalid-request", Admin.Post($"/api/groups/{group}/rotate", good with { Previous = Colleague.Bytes(79) }));
        await Colleague.Refused("invalid-request", Admin.Post($"/api/groups/{group}/rotate", good with { PreviousHistory = Colleague.Bytes(81) }));
        await Colleague.Refused("invalid-request", Admin.Post($"/api/groups/{group}/rotate", good with { Details = null }));
        await Colleague.Refused("invalid-request", Owner.Post($"/api/groups/{group}/rotate", good));
        Assert.Equal(1, (await Anna.Session()).Groups.Single(held => held.Group == group).Version);
        await Colleague.Expect(HttpStatusCode.OK, Owner.Rotate(group, 2, 2, all));
    }

    [Fact]
    public async Task Of_rotations_at_the_same_time_exactly_one_happens()
    {
        var group = await Admin.Group((Owner, Right.Manage));
        var calls = Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? Admin : Owner).Rotate(group, 2, 2, (Admin, Right.Manage), (Owner, Right.Manage))).ToList();
        var answers = await Task.WhenAll(calls);
        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        foreach (var lost in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
        {
            Assert.Equal("stale-key", await lost.Problem());
        }

        Assert.Single((await Owner.Session()).Groups.Single(held => held.Group == group).Previous);
    }
}
