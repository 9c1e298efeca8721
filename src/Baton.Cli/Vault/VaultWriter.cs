using System.Security.Cryptography;
using Baton.Cli.Output;
using Baton.Client.Api;
using Baton.Client.Vault;
using Baton.Protocol;
using Baton.Protocol.Wire;

namespace Baton.Cli.Vault;

/// <summary>Changes entries: sealed anew, and each request whole or not at all. spec/vault.md §3.</summary>
internal sealed class VaultWriter(OpenVault vault)
{
    /// <summary>A new entry under a fresh id.</summary>
    public async Task<Item> Add(Shelf shelf, VaultEntry entry, CancellationToken cancel)
    {
        var id = NewId();
        await Send([Saving(shelf, id, 0, entry)], [], cancel);
        return Written(shelf, id, 1, entry);
    }

    /// <summary>The next revision of an entry.</summary>
    /// <exception cref="CommandFailedException">Somebody was faster: what differs is said, and nothing was written.</exception>
    public async Task<Item> Save(Item item, VaultEntry entry, CancellationToken cancel)
    {
        await Send([Saving(item.Shelf, item.Id, item.Revision, entry)], [item], cancel);
        return Written(item.Shelf, item.Id, item.Revision + 1, entry);
    }

    /// <summary>Bins, restores or purges.</summary>
    public async Task Act(string act, IReadOnlyList<Item> items, CancellationToken cancel)
    {
        foreach (var some in items.Chunk(VaultEntries.MostChanges))
        {
            await Send([.. some.Select(item => VaultEntries.Act(act, item.Stored))], some, cancel);
        }
    }

    /// <summary>Moves entries: in their group a new revision, into another a new entry there and the old one in the bin; all together.</summary>
    public async Task<IReadOnlyList<Item>> Move(IReadOnlyList<Item> items, Shelf? target, Func<VaultEntry, VaultEntry> changed, CancellationToken cancel)
    {
        var changes = new List<EntryChange>();
        var moved = new List<Item>();
        foreach (var item in items)
        {
            var isSame = target is null || target == item.Shelf;
            var (shelf, id, before) = isSame ? (item.Shelf, item.Id, item.Revision) : (target!, NewId(), 0);
            moved.Add(Written(shelf, id, before + 1, changed(item.Entry)));
            changes.Add(Saving(shelf, id, before, moved[^1].Entry));
            if (!isSame)
            {
                changes.Add(VaultEntries.Act("bin", item.Stored));
            }
        }

        if (changes.Count > VaultEntries.MostChanges)
        {
            throw new CommandFailedException(ExitCode.Usage, $"{items.Count} entries are more than move together.", "Move them in two or more commands.");
        }

        await Send(changes, items, cancel);
        return moved;
    }

    /// <summary>The change that writes an entry.</summary>
    /// <param name="before">The revision it was made from, 0 for a new one.</param>
    public static EntryChange Saving(Shelf shelf, Id id, long before, VaultEntry entry)
    {
        shelf.CheckWritable();
        try
        {
            return VaultEntries.Save(shelf.Access, id, before, entry);
        }
        catch (ArgumentException)
        {
            throw new CommandFailedException(ExitCode.Input, Safe.Text($"{entry.Title} is more than one entry holds (256 KiB)."), "Attach long texts as files.");
        }
    }

    public static Id NewId() => new(RandomNumberGenerator.GetBytes(Id.Size));

    private Item Written(Shelf shelf, Id id, long revision, VaultEntry entry) =>
        new(shelf, new StoredEntry(id, shelf.Id, revision, entry, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), vault.Unlocked.Member, null));

    private async Task Send(IReadOnlyList<EntryChange> changes, IReadOnlyList<Item> meant, CancellationToken cancel)
    {
        var outcome = await vault.Entries.Change(changes, cancel);
        if (outcome.TryGet(out _, out var problem))
        {
            return;
        }

        if (!problem.Is(ProblemType.StaleRevision))
        {
            throw Outcomes.Failure(problem);
        }

        foreach (var shelf in meant.Select(item => item.Shelf).Distinct())
        {
            await vault.Read(shelf, cancel);
        }

        var stale = meant.FirstOrDefault(item => problem.Entries?.Contains(item.Id) == true);
        throw stale is not null && vault.Items.FirstOrDefault(item => item.Id == stale.Id) is { } now
            ? Conflict.Told(now, stale.Entry)
            : new CommandFailedException(ExitCode.Refused, "Somebody removed an entry meanwhile. Nothing of yours was saved.", "baton vault ls shows what is there now.");
    }
}
