using System.Net;
using System.Security.Cryptography;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Storage;
using Microsoft.Extensions.DependencyInjection;
using static Baton.Server.Tests.Members.Person;

namespace Baton.Server.Tests.Members;

/// <summary>Making an invitation, and approving who accepted it. spec/keys.md §9.</summary>
public sealed class InvitationTests : IAsyncLifetime
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
    public async Task From_the_link_to_the_group_in_the_words_of_the_ledger()
    {
        var group = await owner.Group();
        var (invitation, request) = await owner.NewInvitation(Role.Member, (group, Right.Edit));
        using (var made = await owner.Client.Post("/api/invitations", request))
        {
            Assert.Equal(HttpStatusCode.Created, made.StatusCode);
            var summary = await made.Read<InvitationSummary>();
            Assert.Equal(("waiting", 259_200_000, owner.Id), (summary.State, summary.ExpiresAt - summary.CreatedAt, summary.Inviter));
            Assert.Equal(request.Sealed, summary.Sealed);
            Assert.Equal(new InvitedTo(group, "edit"), Assert.Single(summary.Groups));
        }

        using var stranger = server.Client();
        using (var answer = await stranger.Post("/api/invitation/open", new OpenInvitation(invitation.Auth)))
        {
            var opened = await answer.Read<InvitationOpened>();
            Assert.Equal((invitation.Id, "Studio Północ", "member", "Ewa"), (opened.Invitation, opened.Organization.Name, opened.Role, opened.Inviter));
            Assert.Equal(request.From, opened.From);
            Assert.Equal(request.RootCardHash, SHA256.HashData(opened.RootCard));
        }

        using var marek = await owner.Accept(invitation, "marek@studio.example");
        var waiting = await marek.Session();
        Assert.Equal(("pending", "pending"), (waiting.Member.Role, waiting.Member.State));
        Assert.Empty(waiting.Groups);
        var accepted = Assert.Single(await owner.Invitations());
        Assert.Equal(("accepted", marek.Id, "marek@studio.example"), (accepted.State, accepted.Accepted!.Member, accepted.Accepted.Email));
        Assert.Equal([.. marek.Ecdh, .. marek.Ecdsa], [.. accepted.Accepted.Ecdh, .. accepted.Accepted.Ecdsa]);

        var listening = await marek.Listen();
        await Expect(HttpStatusCode.OK, owner.Client.Post(
            $"/api/invitations/{invitation.Id}/approve", await owner.Approval(marek, Role.Member, owner.Grant(marek, group, Right.Edit))));
        await listening;
        var session = await marek.Session();
        Assert.Equal(("member", "active"), (session.Member.Role, session.Member.State));
        Assert.Equal((group, "edit"), (Assert.Single(session.Groups).Group, session.Groups[0].Right));
        Assert.Equal("approved", Assert.Single(await owner.Invitations()).State);
        Assert.Equal(["invited", "invitation-accepted", "signed-in", "card", "grant"], Sessions.SessionTests.Kinds(server)[^5..]);
        Assert.Equal(marek.Id.ToString(), Assert.Single(Entries.Of(server, "invitation-accepted")).GetProperty("member").GetString());
    }

    [Fact]
    public async Task Only_the_hash_of_what_uses_it_is_kept()
    {
        var invitation = await owner.Invite();
        using var marek = await owner.Accept(invitation, "marek@studio.example");
        foreach (var file in Directory.EnumerateFiles(server.Data, "*.db*", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var content = new byte[stream.Length];
            await stream.ReadExactlyAsync(content, TestContext.Current.CancellationToken);
            Assert.Equal(-1, content.AsSpan().IndexOf(invitation.Auth));
        }
    }

    [Fact]
    public async Task Who_invites_whom_and_to_what()
    {
        using var admin = await owner.Hire(Role.Admin, "a@studio.example");
        using var member = await owner.Hire(Role.Member, "m@studio.example");
        using var auditor = await owner.Hire(Role.Auditor, "u@studio.example");
        var (own, seen, foreign) = (await owner.Group(), await owner.Group((admin, Right.History)), await owner.Group((admin, Right.View)));
        foreach (var person in new[] { member, auditor })
        {
            await Refused("forbidden", Invite(person, Role.Member));
            await Refused("forbidden", person.Get("/api/invitations"));
        }

        await Refused("forbidden", Invite(admin, Role.Owner));
        await Refused("forbidden", Invite(admin, Role.Member, (own, Right.View)));
        await Refused("forbidden", Invite(admin, Role.Member, (seen, Right.History)));
        await Refused("not-found", Invite(admin, Role.Member, (BatonServer.NewId(), Right.View)));
        await Refused("invalid-request", Invite(admin, Role.Auditor, (foreign, Right.View)));
        await Expect(HttpStatusCode.Created, Invite(admin, Role.Auditor, (foreign, Right.History)));
        await Expect(HttpStatusCode.Created, Invite(admin, Role.Admin, (foreign, Right.Manage)));
        await Expect(HttpStatusCode.Created, Invite(owner, Role.Owner));

        static async Task<HttpResponseMessage> Invite(Person person, Role role, params (Id, Right)[] groups) =>
            await person.Client.Post("/api/invitations", (await person.NewInvitation(role, groups)).Request);
    }

    [Fact]
    public async Task Every_part_of_an_invitation_is_checked()
    {
        var (_, good) = await owner.NewInvitation();
        foreach (var (name, request) in new Dictionary<string, CreateInvitation>(StringComparer.Ordinal)
        {
            ["authHash"] = good with { AuthHash = new byte[31] },
            ["role"] = good with { Role = "removed" },
            ["groups"] = good with { Groups = [new(owner.Id, "view"), new(owner.Id, "edit")] },
            ["rootCardHash"] = good with { RootCardHash = new byte[32] },
            ["from"] = good with { From = new byte[33] },
            ["sealed"] = good with { Sealed = new byte[79] },
        })
        {
            using var answer = await owner.Client.Post("/api/invitations", request);
            Assert.True((await answer.Read<Problem>()).Errors?.ContainsKey(name), name);
        }

        await Refused("invalid-request", owner.Client.Post("/api/invitations", good with { Groups = [new(owner.Id, "none")] }));
        await Expect(HttpStatusCode.Created, owner.Client.Post("/api/invitations", good));
        await Refused("conflict", owner.Client.Post("/api/invitations", good));
        await Refused("conflict", owner.Client.Post("/api/invitations", good with { Invitation = BatonServer.NewId() }));
    }

    [Fact]
    public async Task Only_the_inviter_approves_with_the_keys_the_role_and_the_groups_it_was_for()
    {
        using var other = await owner.Hire(Role.Owner, "ola@studio.example");
        var (group, elsewhere) = (await owner.Group((other, Right.Manage)), await owner.Group());
        var invitation = await owner.Invite(Role.Member, (group, Right.View));
        var path = $"/api/invitations/{invitation.Id}/approve";
        using var marek = await owner.Accept(invitation, "marek@studio.example");
        var (swapped, _) = Invitee(server, invitation, "marek@studio.example");

        await Refused("forbidden", other.Client.Post(path, await other.Approval(marek, Role.Member)));
        await Refused("forbidden", marek.Client.Post(path, await owner.Approval(marek, Role.Member)));
        await Refused("invalid-request", owner.Client.Post(path, await owner.Approval(marek, Role.Admin)));
        await Refused("invalid-request", owner.Client.Post(path, await owner.Approval(swapped, Role.Member)));
        await Refused("invalid-request", owner.Client.Post(path, await owner.Approval(marek, Role.Member, owner.Grant(marek, group, Right.Edit))));
        await Refused("invalid-request", owner.Client.Post(path, await owner.Approval(marek, Role.Member, owner.Grant(marek, elsewhere, Right.View))));
        await Refused("invalid-request", owner.Client.Post(path, await owner.Approval(marek, Role.Member, owner.Grant(other, group, Right.View))));
        await Refused("invalid-request", owner.Client.Post(path, await owner.Approval(marek, Role.Member, other.Grant(marek, group, Right.View))));
        await Refused("stale-key", owner.Client.Post(path, await owner.Approval(marek, Role.Member, owner.Grant(marek, group, Right.View, version: 2))));
        await Refused("not-found", owner.Client.Post($"/api/invitations/{BatonServer.NewId()}/approve", await owner.Approval(marek, Role.Member)));

        // Nothing of all that happened: the roster is as it was, and the invitee waits.
        Assert.Equal(2, (await owner.Session()).Cards.Count);
        Assert.Equal("pending", (await marek.Session()).Member.Role);
        await Expect(HttpStatusCode.OK, owner.Client.Post(path, await owner.Approval(marek, Role.Member, owner.Grant(marek, group, Right.View))));
        await Refused("wrong-state", owner.Client.Post(path, await owner.Approval(marek, Role.Member)));
        swapped.Dispose();
    }

    [Fact]
    public async Task Of_approvals_at_once_one_counts()
    {
        var invitation = await owner.Invite();
        using var marek = await owner.Accept(invitation, "marek@studio.example");
        var approval = await owner.Approval(marek, Role.Member);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var answer = await owner.Client.Post($"/api/invitations/{invitation.Id}/approve", approval);
            return answer.StatusCode;
        }));
        Assert.Single(answers, HttpStatusCode.OK);
        Assert.Equal(2, (await owner.Session()).Cards.Count);
        Assert.Equal("member", (await marek.Session()).Member.Role);
    }

    [Fact]
    public async Task A_withdrawn_invitation_takes_who_waits_under_it_along()
    {
        var invitation = await owner.Invite();
        using var marek = await owner.Accept(invitation, "marek@studio.example");
        await Expect(HttpStatusCode.NoContent, owner.Delete($"/api/invitations/{invitation.Id}"));
        await Expect(HttpStatusCode.NoContent, owner.Delete($"/api/invitations/{invitation.Id}"));
        Assert.Equal(HttpStatusCode.Unauthorized, await marek.Status());
        await Refused("sign-in-failed", marek.SignIn());
        await Refused("wrong-state", owner.Client.Post($"/api/invitations/{invitation.Id}/approve", await owner.Approval(marek, Role.Member)));
        Assert.Single(await owner.Members());
        using var again = await owner.Hire(Role.Member, "marek@studio.example");
        var approved = (await owner.Invitations()).Single(summary => summary.State == "approved");
        await Refused("wrong-state", owner.Delete($"/api/invitations/{approved.Invitation}"));
        Assert.Single(Entries.Of(server, "invitation-withdrawn"));
    }

    [Fact]
    public async Task Invitations_are_their_organizations_alone()
    {
        var invitation = await owner.Invite();
        using var marek = await owner.Accept(invitation, "marek@studio.example");
        var (foreign, member) = await server.SignedIn();
        using var list = await foreign.GetAsync("/api/invitations", TestContext.Current.CancellationToken);
        Assert.Empty((await list.Read<InvitationList>()).Invitations);
        await Refused("not-found", foreign.DeleteAsync($"/api/invitations/{invitation.Id}", TestContext.Current.CancellationToken));
        await Refused("not-found", foreign.Post($"/api/invitations/{invitation.Id}/approve", await owner.Approval(marek, Role.Member)));
        Assert.Equal("accepted", Assert.Single(await owner.Invitations()).State);
        Assert.NotEqual(owner.Organization, member.Organization);
    }

    [Fact]
    public async Task Waiting_for_approval_outlasts_a_restart()
    {
        var invitation = await owner.Invite();
        using var marek = await owner.Accept(invitation, "marek@studio.example");
        await server.Restart();
        await marek.ComeBack();
        await owner.ComeBack();
        await Expect(HttpStatusCode.OK, owner.Client.Post($"/api/invitations/{invitation.Id}/approve", await owner.Approval(marek, Role.Member)));
        Assert.Equal("member", (await marek.Session()).Member.Role);
        Assert.Equal(1L, server.Services.GetRequiredService<Database>().Read(connection => connection.Scalar("SELECT count(*) FROM invitations")));
    }
}
