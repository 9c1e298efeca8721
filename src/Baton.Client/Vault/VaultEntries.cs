using System.Security.Cryptography;
using Baton.Client.Api;
using Baton.Client.Keys;
using Baton.Client.Sealing;
using Baton.Protocol;
using Baton.Protocol.Wire;

namespace Baton.Client.Vault;

/// <summary>An entry as it stands on the server, open.</summary>
public sealed record StoredEntry(Id Id, Id Group, long Revision, VaultEntry Entry, long ChangedAt, Id ChangedBy, long? BinnedAt);

/// <summary>One revision of an entry.</summary>
public sealed record PastEntry(long Revision, VaultEntry Entry, long ChangedAt, Id ChangedBy);

/// <summary>What a group holds.</summary>
/// <param name="Entries">Those in the bin too.</param>
/// <param name="Unreadable">Entries that are there and don't open under the group's keys: made by a broken client, or changed by the server.</param>
public sealed record GroupEntries(IReadOnlyList<StoredEntry> Entries, IReadOnlyList<Id> Unreadable);

/// <summary>
/// Reads and changes a member's entries. A change that somebody else was faster with comes back as the problem
/// <c>stale-revision</c>, one under an older key or card as <c>stale-key</c>: nothing was written then. spec/vault.md §2 to §4.
/// </summary>
/// <param name="remember">Called when there is something new to keep for the next session.</param>
public sealed class VaultEntries(BatonApi api, UnlockedMember member, Action<Seen>? remember = null)
{
    /// <summary>Most changes in one request.</summary>
    public const int MostChanges = 200;

    private const int PageSize = 1_000, ChunksAtOnce = 16;

    /// <summary>All entries of a group.</summary>
    /// <exception cref="UntrustedException">An entry is older than it was seen before.</exception>
    public async Task<Outcome<GroupEntries>> Read(GroupAccess group, CancellationToken cancel)
    {
        var entries = new Dictionary<Id, StoredEntry>();
        var unreadable = new HashSet<Id>();
        var after = 0L;
        bool more;
        do
        {
            var outcome = await api.Entries(group.Group, after, PageSize, cancel);
            if (!outcome.TryGet(out var page, out var problem))
            {
                return new Outcome<GroupEntries>(problem);
            }

            foreach (var state in page.Entries)
            {
                after = Math.Max(after, state.Change);
                Take(group, state, entries, unreadable);
            }

            more = page is { More: true, Entries.Count: > 0 };
        }
        while (more);

        remember?.Invoke(member.Seen);
        return new Outcome<GroupEntries>(new GroupEntries([.. entries.Values], [.. unreadable]));
    }

    /// <summary>A change that saves an entry: <paramref name="base"/> is the revision it was made from, 0 for a new one.</summary>
    /// <exception cref="ArgumentException">The entry is more than one entry holds, or the group can't be written now.</exception>
    public static EntryChange Save(GroupAccess group, Id entry, long @base, VaultEntry content)
    {
        if (!group.Writable || group.Newest.Key is null)
        {
            throw new ArgumentException("The group can't be written now.", nameof(group));
        }

        return SealedEntry.TryClose(group.Newest.Key, new EntryPlace(group.Newest.Group, entry, @base + 1), content, out var sealedEntry)
            ? new EntryChange("save", group.Group, entry, @base, group.Newest.Group.Version, sealedEntry, [.. (content.Files ?? []).Select(file => file.Id)])
            : throw new ArgumentException("This is more than one entry holds.", nameof(content));
    }

    /// <summary>A change that bins, restores or purges an entry as it was seen.</summary>
    /// <param name="act">bin, restore or purge.</param>
    public static EntryChange Act(string act, StoredEntry entry) => new(act, entry.Group, entry.Id, entry.Revision);

    /// <summary>Sends up to <see cref="MostChanges"/> changes, all of them or none.</summary>
    public async Task<Outcome<EntriesChanged>> Change(IReadOnlyList<EntryChange> changes, CancellationToken cancel)
    {
        var outcome = await api.Change(new EntryChanges(changes), cancel);
        if (outcome.TryGet(out _, out _))
        {
            foreach (var change in changes.Where(change => change.Act == "save"))
            {
                member.Sees(change.Entry, change.Base + 1);
            }

            remember?.Invoke(member.Seen);
        }

        return outcome;
    }

