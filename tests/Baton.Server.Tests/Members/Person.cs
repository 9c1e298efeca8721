using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Baton.Protocol;
using Baton.Protocol.Encoding;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Members;

/// <summary>A way into an organization: what its link would carry.</summary>
internal sealed record Invitation(Id Id, Id Organization, Role Role, byte[] Auth, byte[] Mac);

/// <summary>Somebody who works in an organization, came in as people do, and signs cards and grants with real keys.</summary>
internal sealed class Person : IDisposable
{
    private readonly ECDsa signing;
    private readonly BatonServer server;

    private Person(BatonServer server, HttpClient client, Id id, Id organization, string email, ECDsa signing, byte[] ecdh)
    {
        (this.server, this.signing) = (server, signing);
        (Client, Id, Organization, Email, Ecdh) = (client, id, organization, email, ecdh);
    }

    public HttpClient Client { get; private set; }

    public Id Id { get; }

    public Id Organization { get; }

    public string Email { get; }

    public byte[] Ecdh { get; }

    public byte[] Ecdsa => signing.ExportSubjectPublicKeyInfo();

    public byte[] AuthKey { get; init; } = RandomNumberGenerator.GetBytes(32);

    public byte[] RecoveryAuth { get; init; } = RandomNumberGenerator.GetBytes(32);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Who sets the server up: the owner of its first organization.</summary>
    public static async Task<Person> Founder(BatonServer server)
    {
        var owner = await server.Register();
        return Of(server, owner);
    }

    /// <summary>The founder of an organization, with the keys of its root card.</summary>
    public static Person Of(BatonServer server, Owner owner) =>
        new(server, owner.Client, owner.Member, owner.Organization, owner.Email, owner.SigningKey, owner.Card.Ecdh) { AuthKey = owner.AuthKey, RecoveryAuth = owner.RecoveryAuth };

    /// <summary>Whoever comes by an invitation; its keys are made here, and it is a member once approved.</summary>
    public static (Person Person, AcceptInvitation Request) Invitee(BatonServer server, Invitation invitation, string email)
    {
        using var ecdh = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var person = new Person(
            server, server.Client(), BatonServer.NewId(), invitation.Organization, email, ECDsa.Create(ECCurve.NamedCurves.nistP256), ecdh.ExportSubjectPublicKeyInfo());
        var to = HMACSHA256.HashData(invitation.Mac, Labelled.Text(
            MacPurpose.InviteTo, invitation.Organization.ToBytes(), invitation.Id.ToBytes(), person.Id.ToBytes(), person.Ecdh, person.Ecdsa));
        var parameters = server.Services.GetRequiredService<Server.Security.ServerKey>().ParametersFor(email);
        return (person, new AcceptInvitation(
            invitation.Auth, new MemberName(person.Id, "Marek", email), parameters, person.AuthKey, person.RecoveryAuth,
            RandomNumberGenerator.GetBytes(300), RandomNumberGenerator.GetBytes(300), person.Ecdh, person.Ecdsa, to));
    }

