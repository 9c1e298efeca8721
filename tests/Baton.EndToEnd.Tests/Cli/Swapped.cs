using System.Security.Cryptography;
using Baton.Client.Keys;
using Baton.Client.Vault;
using Baton.Protocol;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;
using Baton.Server.Tests;
using Baton.Server.Tests.Vault.Histories;

namespace Baton.EndToEnd.Tests.Cli;

/// <summary>
/// An agency with some past behind a server that is not to be trusted: an admin that was removed, a group whose key was rotated,
/// an entry with two revisions, a second policy. A terminal has seen all of it, and a test has kept what was true before.
/// </summary>
public sealed class Swapped : IAsyncLifetime
{
    public const string Email = "ewa@studio.example", Password = "correct horse battery";

    private readonly string home = Directory.CreateTempSubdirectory("baton-home-").FullName;
    private BatonServer server = null!;
    private Person founder = null!;
    private Person admin = null!;

    internal HostileServer Hostile { get; private set; } = null!;

    internal string PasswordFile => Path.Combine(home, "master");

    /// <summary>The session as it was before the rotation and the second policy.</summary>
    internal Session Earlier { get; private set; } = null!;

    /// <summary>The group's first page before the second revision.</summary>
    internal EntryPage EarlierEntries { get; private set; } = null!;

    internal Id Group { get; private set; }

    /// <summary>The roster as it is now.</summary>
    internal Roster Roster => founder.Unlocked.Roster;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await BatonServer.Start();
        Hostile = await HostileServer.Before(server.Address);
        await File.WriteAllTextAsync(PasswordFile, Password + "\n", Cancel);
        founder = await Person.Founder(server, Email, Password, Cancel);
        var made = Person.Ok(await founder.Api.CreateGroup(
            GroupKeys.Begin(founder.Unlocked, new GroupDetails(1, "Klient", "folder", "teal"), [new Holder(founder.Unlocked.Card, Right.Manage)]), Cancel));
        Group = made.Group;
        await founder.Refresh(Cancel);
        admin = await founder.Invite(server, "admin", Role.Admin, [new InvitedTo(Group, "manage")], Cancel);
        await founder.Refresh(Cancel);
        var entry = BatonServer.NewId();
        await Write(entry, 0, "Panel");
        await SetPolicy(1);
        Earlier = Person.Ok(await founder.Api.Session(Cancel));
        EarlierEntries = Person.Ok(await founder.Api.Entries(Group, 0, 1_000, Cancel));

        await Write(entry, 1, "Panel administracyjny");
        await SetPolicy(2);
        Person.Ok(await founder.Api.AddCard(founder.Unlocked.Issue(admin.Id, admin.Unlocked.Card.Ecdh, admin.Unlocked.Card.Ecdsa, Role.Removed), Cancel));
        await founder.Refresh(Cancel);
        Person.Ok(await founder.Api.Rotate(Group, GroupKeys.Next(founder.Unlocked, founder.Held(Group), [new Holder(founder.Unlocked.Card, Right.Manage)]), Cancel));
        await founder.Refresh(Cancel);

        var signedIn = await Baton("sign-in", Hostile.Origin, "--email", Email, "--password-file", PasswordFile);
        Assert.True(signedIn.ExitCode == 0, signedIn.Errors);
        var seen = await Baton("vault", "ls", "--password-file", PasswordFile);
        Assert.True(seen.ExitCode == 0, seen.Errors);
        Assert.Contains("Panel administracyjny", seen.Output, StringComparison.Ordinal);
    }

    internal Task<Heard> Baton(params string[] arguments) => new Terminal(home).Baton(arguments, [], Cancel);

    /// <summary>Somebody else's terminal, with a line of input.</summary>
    internal Task<Heard> BatonReading(string input, params string[] arguments) => new Terminal(Path.Combine(home, "guest")).Baton(arguments, [input], Cancel);

    /// <summary>A card of the removed admin's making, rightly signed and chained, but for its right to.</summary>
    internal MemberCard IssuedByTheRemoved()
    {
        using var stranger = MemberKeys.Make(Roster.Root);
        var card = Roster.Next(BatonServer.NewId(), stranger.EcdhPublic, stranger.EcdsaPublic, Role.Admin, admin.Id);
        return new MemberCard(card.Member, card.ToBytes(), card.SignedBy(admin.Unlocked.Keys.Ecdsa, Roster.Head.Hash));
    }

    /// <summary>An invitation as the founder makes it: its link at the hostile server.</summary>
    internal async Task<(string Link, Id Invitation)> Invite()
    {
        using var key = InviteKey.Make();
        var invited = Person.Ok(await founder.Api.Invite(key.Invite(founder.Unlocked, founder.Unlocked.Personal!, Role.Member, []), Cancel));
        return ($"{Hostile.Origin}/i#{key.ToCode()}", invited.Invitation);
    }

    /// <summary>Whether the founder's client takes who accepted for who had the link.</summary>
    internal bool Accepts(InvitationSummary shown) => InviteMac.Accepts(founder.Unlocked.Personal!, shown);

    internal async Task<InvitationSummary> Accepted(Id invitation) =>
        Person.Ok(await founder.Api.Invitations(Cancel)).Invitations.Single(one => one.Invitation == invitation);

    public async ValueTask DisposeAsync()
    {
        founder.Dispose();
        admin.Dispose();
        await Hostile.DisposeAsync();
        await server.DisposeAsync();
        Directory.Delete(home, recursive: true);
    }

    private async Task Write(Id entry, long revision, string title) => Person.Ok(await new VaultEntries(founder.Api, founder.Unlocked).Change(
        [VaultEntries.Save(founder.Held(Group), entry, revision, new VaultEntry("login", title) { Password = Convert.ToHexString(RandomNumberGenerator.GetBytes(8)) })], Cancel));

    private async Task SetPolicy(uint number) => Person.Ok(await founder.Api.SetPolicy(
        TrustedPolicy.Sign(founder.Unlocked, new Policy(number, 86_400, false, 0, Role.Member, true, 1 << 20, 1_800, 43_200, false)), Cancel));
}
