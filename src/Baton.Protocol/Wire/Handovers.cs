namespace Baton.Protocol.Wire;

// What the sender's client says and hears about handovers. spec/api.md, "Members".

/// <param name="Files">Ciphertext sizes in bytes; absent or empty: waiting at once.</param>
/// <param name="Replaces">The handover that this one re-issues.</param>
public sealed record CreateHandover(
    Id Handover, Id Group, int GroupVersion,
    byte[] LocatorHash, byte[] Share, byte[] ClaimTag, byte[] DisplayedTag, byte Flags,
    long LifeSeconds, string Channel, string Language, bool ShowSender,
    byte[] Sealed, byte[] Details, byte[] Personal, HandoverCommitments Commitments, byte[] Signature,
    IReadOnlyList<long>? Files = null, Id? Replaces = null);

public sealed record HandoverCommitments(byte[] Recipient, IReadOnlyList<byte[]> Items);

/// <param name="Created">The exact text of the ledger's created entry; absent while a draft.</param>
public sealed record HandoverCreated(Id Handover, string State, long CreatedAt, long? ExpiresAt, string? Created);

/// <param name="Details">Absent once erased.</param>
/// <param name="Personal">Absent once erased, or when its retention time ran out.</param>
/// <param name="Reports">How often the recipient, or who held the link, reported something.</param>
public sealed record HandoverSummary(
    Id Handover, Id Group, int GroupVersion, Id Sender, string SenderName,
    string State, byte Flags, string Channel, string Language,
    long CreatedAt, long ChangedAt, long? ExpiresAt, int GuessesLeft, int Files, byte[]? Details = null, byte[]? Personal = null,
    Id? Replaces = null, Id? ReplacedBy = null, IReadOnlyList<FollowedUp>? FollowUps = null, int Reports = 0);

/// <param name="Next">What to give as <c>before</c> for the next page; absent on the last.</param>
public sealed record HandoverPage(IReadOnlyList<HandoverSummary> Handovers, string? Next);

public sealed record HandoverDetail(HandoverSummary Summary, IReadOnlyList<LedgerEntryText> Entries, IReadOnlyList<HandoverReply> Replies);

/// <param name="Text">The entry's exact text.</param>
/// <param name="Observed">What the server itself saw, with the salts of its commitments; absent once purged.</param>
public sealed record LedgerEntryText(string Text, Observed? Observed);

public sealed record Observed(string? Address, byte[]? AddressSalt, string? UserAgent);

/// <param name="Reply">Absent once purged.</param>
public sealed record HandoverReply(int Seq, string Statement, byte[]? Reply);

public sealed record ExtendHandover(long LifeSeconds);

/// <summary>What the agency ticks off afterwards.</summary>
/// <param name="Item">The item's commitment.</param>
/// <param name="Step">rotated or access-removed.</param>
public sealed record FollowUp(byte[] Item, string Step, bool Done);

/// <param name="By">The member's name.</param>
public sealed record FollowedUp(byte[] Item, string Step, long At, string By);
