using System.Net;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Storage;
using Microsoft.Extensions.DependencyInjection;
using static Baton.Server.Tests.Members.Person;

namespace Baton.Server.Tests.Members;

/// <summary>What ends with a member, and with a role.</summary>
public sealed class LeavingTests : IAsyncLifetime
{
    private BatonServer server = null!;
    private Person owner = null!;

    public async ValueTask InitializeAsync()
    {
        server = await BatonServer.Start();
        owner = await Founder(server);
    }

    public async ValueTask DisposeAsync()
    {
        owner.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_removed_member_is_out_at_once_with_every_session_and_what_it_listens_to()
    {
        using var marek = await owner.Hire(Role.Member, "marek@studio.example");
        var listening = await marek.Listen();
        await Expect(HttpStatusCode.NoContent, owner.Change(marek, Role.Removed));
        await listening;
        Assert.Equal(HttpStatusCode.Unauthorized, await marek.Status());
        await Refused("sign-in-failed", marek.SignIn());
        await Refused("sign-in-failed", server.Client().Post("/api/recovery/open", new OpenRecovery(marek.Email, marek.RecoveryAuth)));
        await server.Restart();
        await Refused("sign-in-failed", server.Client().Post("/api/sessions", new SignIn(marek.Email, marek.AuthKey)));
    }

    [Fact]
    public async Task A_removal_ends_its_grants_and_its_groups_wait_for_a_rotation()
    {
        using var ola = await owner.Hire(Role.Admin, "ola@studio.example");
        var (held, untouched) = (await owner.Group((ola, Right.Edit)), await owner.Group());
        var granted = await ola.Group((owner, Right.Share));
        await Expect(HttpStatusCode.NoContent, owner.Change(ola, Role.Removed));

        Assert.Equal(new HashSet<Id> { granted, held }, RotationDue());
        Assert.DoesNotContain(untouched, RotationDue());
        Assert.Equal(0, Count("grants WHERE member = @id", ola.Id));
        Assert.Equal(2, Count("leavers WHERE member = @id AND group_id IN (SELECT id FROM groups WHERE personal_of IS NULL)", ola.Id));
        var ended = Entries.Of(server, "grant-ended");
        Assert.Equal(
            new[] { held.ToString(), granted.ToString() }.Order(StringComparer.Ordinal), ended.Select(entry => entry.GetProperty("group").GetString()!).Order(StringComparer.Ordinal));
        Assert.All(ended, entry => Assert.Equal(ola.Id.ToString(), entry.GetProperty("to").GetString()));
        Assert.All(ended, entry => Assert.Equal(owner.Id.ToString(), entry.GetProperty("member").GetString()));
    }

    [Fact]
    public async Task Its_personal_group_is_deleted_with_everything_in_it()
    {
        using var marek = await owner.Hire(Role.Member, "marek@studio.example");
        var own = BatonServer.NewId();
        await Expect(HttpStatusCode.Created, marek.Client.Post("/api/groups", new CreateGroup(own, Personal: true, null, [marek.Grant(marek, own, Right.Manage, personal: true)])));
        await Expect(HttpStatusCode.NoContent, owner.Change(marek, Role.Removed));
        Assert.Equal(1, Count("groups WHERE id = @id AND state = 'deleted' AND rotation_due = FALSE", own));
        Assert.Equal(own.ToString(), Assert.Single(Entries.Of(server, "group-state")).GetProperty("group").GetString());
    }

    [Fact]
    public async Task A_demotion_below_admin_makes_the_groups_it_handed_out_wait_and_withdraws_its_invitations()
    {
        using var ola = await owner.Hire(Role.Admin, "ola@studio.example");
        var granted = await ola.Group((owner, Right.Share));
        var (open, used) = (await ola.Invite(), await ola.Invite());
        using var waiting = await ola.Accept(used, "jan@studio.example");
        var others = await owner.Invite();

        await Expect(HttpStatusCode.NoContent, owner.Change(ola, Role.Member));
        Assert.Equal(granted, Assert.Single(RotationDue()));
        Assert.Equal(Right.Manage, RightOf(ola, granted));
        await Refused("unavailable", server.Client().Post("/api/invitation/open", new OpenInvitation(open.Auth)));
        Assert.Equal(HttpStatusCode.Unauthorized, await waiting.Status());
        var listed = await owner.Invitations();
        Assert.Equal(
            ["withdrawn", "withdrawn", "waiting"],
            new[] { open, used, others }.Select(invitation => listed.Single(summary => summary.Invitation == invitation.Id).State));
        Assert.Equal(2, Entries.Of(server, "invitation-withdrawn").Count);
    }

    [Fact]
    public async Task From_owner_to_admin_nothing_ends()
    {
        using var ola = await owner.Hire(Role.Owner, "ola@studio.example");
        await ola.Group((owner, Right.Share));
        var invitation = await ola.Invite();
        await Expect(HttpStatusCode.NoContent, owner.Change(ola, Role.Admin));
        Assert.Empty(RotationDue());
        await Expect(HttpStatusCode.OK, server.Client().Post("/api/invitation/open", new OpenInvitation(invitation.Auth)));
    }

    [Fact]
    public async Task Who_becomes_auditor_keeps_history_and_loses_what_it_could_read()
    {
        using var marek = await owner.Hire(Role.Member, "marek@studio.example");
        var (read, history) = (await owner.Group((marek, Right.View)), await owner.Group((marek, Right.History)));
        await Expect(HttpStatusCode.NoContent, owner.Change(marek, Role.Auditor));
        Assert.Equal(Right.None, RightOf(marek, read));
        Assert.Equal(Right.History, RightOf(marek, history));
        Assert.Equal(read, Assert.Single(RotationDue()));
    }

    [Fact]
    public async Task Of_a_removed_member_the_name_stays_and_nothing_that_opens_anything()
    {
        using var marek = await owner.Hire(Role.Member, "marek@studio.example");
        await Expect(HttpStatusCode.NoContent, owner.Change(marek, Role.Removed));
        var listed = (await owner.Members()).Single(member => member.Member == marek.Id);
        Assert.Equal(new OrganizationMember(marek.Id, "Marek", null, "removed", "removed", listed.CreatedAt), listed);
        Assert.Equal(1, Count("members WHERE id = @id AND length(auth_hash) + length(recovery_hash) + length(key_blob) + length(recovery_blob) = 0", marek.Id));
        Assert.Equal(0, Count("members WHERE email = 'marek@studio.example' AND id = @id", marek.Id));
    }

    [Fact]
    public async Task Who_was_removed_can_be_invited_again_as_somebody_new()
    {
        using var marek = await owner.Hire(Role.Member, "marek@studio.example");
        await Expect(HttpStatusCode.NoContent, owner.Change(marek, Role.Removed));
        using var again = await owner.Hire(Role.Member, "marek@studio.example");
        Assert.NotEqual(marek.Id, again.Id);
        await again.ComeBack();
    }

    [Fact]
    public async Task An_account_is_deleted_by_its_own_card_behind_its_password()
    {
        using var marek = await owner.Hire(Role.Auditor, "marek@studio.example");
        var card = await marek.Card(marek, Role.Removed);
        await Refused("sign-in-failed", marek.Client.Post("/api/account/delete", new DeleteAccount(new byte[32], card.Card, card.Signature)));
        await Refused("invalid-request", marek.Client.Post("/api/account/delete", new DeleteAccount(marek.AuthKey, card.Card, new byte[64])));
        var stays = await owner.Card(owner, Role.Admin);
        await Refused("conflict", owner.Client.Post("/api/account/delete", new DeleteAccount(owner.AuthKey, stays.Card, stays.Signature)));
        var last = await owner.Card(owner, Role.Removed);
        await Refused("conflict", owner.Client.Post("/api/account/delete", new DeleteAccount(owner.AuthKey, last.Card, last.Signature)));

        var other = await owner.Card(marek, Role.Member);
        await Refused("invalid-request", owner.Client.Post("/api/account/delete", new DeleteAccount(owner.AuthKey, other.Card, other.Signature)));
        await Expect(HttpStatusCode.NoContent, marek.Client.Post("/api/account/delete", new DeleteAccount(marek.AuthKey, card.Card, card.Signature)));
        Assert.Equal(HttpStatusCode.Unauthorized, await marek.Status());
        await Refused("sign-in-failed", marek.SignIn());
        Assert.Equal(marek.Id.ToString(), Entries.Of(server, "card")[^1].GetProperty("member").GetString());
    }

    private HashSet<Id> RotationDue() => Read(connection =>
    {
        var groups = new HashSet<Id>();
        using var rows = connection.Query("SELECT id FROM groups WHERE rotation_due = TRUE");
        while (rows.Read())
        {
            groups.Add(rows.Id(0));
        }

        return groups;
    });

    private Right RightOf(Person person, Id group) => Read(connection => (Right)(connection.Scalar(
        "SELECT level FROM grants WHERE member = @member AND group_id = @group", ("@member", person.Id), ("@group", group)) as long? ?? 0));

    private int Count(string what, Id id) => Read(connection => (int)(long)connection.Scalar("SELECT count(*) FROM " + what, ("@id", id))!);

    private T Read<T>(Func<Connection, T> read) => server.Services.GetRequiredService<Database>().Read(read);
}
