namespace Baton.Protocol.Wire;

// Entries of the vault and their attachments. spec/vault.md §2 to §4.

/// <param name="Change">Counts the changes of the group; what to give as <c>after</c> to get what is newer.</param>
/// <param name="Version">The key version that <paramref name="Sealed"/> is sealed under.</param>
/// <param name="Sealed">Absent once purged, and in the answer to a change.</param>
public sealed record EntryState(
    Id Entry, Id Group, long Change, long Revision, int Version, byte[]? Sealed, long ChangedAt, Id ChangedBy, long? BinnedAt = null, bool Purged = false);

/// <param name="More">Whether there are more after the last one.</param>
public sealed record EntryPage(IReadOnlyList<EntryState> Entries, bool More);

public sealed record EntryChanges(IReadOnlyList<EntryChange> Changes);

/// <param name="Act">save, bin, restore or purge.</param>
/// <param name="Base">The revision it was made from, 0 for a new entry.</param>
/// <param name="Files">Ids of the attachments that the text refers to.</param>
public sealed record EntryChange(string Act, Id Group, Id Entry, long Base, int? Version = null, byte[]? Sealed = null, IReadOnlyList<Id>? Files = null);

public sealed record EntriesChanged(IReadOnlyList<EntryState> Entries);

public sealed record EntryRevisions(IReadOnlyList<EntryRevision> Revisions);

public sealed record EntryRevision(long Revision, int Version, byte[] Sealed, long ChangedAt, Id ChangedBy);

/// <param name="Size">Bytes of ciphertext.</param>
public sealed record NewAttachment(Id File, Id Group, long Size);

/// <summary>Data of the event <c>group</c>.</summary>
public sealed record GroupChanged(Id Group, long Change);
