using Baton.Client.Keys;
using Baton.Client.Vault;
using Baton.Protocol;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;

namespace Baton.Server.Tests.Vault.Histories;

/// <summary>An entry as whoever wrote it last wrote it.</summary>
internal sealed record Written(Id Group, string Title, long Revision, int Version);

/// <summary>One organization over some time, and what everybody should be able to read in it.</summary>
internal sealed class History(BatonServer server, Dice dice, CancellationToken cancel) : IDisposable
{
    private readonly List<Person> present = [];
    private readonly List<Person> gone = [];
    private readonly Dictionary<Id, Dictionary<Person, Right>> groups = [];
    private readonly Dictionary<Id, Written> entries = [];
    private readonly List<string> told = [];

    /// <summary>What happened, for who has to understand a failure.</summary>
    public string Told => string.Join('\n', told);

    public async Task Begin() => present.Add(await Person.Founder(server, cancel));

    /// <summary>Something that the rules allow happens.</summary>
    public Task Step() => dice.Next(12) switch
    {
        0 or 1 => Join(),
        2 => NewGroup(),
        3 or 4 => Give(),
        5 => Take(),
        6 => Remove(),
        7 => ChangeRole(),
        8 => dice.Pick([.. groups.Keys.Select(group => new Holding(group))]) is { } any ? Rotate(any.Group) : Task.CompletedTask,
        _ => Write(),
    };

    /// <summary>Everybody can read exactly what it should, and can't open anything else with any key it ever had.</summary>
    public async Task Check()
    {
        foreach (var person in present)
        {
            await person.Refresh(cancel);
            Assert.Equal(
                groups.Where(group => group.Value.ContainsKey(person)).Select(group => (group.Key, group.Value[person])).OrderBy(pair => pair.Key.ToString(), StringComparer.Ordinal),
                person.Unlocked.Groups.Where(group => !group.Sent.Personal).Select(group => (group.Group, group.Right)).OrderBy(pair => pair.Group.ToString(), StringComparer.Ordinal));
        }

        foreach (var (group, rights) in groups)
        {
            foreach (var person in present)
            {
                await CheckReading(person, group, rights.GetValueOrDefault(person));
            }

            if (rights.FirstOrDefault(pair => pair.Value >= Right.View).Key is { } reader)
            {
                var stored = Person.Ok(await reader.Api.Entries(group, 0, 1_000, cancel)).Entries;
                foreach (var person in present.Concat(gone))
                {
                    CheckKeys(person, group, stored);
                }
            }
        }

        foreach (var person in gone)
        {
            Assert.False((await person.Api.Session(cancel)).TryGet(out _, out var problem));
            Assert.Equal(401, problem!.Status);
        }
    }

    public void Dispose()
    {
        foreach (var person in present.Concat(gone))
        {
            person.Dispose();
        }
    }

    private async Task CheckReading(Person person, Id group, Right right)
    {
        if (right >= Right.View)
        {
            var read = Person.Ok(await new VaultEntries(person.Api, person.Unlocked).Read(person.Held(group), cancel));
            Assert.Empty(read.Unreadable);
            Assert.Equal(
                entries.Where(entry => entry.Value.Group == group).Select(entry => (entry.Key, entry.Value.Title)).OrderBy(pair => pair.Item1.ToString(), StringComparer.Ordinal),
                read.Entries.Select(entry => (entry.Id, entry.Entry.Title)).OrderBy(pair => pair.Item1.ToString(), StringComparer.Ordinal));
            return;
        }

        Assert.False((await person.Api.Entries(group, 0, 10, cancel)).TryGet(out _, out var problem), $"{person} reads a group without a right.");
        Assert.Equal(right == Right.History ? 403 : 404, problem!.Status);
        if (right == Right.History)
        {
            Assert.NotNull(person.Held(group).Details);
            Assert.All(person.Held(group).Keys, key => Assert.Null(key.Key));
        }
    }

