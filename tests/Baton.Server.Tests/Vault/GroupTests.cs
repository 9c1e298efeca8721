using System.Net;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Tests.Handovers;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Vault;

/// <summary>Groups made, shared, renamed, archived, deleted, and what every step leaves in the ledger.</summary>
public sealed class GroupTests : VaultTests
{
    [Fact]
    public async Task A_group_is_there_for_who_has_a_right_and_the_ledger_tells_how_it_came()
    {
        var group = await Admin.Group((Anna, Right.Edit), (Piotr, Right.History));

        var seen = (await Anna.Session()).Groups.Single(held => held.Group == group);
        Assert.Equal(("edit", 1, "active", false, 1L, Admin.Id), (seen.Right, seen.Version, seen.State, seen.RotationDue, seen.DetailsRevision, seen.Granter));
        Assert.NotNull(seen.Details);
        Assert.Empty(seen.Previous);
        Assert.DoesNotContain((await Owner.Session()).Groups, held => held.Group == group);
        var rights = await Owner.Rights(group);
        Assert.Null(rights.Details);
        Assert.Equal(
            new HashSet<(Id, string)> { (Admin.Id, "manage"), (Anna.Id, "edit"), (Piotr.Id, "history") },
            rights.Grants.Select(grant => (grant.Member, grant.Right)).ToHashSet());
        Assert.Equal("group-created", Entries.Of(Server, "group-created").Single().GetProperty("kind").GetString());
        Assert.Equal(1, Entries.Of(Server, "group-changed").Single().GetProperty("revision").GetInt32());
        Assert.Equal(["edit", "history", "manage"], Entries.Of(Server, "grant").Select(entry => entry.GetProperty("right").GetString()).Order());
    }

    [Fact]
    public async Task Owners_and_admins_see_every_group_but_nobodys_own_and_members_only_theirs()
    {
        var group = await Owner.Group();
        using var answer = await Admin.Get("/api/groups");
        var seen = (await answer.Read<GroupList>()).Groups.Select(rights => rights.Group).ToList();
        Assert.Contains(group, seen);
        Assert.Contains(Admin.Own, seen);
        Assert.DoesNotContain(Anna.Own, seen);
        using var hers = await Anna.Get("/api/groups");
        Assert.Equal([Anna.Own], (await hers.Read<GroupList>()).Groups.Select(rights => rights.Group));
    }

    [Fact]
    public async Task A_group_that_cannot_be_is_refused_and_leaves_nothing()
    {
        var group = BatonServer.NewId();
        var good = Admin.New(group, (Anna, Right.Edit));
        using var auditor = await Colleague.In(Server, Role.Auditor, Owner.Organization);
        using var stranger = await Colleague.In(Server);
        foreach (var (problem, request) in new (string, CreateGroup)[]
        {
            ("invalid-request", good with { Details = null }),
            ("invalid-request", good with { Details = Colleague.Bytes(48) }),
            ("invalid-request", good with { Details = Colleague.Bytes(4097) }),
            ("invalid-request", good with { Personal = true, Details = null }),
            ("invalid-request", good with { Grants = [] }),
            ("invalid-request", good with { Grants = [null!] }),
            ("invalid-request", good with { Grants = [good.Grants[1]] }),
            ("invalid-request", good with { Grants = [good.Grants[0], good.Grants[0]] }),
            ("invalid-request", good with { Grants = [Admin.Grant(group, Admin, Right.History)] }),
            ("invalid-request", good with { Grants = [good.Grants[0], good.Grants[1] with { Right = "manage" }] }),
            ("invalid-request", good with { Grants = [good.Grants[0], good.Grants[1] with { Right = "none" }] }),
            ("invalid-request", good with { Grants = [good.Grants[0], good.Grants[1] with { Version = 2 }] }),
            ("invalid-request", good with { Grants = [good.Grants[0], good.Grants[1] with { Enc = new byte[65] }] }),
            ("invalid-request", good with { Grants = [good.Grants[0], good.Grants[1] with { Ciphertext = new byte[47] }] }),
            ("invalid-request", good with { Grants = [good.Grants[0], Owner.Grant(group, Anna, Right.Edit)] }),
            ("invalid-request", good with { Grants = [good.Grants[0], Admin.Grant(BatonServer.NewId(), Anna, Right.Edit)] }),
            ("invalid-request", good with { Grants = [good.Grants[0], Admin.Grant(group, auditor, Right.View)] }),
            ("not-found", good with { Grants = [good.Grants[0], Admin.Grant(group, stranger, Right.View)] }),
        })
        {
            await Colleague.Refused(problem, Admin.Post("/api/groups", request));
        }

        await Colleague.Refused("forbidden", Anna.Post("/api/groups", Anna.New(group)));
        Assert.Empty(Entries.Of(Server, "group-created"));
        await Colleague.Expect(HttpStatusCode.Created, Admin.Post("/api/groups", good));
        await Colleague.Refused("conflict", Admin.Post("/api/groups", good));
    }