    /// <summary>Every revision of an entry that opens, the newest first.</summary>
    public async Task<Outcome<IReadOnlyList<PastEntry>>> Revisions(GroupAccess group, Id entry, CancellationToken cancel)
    {
        var outcome = await api.Revisions(entry, cancel);
        if (!outcome.TryGet(out var revisions, out var problem))
        {
            return new Outcome<IReadOnlyList<PastEntry>>(problem);
        }

        var past = new List<PastEntry>();
        foreach (var sent in revisions.Revisions)
        {
            if (TryOpen(group, entry, sent.Revision, sent.Version, sent.Sealed) is { } content)
            {
                past.Add(new PastEntry(sent.Revision, content, sent.ChangedAt, sent.ChangedBy));
            }
        }

        return new Outcome<IReadOnlyList<PastEntry>>(past);
    }

    /// <summary>Stores a file; what comes back goes into the entry. Until an entry refers to it nobody sees it.</summary>
    public async Task<Outcome<VaultFile>> Attach(GroupAccess group, Attachment attachment, CancellationToken cancel)
    {
        var file = new VaultFile(new Id(RandomNumberGenerator.GetBytes(Id.Size)), attachment.Name, attachment.Size, attachment.Sha256, RandomNumberGenerator.GetBytes(VaultFile.KeySize));
        var begun = await api.BeginAttachment(new NewAttachment(file.Id, group.Group, FileChunks.WireSize(file.Size)), cancel);
        if (!begun.TryGet(out _, out var problem))
        {
            return new Outcome<VaultFile>(problem);
        }

        foreach (var (number, chunk) in attachment.Chunks(file.Key).Index())
        {
            var stored = await api.PutAttachmentChunk(file.Id, number, chunk, cancel);
            if (!stored.TryGet(out _, out problem))
            {
                return new Outcome<VaultFile>(problem);
            }
        }

        return new Outcome<VaultFile>(file);
    }

    /// <summary>A file, whole and checked against what its entry says of it.</summary>
    /// <exception cref="UntrustedException">It is not that file.</exception>
    public async Task<Outcome<byte[]>> Fetch(VaultFile file, CancellationToken cancel)
    {
        using var wire = new MemoryStream();
        var count = FileChunks.ChunkCount(file.Size);
        for (var chunk = 0; chunk < count; chunk += ChunksAtOnce)
        {
            var outcome = await api.AttachmentChunks(file.Id, chunk, Math.Min(ChunksAtOnce, count - chunk), cancel);
            if (!outcome.TryGet(out var bytes, out var problem))
            {
                return new Outcome<byte[]>(problem);
            }

            await wire.WriteAsync(bytes, cancel);
        }

        wire.Position = 0;
        using var plain = new MemoryStream();
        return await FileChunks.TryOpenAsync(file.Key, new ContentFile(file.Name, file.Size, file.Sha256), wire, plain, cancel)
            ? new Outcome<byte[]>(plain.ToArray())
            : throw new UntrustedException("The server gave another file than the one that was attached.");
    }

    private void Take(GroupAccess group, EntryState state, Dictionary<Id, StoredEntry> entries, HashSet<Id> unreadable)
    {
        if (!member.Sees(state.Entry, state.Revision))
        {
            throw new UntrustedException($"The server shows an older version of the entry {state.Entry} than was seen here before.");
        }

        // A page is read while others write: an entry that changed meanwhile comes again, later in the list.
        entries.Remove(state.Entry);
        unreadable.Remove(state.Entry);
        if (state.Purged || state.Sealed is null)
        {
            return;
        }

        if (state.Group == group.Group && TryOpen(group, state.Entry, state.Revision, state.Version, state.Sealed) is { } content)
        {
            entries[state.Entry] = new StoredEntry(state.Entry, state.Group, state.Revision, content, state.ChangedAt, state.ChangedBy, state.BinnedAt);
        }
        else
        {
            unreadable.Add(state.Entry);
        }
    }

    private static VaultEntry? TryOpen(GroupAccess group, Id entry, long revision, int version, byte[] sealedEntry) =>
        group.KeyOf(version) is { Key: { } key, Group: var place } && SealedEntry.TryOpen(key, new EntryPlace(place, entry, revision), sealedEntry, out var content) ? content : null;
}