    // A key that was held opens what was written while it was the newest, and nothing from after the rotation.
    private static void CheckKeys(Person person, Id group, IReadOnlyList<EntryState> stored)
    {
        var held = person.EverHeld(group).DistinctBy(key => key.Group.Version).ToList();
        foreach (var state in stored)
        {
            var opens = held.Any(key => SealedEntry.TryOpen(key.Key!, new EntryPlace(key.Group with { Version = state.Version }, state.Entry, state.Revision), state.Sealed!, out _));
            Assert.True(opens == held.Any(key => key.Group.Version == state.Version), $"{person} opens={opens} an entry of version {state.Version} with keys of {string.Join(", ", held.Select(key => key.Group.Version))}.");
        }
    }

    private async Task Join()
    {
        if (present.Count == 6 || await Issuer() is not { } inviter)
        {
            return;
        }

        var role = new[] { Role.Admin, Role.Member, Role.Member, Role.Auditor }[dice.Next(4)];
        var to = groups.Where(group => group.Value.GetValueOrDefault(inviter) >= Right.View && dice.Next(2) == 0)
            .Select(group => (Group: group.Key, Right: RightFor(role))).ToList();
        var name = $"member-{present.Count + gone.Count}";
        told.Add($"{inviter} invites {name} as {role} to {to.Count} groups");
        var person = await inviter.Invite(server, name, role, [.. to.Select(invited => new InvitedTo(invited.Group, invited.Right.Word()))], cancel);
        present.Add(person);
        to.ForEach(invited => groups[invited.Group][person] = invited.Right);
    }

    private async Task NewGroup()
    {
        if (await Issuer() is not { } maker)
        {
            return;
        }

        var holders = new Dictionary<Person, Right> { [maker] = Right.Manage };
        foreach (var person in present.Where(person => person != maker && dice.Next(2) == 0))
        {
            holders[person] = RightFor(person.Role);
        }

        told.Add($"{maker} makes a group for {string.Join(", ", holders.Keys)}");
        var made = Person.Ok(await maker.Api.CreateGroup(GroupKeys.Begin(maker.Unlocked, new GroupDetails(1, $"Klient {groups.Count}", "folder", "teal"), HoldersOf(maker, holders)), cancel));
        groups[made.Group] = holders;
    }

    private async Task Give()
    {
        if (await Holder() is not { } holding || dice.Pick([.. present.Where(other => other != holding.Person)]) is not { } to)
        {
            return;
        }

        var right = RightFor(to.Role);
        told.Add($"{holding.Person} gives {to} {right}");
        var grant = GroupKeys.Give(holding.Person!.Unlocked, holding.Person.Held(holding.Group), new Holder(CardOf(holding.Person, to), right));
        Person.Ok(await holding.Person.Api.Give(grant, cancel));
        var before = groups[holding.Group].GetValueOrDefault(to);
        groups[holding.Group][to] = right;
        if (before > Right.History && right == Right.History)
        {
            await Rotate(holding.Group);
        }
    }

    private async Task Take()
    {
        if (await Holder() is not { } holding || dice.Pick([.. groups[holding.Group].Keys.Where(other => other != holding.Person)]) is not { } from)
        {
            return;
        }

        told.Add($"{holding.Person} takes the right of {from}");
        Person.Ok(await holding.Person!.Api.Take(holding.Group, from.Id, cancel));
        groups[holding.Group].Remove(from);
        await RotateMostly(holding.Group);
    }

    private async Task Remove()
    {
        if (await Issuer() is not { } issuer
            || dice.Pick([.. present.Where(other => other != issuer && (other.Role != Role.Owner || issuer.Role == Role.Owner))]) is not { } leaver)
        {
            return;
        }

        told.Add($"{issuer} removes {leaver}");
        await leaver.Refresh(cancel);
        Person.Ok(await issuer.Api.AddCard(issuer.Unlocked.Issue(leaver.Id, leaver.Unlocked.Card.Ecdh, leaver.Unlocked.Card.Ecdsa, Role.Removed), cancel));
        present.Remove(leaver);
        gone.Add(leaver);
        foreach (var (group, rights) in groups.Where(group => group.Value.Remove(leaver)).ToList())
        {
            await RotateMostly(group);
        }
    }