    [Fact]
    public async Task A_personal_group_is_made_once_by_its_member_and_is_neither_shared_nor_renamed_nor_deleted()
    {
        var group = BatonServer.NewId();
        await Colleague.Refused("conflict", Anna.Post("/api/groups", new CreateGroup(group, Personal: true, null, [Anna.Grant(group, Anna, Right.Manage, personal: true)])));
        await Server.Services.GetRequiredService<Ledger>().Write(transaction =>
        {
            transaction.Execute("DELETE FROM groups WHERE id = @group", ("@group", Anna.Own));
            transaction.Execute("DELETE FROM grants WHERE group_id = @group", ("@group", Anna.Own));
            return transaction.Record(0, LedgerEntry.Of("policy", Anna.Organization, 1, Actor.Server));
        });
        await Colleague.Refused("invalid-request", Anna.Post("/api/groups", new CreateGroup(group, Personal: true, null, [Anna.Grant(group, Anna, Right.Edit, personal: true)])));
        await Colleague.Expect(HttpStatusCode.Created, Anna.Post("/api/groups", new CreateGroup(group, Personal: true, null, [Anna.Grant(group, Anna, Right.Manage, personal: true)])));
        Assert.True((await Anna.Session()).Groups.Single(held => held.Group == group).Personal);

        await Colleague.Refused("forbidden", Anna.Give(group, Piotr, Right.View));
        await Colleague.Refused("forbidden", Anna.Put($"/api/groups/{group}/details", new ChangeGroupDetails(1, 0, Colleague.Bytes(100))));
        await Colleague.Refused("forbidden", Anna.Post($"/api/groups/{group}/state", new ChangeGroupState("deleted")));
        await Colleague.Refused("forbidden", Anna.Delete($"/api/groups/{group}/grants/{Anna.Id}"));
        await Colleague.Refused("not-found", Owner.Delete($"/api/groups/{group}/grants/{Anna.Id}"));
    }

    [Fact]
    public async Task New_details_come_from_the_newest_revision_and_under_the_newest_key()
    {
        var group = await Admin.Group((Anna, Right.Manage), (Piotr, Right.Share));
        await Colleague.Refused("forbidden", Piotr.Put($"/api/groups/{group}/details", new ChangeGroupDetails(1, 1, Colleague.Bytes(100))));
        var details = Colleague.Bytes(100);
        await Colleague.Expect(HttpStatusCode.OK, Anna.Put($"/api/groups/{group}/details", new ChangeGroupDetails(1, 1, details)));
        await Colleague.Refused("stale-revision", Admin.Put($"/api/groups/{group}/details", new ChangeGroupDetails(1, 1, Colleague.Bytes(100))));
        await Colleague.Refused("stale-key", Admin.Put($"/api/groups/{group}/details", new ChangeGroupDetails(2, 2, Colleague.Bytes(100))));
        await Colleague.Refused("invalid-request", Admin.Put($"/api/groups/{group}/details", new ChangeGroupDetails(1, 2, Colleague.Bytes(20))));
        var held = (await Piotr.Session()).Groups.Single(held => held.Group == group);
        Assert.Equal(details, held.Details);
        Assert.Equal(2, held.DetailsRevision);
    }

    [Fact]
    public async Task An_archived_group_is_read_only_until_it_is_active_again()
    {
        var group = await Admin.Group((Anna, Right.Edit), (Piotr, Right.Manage));
        var entry = await Anna.Entry(group);
        await Colleague.Refused("forbidden", Anna.Post($"/api/groups/{group}/state", new ChangeGroupState("archived")));
        await Colleague.Refused("invalid-request", Piotr.Post($"/api/groups/{group}/state", new ChangeGroupState("gone")));
        await Colleague.Expect(HttpStatusCode.OK, Piotr.Post($"/api/groups/{group}/state", new ChangeGroupState("archived")));
        Assert.Equal("archived", (await Colleague.Refused("wrong-state", Anna.Change(Colleague.Save(group, entry, from: 1)))).State);
        await Colleague.Refused("wrong-state", Anna.Post("/api/attachments", new NewAttachment(BatonServer.NewId(), group, 100)));
        await Colleague.Refused("wrong-state", Piotr.Post("/api/handovers", TestHandover.New(group).Request));
        Assert.Single(await Anna.Entries(group));
        await Colleague.Expect(HttpStatusCode.OK, Piotr.Post($"/api/groups/{group}/state", new ChangeGroupState("active")));
        await Anna.Changed(Colleague.Save(group, entry, from: 1));
        Assert.Equal(["archived", "active"], Entries.Of(Server, "group-state").Select(told => told.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task A_deleted_group_keeps_its_handovers_history_and_nothing_else_for_good()
    {
        var group = await Admin.Group((Anna, Right.Manage));
        var entry = await Anna.Entry(group);
        var handover = TestHandover.New(group);
        await Colleague.Expect(HttpStatusCode.Created, Anna.Post("/api/handovers", handover.Request));

        await Colleague.Expect(HttpStatusCode.OK, Anna.Post($"/api/groups/{group}/state", new ChangeGroupState("deleted")));

        await Colleague.Refused("not-found", Anna.Get($"/api/groups/{group}/entries"));
        await Colleague.Refused("not-found", Anna.Get($"/api/entries/{entry}/revisions"));
        await Colleague.Refused("wrong-state", Anna.Post($"/api/groups/{group}/state", new ChangeGroupState("active")));
        await Colleague.Refused("wrong-state", Anna.Post("/api/handovers", TestHandover.New(group).Request));
        await Colleague.Refused("wrong-state", Admin.Give(group, Piotr, Right.View));
        Assert.Equal("deleted", (await Anna.Session()).Groups.Single(held => held.Group == group).State);
        await Colleague.Expect(HttpStatusCode.OK, Anna.Get($"/api/handovers/{handover.Id}"));
        await Colleague.Expect(HttpStatusCode.OK, Anna.Post($"/api/handovers/{handover.Id}/revoke", new object()));
    }
}