    public async Task<(Invitation Invitation, CreateInvitation Request)> NewInvitation(Role role = Role.Member, params (Id Group, Right Right)[] groups)
    {
        var invitation = new Invitation(BatonServer.NewId(), Organization, role, RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
        var root = SHA256.HashData((await Session()).Cards[0].Card);
        var from = HMACSHA256.HashData(invitation.Mac, Labelled.Text(MacPurpose.InviteFrom, Organization.ToBytes(), invitation.Id.ToBytes(), root, [(byte)role]));
        return (invitation, new CreateInvitation(
            invitation.Id, SHA256.HashData(invitation.Auth), role.Word(), [.. groups.Select(group => new InvitedTo(group.Group, group.Right.Word()))],
            root, from, RandomNumberGenerator.GetBytes(80)));
    }

    public async Task<Invitation> Invite(Role role = Role.Member, params (Id Group, Right Right)[] groups)
    {
        var (invitation, request) = await NewInvitation(role, groups);
        await Expect(HttpStatusCode.Created, Client.Post("/api/invitations", request));
        return invitation;
    }

    /// <summary>Somebody accepts: signed in, and waiting for approval.</summary>
    public async Task<Person> Accept(Invitation invitation, string email)
    {
        var (person, request) = Invitee(server, invitation, email);
        using var answer = await person.Client.Post("/api/invitation/accept", request);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Cancel));
        person.Keep(answer);
        return person;
    }

    /// <summary>The next card of the roster, signed by this person.</summary>
    public async Task<NewCard> Card(Person member, Role role)
    {
        var last = (await Session()).Cards;
        return Card(member, role, (uint)last.Count + 1, SHA256.HashData(last[^1].Card));
    }

    public NewCard Card(Person member, Role role, uint seq, byte[] previous)
    {
        var card = new Card(Organization, member.Id, member.Ecdh, member.Ecdsa, role, seq, Id);
        return new NewCard(card.ToBytes(), card.SignedBy(signing, previous));
    }

    /// <summary>Gives another role, or removes.</summary>
    public async Task<HttpResponseMessage> Change(Person member, Role role) => await Client.Post("/api/roster", await Card(member, role));

    public NewGrant Grant(Person to, Id group, Right right, int version = 1, bool personal = false)
    {
        var (enc, ciphertext) = (PublicKey.Point(to.Ecdh), RandomNumberGenerator.GetBytes(48));
        var text = SignedText.Grant(Organization, group, version, right, to.Id, to.Ecdh, to.Ecdsa, enc, ciphertext, personal);
        return new NewGrant(group, to.Id, version, right.Word(), enc, ciphertext, Signatures.Sign(signing, text));
    }

    public async Task<ApproveInvitation> Approval(Person person, Role role, params NewGrant[] grants)
    {
        var card = await Card(person, role);
        return new ApproveInvitation(card.Card, card.Signature, grants);
    }

    /// <summary>Somebody new, from invitation to approval.</summary>
    public async Task<Person> Hire(Role role, string email, params (Id Group, Right Right)[] groups)
    {
        var invitation = await Invite(role, groups);
        var person = await Accept(invitation, email);
        var approval = await Approval(person, role, [.. groups.Select(group => Grant(person, group.Group, group.Right))]);
        await Expect(HttpStatusCode.OK, Client.Post($"/api/invitations/{invitation.Id}/approve", approval));
        return person;
    }

    /// <summary>A group of the organization with these rights, as this person would have made it.</summary>
    public async Task<Id> Group(params (Person To, Right Right)[] rights)
    {
        var group = BatonServer.NewId();
        await server.Services.GetRequiredService<Ledger>().Write(transaction =>
        {
            transaction.Execute(
                "INSERT INTO groups (id, organization, details, details_revision, created_at) VALUES (@id, @organization, @details, 1, 1)",
                ("@id", group), ("@organization", Organization), ("@details", new byte[120]));
            var entries = rights.Append((this, Right.Manage))
                .Select(right => GroupGrants.Give(transaction, Organization, Id, Grant(right.Item1, group, right.Item2), right.Item2, 1)).ToArray();
            return transaction.Record(0, entries[0], entries.AsSpan(1));
        });
        return group;
    }

    public async Task<Session> Session()
    {
        using var answer = await Client.GetAsync("/api/session", Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Read<Session>();
    }

    public async Task<HttpStatusCode> Status()
    {
        using var answer = await Client.GetAsync("/api/session", Cancel);
        return answer.StatusCode;
    }

    /// <summary>What sign-in with its own password answers.</summary>
    public Task<HttpResponseMessage> SignIn() => server.Client().Post("/api/sessions", new SignIn(Email, AuthKey));

    /// <summary>Signs in anew.</summary>
    public async Task ComeBack()
    {
        using var answer = await SignIn();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Client.Dispose();
        Client = server.Client();
        Keep(answer);
    }

    /// <summary>Listens to live updates; the task ends when the server ends them.</summary>
    public async Task<Task> Listen()
    {
        var answer = await Client.GetAsync("/api/events", HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return Drain(answer);

        static async Task Drain(HttpResponseMessage answer)
        {
            using (answer)
            {
                await using var events = await answer.Content.ReadAsStreamAsync(Cancel);
                var buffer = new byte[1024];
                while (await events.ReadAsync(buffer, Cancel) > 0)
                {
                }
            }
        }
    }

    public async Task<IReadOnlyList<OrganizationMember>> Members()
    {
        using var answer = await Client.GetAsync("/api/members", Cancel);
        return (await answer.Read<OrganizationMembers>()).Members;
    }

    public async Task<IReadOnlyList<InvitationSummary>> Invitations()
    {
        using var answer = await Client.GetAsync("/api/invitations", Cancel);
        return (await answer.Read<InvitationList>()).Invitations;
    }

    public Task<HttpResponseMessage> Get(string path) => Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);

    public Task<HttpResponseMessage> Post(string path) => Client.PostAsync(new Uri(path, UriKind.Relative), null, Cancel);

    public Task<HttpResponseMessage> Delete(string path) => Client.DeleteAsync(new Uri(path, UriKind.Relative), Cancel);

    public Task<HttpResponseMessage> Put<T>(string path, T body) => Client.PutAsJsonAsync(path, body, WireJson.Shared, Cancel);

    /// <summary>A policy's text, signed by this person.</summary>
    public NewPolicy Policy(Policy policy) => new(policy.ToText(), Signatures.Sign(signing, SignedText.Policy(Organization, policy.ToText())));

    public static async Task Expect(HttpStatusCode status, Task<HttpResponseMessage> call)
    {
        using var answer = await call;
        Assert.True(status == answer.StatusCode, $"{(int)answer.StatusCode} instead of {(int)status}: {await answer.Content.ReadAsStringAsync(Cancel)}");
    }

    /// <summary>Expects the problem of this name.</summary>
    public static async Task Refused(string problem, Task<HttpResponseMessage> call)
    {
        using var answer = await call;
        Assert.Equal(problem, answer.IsSuccessStatusCode ? answer.StatusCode.ToString() : await answer.Problem());
    }

    public void Dispose()
    {
        signing.Dispose();
        Client.Dispose();
    }

    private void Keep(HttpResponseMessage answer)
    {
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(set => set.StartsWith("baton=", StringComparison.Ordinal));
        Client.DefaultRequestHeaders.Remove("Cookie");
        Client.DefaultRequestHeaders.Add("Cookie", cookie[..cookie.IndexOf(';', StringComparison.Ordinal)]);
    }
}