    private async Task ChangeRole()
    {
        if (await Issuer() is not { } issuer
            || dice.Pick([.. present.Where(other => other != issuer && other.Role is Role.Admin or Role.Member)]) is not { } other || other.Role == Role.Owner || other == issuer)
        {
            return;
        }

        var role = other.Role == Role.Member ? (issuer.Role == Role.Owner && dice.Next(3) == 0 ? Role.Owner : Role.Admin) : Role.Member;
        told.Add($"{issuer} makes {other} {role}");
        Person.Ok(await issuer.Api.AddCard(issuer.Unlocked.Issue(other.Id, other.Unlocked.Card.Ecdh, other.Unlocked.Card.Ecdsa, role), cancel));
        await other.Refresh(cancel);
    }

    private async Task Write()
    {
        var may = groups.SelectMany(group => group.Value.Where(pair => pair.Value >= Right.Edit).Select(pair => new Holding(group.Key, pair.Key))).ToList();
        if (dice.Pick(may) is not { } holding)
        {
            return;
        }

        var writer = holding.Person!;
        await writer.Refresh(cancel);
        if (!writer.Held(holding.Group).Stands)
        {
            // Who granted it may not any more: it is read, and waits for a rotation.
            Assert.False(writer.Held(holding.Group).Writable);
            await Rotate(holding.Group);
            await writer.Refresh(cancel);
            if (!writer.Held(holding.Group).Stands)
            {
                return;
            }
        }

        var known = entries.Where(entry => entry.Value.Group == holding.Group && dice.Next(3) == 0).Select(entry => entry.Key).Take(1).ToList();
        var id = known.Count == 0 ? BatonServer.NewId() : known[0];
        var revision = known.Count == 0 ? 0 : entries[id].Revision;
        var title = $"{entries.Count}.{revision + 1} by {writer}";
        told.Add($"{writer} writes {title}");
        var access = writer.Held(holding.Group);
        Person.Ok(await new VaultEntries(writer.Api, writer.Unlocked).Change([VaultEntries.Save(access, id, revision, new VaultEntry("login", title))], cancel));
        entries[id] = new Written(holding.Group, title, revision + 1, access.Newest.Group.Version);
    }

    private Task RotateMostly(Id group) => dice.Next(5) == 0 ? Task.CompletedTask : Rotate(group);

    /// <summary>By an owner or admin that holds the key, when there is one.</summary>
    private async Task Rotate(Id group)
    {
        foreach (var person in present)
        {
            await person.Refresh(cancel);
        }

        if (groups[group].FirstOrDefault(pair => pair.Value >= Right.View && pair.Key.Role.MayIssue()).Key is not { } rotator)
        {
            return;
        }

        told.Add($"{rotator} rotates");
        var shown = Person.Ok(await rotator.Api.Groups(cancel)).Groups.Single(one => one.Group == group);
        Assert.True(GroupKeys.TryHolders(rotator.Unlocked, shown, out var holders), "The server lists somebody whom nobody granted anything.");
        Person.Ok(await rotator.Api.Rotate(group, GroupKeys.Next(rotator.Unlocked, rotator.Held(group), holders), cancel));
    }

    private async Task<Person?> Issuer()
    {
        if (dice.Pick([.. present.Where(person => person.Role.MayIssue())]) is not { } issuer)
        {
            return null;
        }

        foreach (var person in present)
        {
            await person.Refresh(cancel);
        }

        return issuer.Role.MayIssue() ? issuer : null;
    }

    /// <summary>An owner or admin that can grant the key of some group.</summary>
    private async Task<Holding?> Holder()
    {
        foreach (var person in present)
        {
            await person.Refresh(cancel);
        }

        return dice.Pick([.. groups.SelectMany(group => group.Value.Where(pair => pair.Value >= Right.View && pair.Key.Role.MayIssue()).Select(pair => new Holding(group.Key, pair.Key)))]);
    }

    private Right RightFor(Role role) => role == Role.Auditor ? Right.History : (Right)(1 + dice.Next(5));

    private static Card CardOf(Person issuer, Person of) => issuer.Unlocked.Roster.TryCard(of.Id, out var card) ? card : throw new InvalidOperationException($"{of} has no card.");

    private static List<Holder> HoldersOf(Person issuer, Dictionary<Person, Right> rights) => [.. rights.Select(pair => new Holder(CardOf(issuer, pair.Key), pair.Value))];

    private sealed record Holding(Id Group, Person? Person = null);
}
