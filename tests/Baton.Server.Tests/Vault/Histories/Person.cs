using System.Security.Cryptography;
using Baton.Client.Api;
using Baton.Client.Keys;
using Baton.Client.Vault;
using Baton.Protocol;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;

namespace Baton.Server.Tests.Vault.Histories;

/// <summary>
/// Somebody with the real client, whose master password's keys are random instead of stretched: nobody can tell, and tests
/// don't wait for Argon2. It forgets no key it ever held.
/// </summary>
internal sealed class Person : IDisposable
{
    private byte[] wrapKey = RandomNumberGenerator.GetBytes(32);
    private readonly List<UnlockedMember> unlocked = [];
    private Seen seen = Seen.Nothing;

    private Person(Uri server, string name)
    {
        Name = name;
        Api = new BatonApi(ServerAddress.TryParse(server.GetLeftPart(UriPartial.Authority), out var address) ? address : throw new ArgumentException("No address.", nameof(server)));
    }

    public string Name { get; }

    public BatonApi Api { get; }

    public Id Id { get; private set; } = BatonServer.NewId();

    /// <summary>As of the last <see cref="Refresh"/>.</summary>
    public UnlockedMember Unlocked => unlocked[^1];

    public Role Role => Unlocked.Card.Role;

    private string Email => Name + "@studio.example";

    public static async Task<Person> Founder(BatonServer server, CancellationToken cancel)
    {
        var person = new Person(server.Address, "founder");
        var organization = BatonServer.NewId();
        using var keys = MemberKeys.MakeRoot(keys => Card.Root(organization, person.Id, keys.EcdhPublic, keys.EcdsaPublic));
        var card = Card.Root(organization, person.Id, keys.EcdhPublic, keys.EcdsaPublic);
        var group = new GroupVersion(organization, BatonServer.NewId(), 1);
        var grant = Grant.Make(keys.Ecdsa, group, Right.Manage, card, RandomNumberGenerator.GetBytes(32), personal: true);
        var parameters = Ok(await person.Api.SignInParameters(person.Email, cancel));
        var blob = keys.Close(person.wrapKey, person.Id);
        person.Take(Ok(await person.Api.SetUp(
            new Registration(
                server.SetupCode, new OrganizationName(organization, "Studio Północ"), new MemberName(person.Id, person.Name, person.Email), parameters,
                RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32), blob, blob, card.ToBytes(), card.SignedBy(keys.Ecdsa),
                new PersonalGroup(group.Group, grant.Enc, grant.Ciphertext, grant.Signature)),
            cancel)));
        return person;
    }

    /// <summary>A founder with a master password that a terminal can type.</summary>
    public static async Task<Person> Founder(BatonServer server, string email, string masterPassword, CancellationToken cancel)
    {
        var person = new Person(server.Address, "founder");
        var parameters = Ok(await person.Api.SignInParameters(email, cancel));
        var owner = NewOwner.Make(server.SetupCode, "Studio Północ", person.Name, email, masterPassword, parameters);
        Assert.True(MasterPassword.TryStretch(masterPassword, parameters, out var stretched));
        (person.Id, person.wrapKey) = (owner.Registration.Member.Id, stretched.WrapKey);
        person.Take(Ok(await person.Api.SetUp(owner.Registration, cancel)));
        return person;
    }

    /// <summary>Invited, accepted, approved, and at work: all by link and cards, as clients do it.</summary>
    public async Task<Person> Invite(BatonServer server, string name, Role role, IReadOnlyList<InvitedTo> groups, CancellationToken cancel)
    {
        var person = new Person(server.Address, name);
        using var key = InviteKey.Make();
        var invited = Ok(await Api.Invite(key.Invite(Unlocked, Unlocked.Personal!, role, groups), cancel));
        await person.Accept(key, cancel);

        var accepted = Ok(await Api.Invitations(cancel)).Invitations.Single(one => one.Invitation == invited.Invitation);
        Assert.True(InviteMac.Accepts(Unlocked.Personal!, accepted), "The answer to the invitation isn't by who had the link.");
        var invitee = accepted.Accepted!;
        var card = Unlocked.Issue(invitee.Member, invitee.Ecdh, invitee.Ecdsa, role);
        Assert.True(Card.TryParse(card.Card, out var parsed));
        var grants = groups.Select(invitation => (invitation.Group, Right: Words.TryRight(invitation.Right, out var right) ? right : default))
            .Select(to => GroupKeys.Give(Unlocked, Held(to.Group), new Holder(parsed, to.Right)));
        Ok(await Api.Approve(invited.Invitation, new ApproveInvitation(card.Card, card.Signature, [.. grants]), cancel));

        await person.Refresh(cancel);
        Ok(await person.Api.CreateGroup(GroupKeys.BeginPersonal(person.Unlocked), cancel));
        await person.Refresh(cancel);
        return person;
    }

    /// <summary>Reads the session anew; nothing in it may be refused.</summary>
    public async Task Refresh(CancellationToken cancel) => Take(Ok(await Api.Session(cancel)));

    public GroupAccess Held(Id group) => Unlocked.TryGroup(group, out var access) ? access : throw new InvalidOperationException($"{Name} does not hold {group}.");

    /// <summary>Every key that opened entries of this group and ever was in this person's hands.</summary>
    public IEnumerable<GroupKey> EverHeld(Id group) =>
        unlocked.SelectMany(member => member.Groups).Where(access => access.Group == group).SelectMany(access => access.Keys).Where(key => key.Key is not null);

    public void Dispose()
    {
        unlocked.ForEach(member => member.Dispose());
        Api.Dispose();
    }

    public override string ToString() => Name;

    internal static T Ok<T>(Outcome<T> outcome)
        where T : class =>
        outcome.TryGet(out var answer, out var problem) ? answer : throw new InvalidOperationException($"{problem.Type} {problem.Detail} {string.Join("; ", problem.Errors ?? new Dictionary<string, string>())}");

    private async Task Accept(InviteKey key, CancellationToken cancel)
    {
        var opened = Ok(await Api.OpenInvitation(key.Auth, cancel));
        Assert.True(key.IsOf(opened), "The invitation is to another organization than the link.");
        using var keys = MemberKeys.Make(SHA256.HashData(opened.RootCard));
        var parameters = Ok(await Api.SignInParameters(Email, cancel));
        var blob = keys.Close(wrapKey, Id);
        var session = Ok(await Api.AcceptInvitation(
            new AcceptInvitation(
                key.Auth, new MemberName(Id, Name, Email), parameters, RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32), blob, blob,
                keys.EcdhPublic, keys.EcdsaPublic, key.To(opened, Id, keys.EcdhPublic, keys.EcdsaPublic)),
            cancel));
        Assert.Equal(UnlockFault.Pending, UnlockedMember.Unlock(session, wrapKey, seen, out _));
    }

    private void Take(Session session)
    {
        Assert.Equal(UnlockFault.None, UnlockedMember.Unlock(session, wrapKey, seen, out var member));
        seen = member!.Seen;
        unlocked.Add(member);
    }
}
