using System.CommandLine;
using Baton.Cli.Output;
using Baton.Client.Api;
using Baton.Client.Keys;
using Baton.Client.Vault;
using Baton.Protocol;

namespace Baton.Cli.Vault;

/// <summary>The vault of the member at this terminal, unlocked for one command: its groups, and their entries where a command needs them.</summary>
internal sealed class OpenVault : IDisposable
{
    /// <summary>What the member's own group is called.</summary>
    public const string Personal = "personal";

    private readonly List<Shelf> shelves;
    private readonly List<Item> items = [];

    private OpenVault(Member member, UnlockedMember unlocked)
    {
        Member = member;
        Unlocked = unlocked;
        Entries = member.Entries(unlocked);
        shelves = [.. unlocked.Groups.Where(group => group.Sent.State != "deleted").Select(group => new Shelf(group))
            .OrderBy(shelf => !shelf.Access.Sent.Personal).ThenBy(shelf => shelf.Name, StringComparer.OrdinalIgnoreCase)];
    }

    public Member Member { get; }

    public UnlockedMember Unlocked { get; }

    public BatonApi Api => Member.Api;

    public VaultEntries Entries { get; }

    public IReadOnlyList<Shelf> Shelves => shelves;

    /// <summary>Every entry that was read, those in the bin included.</summary>
    public IReadOnlyList<Item> Items => items;

    /// <summary>With the entries of one group, or of all that the member may read.</summary>
    public static async Task<OpenVault> Open(ParseResult parsed, string? group, CancellationToken cancel)
    {
        var vault = await OpenGroups(parsed, cancel);
        try
        {
            if (group is not null)
            {
                var only = vault.Shelf(group);
                vault.shelves.RemoveAll(shelf => shelf != only);
            }

            foreach (var shelf in vault.shelves.Where(shelf => shelf.Access.Right >= Right.View))
            {
                await vault.Read(shelf, cancel);
            }

            return vault;
        }
        catch
        {
            vault.Dispose();
            throw;
        }
    }

    /// <summary>Without entries.</summary>
    public static async Task<OpenVault> OpenGroups(ParseResult parsed, CancellationToken cancel)
    {
        var member = Member.FromFile();
        try
        {
            var vault = new OpenVault(member, await member.Unlock(parsed.GetValue(BatonCommand.PasswordFile), cancel));

            // Who was just approved has no group of its own yet.
            if (vault.Unlocked.Personal is null && !vault.Unlocked.Session.Organization.ReadOnly)
            {
                vault.shelves.Insert(0, await NewGroup.Make(vault, GroupKeys.BeginPersonal(vault.Unlocked), cancel));
            }

            return vault;
        }
        catch
        {
            member.Dispose();
            throw;
        }
    }

    /// <summary>The group of this name or id.</summary>
    /// <exception cref="CommandFailedException">There is none, or several have the name.</exception>
    public Shelf Shelf(string name)
    {
        var found = shelves.Where(shelf => shelf.Id.ToString() == name).ToList();
        if (found.Count == 0)
        {
            found = [.. shelves.Where(shelf => shelf.Name.Equals(name, StringComparison.OrdinalIgnoreCase))];
        }

        return found.Count switch
        {
            1 => found[0],
            0 => throw new CommandFailedException(ExitCode.Refused, Safe.Text($"You have no group {name}."), "baton vault groups lists them."),
            _ => throw new CommandFailedException(ExitCode.Usage, Safe.Text($"Several groups are called {name}."), Safe.Text("Give an id: " + string.Join(", ", found.Select(shelf => shelf.Id)))),
        };
    }

    /// <summary>The entry of this title or id.</summary>
    /// <exception cref="CommandFailedException">There is none, or several have the title.</exception>
    public Item Find(string name, bool binned = false, Shelf? shelf = null)
    {
        var here = Items.Where(item => item.IsBinned == binned && (shelf is null || item.Shelf == shelf)).ToList();
        var found = here.Where(item => item.Id.ToString() == name).ToList();
        if (found.Count == 0)
        {
            found = [.. here.Where(item => item.Entry.Title.Equals(name, StringComparison.OrdinalIgnoreCase))];
        }

        if (found.Count == 1)
        {
            return found[0];
        }

        if (found.Count == 0)
        {
            throw new CommandFailedException(
                ExitCode.Refused, Safe.Text($"There is no entry {name}{(binned ? " in the bin" : "")}."), binned ? "baton vault ls --bin lists them." : "baton vault ls finds entries by any word of theirs.");
        }

        foreach (var item in found)
        {
            Terminal.Say(Safe.Line($"  {item.Id} {item.Place}: {item.Entry.Title} {item.Entry.Username}"));
        }

        throw new CommandFailedException(ExitCode.Usage, Safe.Text($"{found.Count} entries are called {name}."), "Give an id, as above, or --group GROUP.");
    }

    /// <summary>An earlier revision of an entry; null where there is none.</summary>
    public async Task<VaultEntry?> Revision(Item item, long revision, CancellationToken cancel) =>
        (await Entries.Revisions(item.Shelf.Access, item.Id, cancel)).OrFail().FirstOrDefault(past => past.Revision == revision)?.Entry;

    /// <summary>Reads a group's entries as they are now.</summary>
    public async Task Read(Shelf shelf, CancellationToken cancel)
    {
        var found = (await Entries.Read(shelf.Access, cancel)).OrFail();
        items.RemoveAll(item => item.Shelf == shelf);
        items.AddRange(found.Entries.Select(entry => new Item(shelf, entry)));
        if (found.Unreadable.Count > 0)
        {
            Terminal.Say(Safe.Line($"warning: {found.Unreadable.Count} {(found.Unreadable.Count == 1 ? "entry" : "entries")} of {shelf.Name} can't be opened: not what a member sealed there, or sealed by a newer Baton."));
        }
    }

    public void Dispose()
    {
        Unlocked.Dispose();
        Member.Dispose();
    }
}
