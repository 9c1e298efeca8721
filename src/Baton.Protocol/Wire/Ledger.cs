namespace Baton.Protocol.Wire;

// The ledger as members and recipients hear of it. spec/api.md, "The ledger"; spec/ledger.md, spec/evidence.md.

/// <param name="Key">The log's verifying key.</param>
public sealed record LogKey(string Origin, string Key);

/// <param name="Token">DER of the RFC 3161 token.</param>
/// <param name="Renews">Number of the earlier stamp of the same checkpoint that this one renews.</param>
public sealed record CheckpointStamp(string Authority, byte[] Token, int? Renews = null);

/// <param name="Log">Number in the list of logs, from 0.</param>
/// <param name="Note">The whole signed note.</param>
public sealed record ProvenCheckpoint(int Log, string Note, IReadOnlyList<CheckpointStamp> Stamps);

/// <param name="Text">The entry's exact text.</param>
/// <param name="Proof">Audit path to the last checkpoint of its log.</param>
/// <param name="Observed">What the server itself saw; absent once purged, and for recipients.</param>
public sealed record ProvenEntry(string Text, int Log, long Index, byte[] Leaf, IReadOnlyList<byte[]> Proof, Observed? Observed = null);

/// <param name="Openings">The first entry of each log after the first.</param>
/// <param name="Checkpoints">The last of each log, and stamped ones before it; in the order of log, then size.</param>
/// <param name="Consistency">Number i joins checkpoint i to i + 1; empty where the two are of different logs.</param>
public sealed record LedgerProofs(
    IReadOnlyList<LogKey> Logs, IReadOnlyList<ProvenEntry> Openings, IReadOnlyList<ProvenCheckpoint> Checkpoints, IReadOnlyList<IReadOnlyList<byte[]>> Consistency);

/// <param name="Handovers">At most 100.</param>
/// <param name="Size">Prove under the newest log's checkpoint of this size, which an answer before gave; absent: under the newest.</param>
public sealed record EvidenceRequest(IReadOnlyList<Id> Handovers, long? Size = null);

/// <param name="Roster">From the root card to the newest.</param>
public sealed record EvidenceParts(LedgerProofs Ledger, IReadOnlyList<MemberCard> Roster, IReadOnlyList<EvidenceOfHandover> Handovers);

public sealed record EvidenceOfHandover(HandoverSummary Summary, IReadOnlyList<ProvenEntry> Entries, IReadOnlyList<HandoverReply> Replies);

/// <summary>What the recipient's page needs to compose its own evidence.</summary>
/// <param name="Roster">From the root card to the sender's.</param>
public sealed record LinkEvidence(LedgerProofs Ledger, IReadOnlyList<MemberCard> Roster, IReadOnlyList<ProvenEntry> Entries);

/// <param name="Behind">Entries that wait for their place in the log.</param>
public sealed record LedgerHead(IReadOnlyList<LogHead> Logs, long Behind, LedgerCheck Check, IReadOnlyList<StampSummary> Stamps, IReadOnlyList<AuthorityState> Authorities);

public sealed record LogHead(string Origin, string Key, long Size, string Note);

/// <param name="State">running, ok or damaged.</param>
/// <param name="Damaged">Indices in the newest log of the first rows that are not what the log says, at most 100.</param>
public sealed record LedgerCheck(string State, long Checked, long Total, IReadOnlyList<long> Damaged);

/// <param name="Time">Unix milliseconds, as the authority says.</param>
/// <param name="CertificateEnds">Unix milliseconds: when the authority's certificate ends.</param>
public sealed record StampSummary(int Log, long Size, string Authority, long Time, long CertificateEnds, bool Renewal);

/// <param name="LastAt">When it last gave a stamp; absent: never.</param>
/// <param name="Failure">
/// Why the last attempt failed; absent when it did not: unreachable, refused, invalid (no token for what was asked), untrusted (it leads to none
/// of the roots), not-renewed (its certificate ends within 30 days and nobody gave a token that lasts longer).
/// </param>
public sealed record AuthorityState(string Authority, long? LastAt, string? Failure, long NextAt);

/// <param name="Next">What to give as <c>before</c> for the next page; absent on the last.</param>
public sealed record LedgerPage(IReadOnlyList<AuditEntry> Entries, string? Next);

/// <param name="Log">Absent with Index until the entry has its place in the log.</param>
public sealed record AuditEntry(string Text, Observed? Observed, int? Log, long? Index);

public sealed record ConsistencyProof(IReadOnlyList<byte[]> Proof);

public sealed record InclusionProof(byte[] Leaf, IReadOnlyList<byte[]> Proof);

/// <param name="PersonalDays">Days after a handover's end that personal data is kept; 0: for ever.</param>
public sealed record Retention(int PersonalDays);

/// <param name="Details">The items' names too, not only what concerns the recipient.</param>
public sealed record EraseHandover(bool Details);
