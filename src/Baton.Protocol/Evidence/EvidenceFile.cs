using Baton.Protocol.Wire;

namespace Baton.Protocol.Evidence;

// The machine part of a piece of evidence, member by member in its order. spec/evidence.md §1.

/// <param name="Kind"><c>agency</c> or <c>recipient</c>.</param>
/// <param name="Language"><c>en</c>, <c>pl</c> or <c>de</c>.</param>
/// <param name="Composed">Unix milliseconds by the composer's clock.</param>
/// <param name="Title">Absent in a recipient's, as <paramref name="Composer"/> is.</param>
/// <param name="Consistency">Number i joins checkpoint i to i + 1; empty where the two are of different logs.</param>
public sealed record EvidenceFile(
    int Rendering, string Kind, string Language, long Composed, string? Title, EvidencePerson? Composer, EvidenceOrganization Organization, string Server,
    IReadOnlyList<LogKey> Logs, IReadOnlyList<EvidenceEntry> Openings, IReadOnlyList<EvidenceCheckpoint> Checkpoints, IReadOnlyList<IReadOnlyList<byte[]>> Consistency,
    IReadOnlyList<EvidenceCard> Roster, IReadOnlyList<EvidenceHandover> Handovers, byte[] Signature);

/// <summary>A member, with the name that the composer gives.</summary>
public sealed record EvidencePerson(Id Member, string Name);

/// <summary>The organization, with the name that the composer gives.</summary>
public sealed record EvidenceOrganization(Id Id, string Name);

/// <param name="Text">The entry's exact text.</param>
/// <param name="Log">Number in the list of logs.</param>
/// <param name="Proof">Audit path to the last checkpoint of its log.</param>
public sealed record EvidenceEntry(string Text, int Log, long Index, byte[] Leaf, IReadOnlyList<byte[]> Proof);

/// <param name="Note">The whole signed note.</param>
public sealed record EvidenceCheckpoint(int Log, string Note, IReadOnlyList<EvidenceStamp> Stamps);

/// <param name="Token">DER of the RFC 3161 token.</param>
/// <param name="Renews">Number of the earlier stamp of the same checkpoint that this one renews.</param>
public sealed record EvidenceStamp(string Authority, byte[] Token, int? Renews = null);

/// <summary>A card of the roster and its issuer's signature.</summary>
public sealed record EvidenceCard(byte[] Card, byte[] Signature);

/// <param name="Title">Absent in a recipient's.</param>
/// <param name="Recipient">Absent once purged.</param>
/// <param name="Items">Absent once erased.</param>
/// <param name="Addresses">What the server saw; absent when there is none.</param>
/// <param name="ReplyKey">Absent once purged, or without a receipt.</param>
/// <param name="Entries">In the order of log and index.</param>
/// <param name="Replies">Absent when there is none.</param>
public sealed record EvidenceHandover(
    Id Handover, string? Title, EvidencePerson Sender, EvidenceRecipient? Recipient, IReadOnlyList<EvidenceItem>? Items, IReadOnlyList<EvidenceAddress>? Addresses,
    byte[]? ReplyKey, IReadOnlyList<EvidenceEntry> Entries, IReadOnlyList<EvidenceReply>? Replies);

/// <summary>The recipient's name as the sender typed it, and what opens its commitment.</summary>
public sealed record EvidenceRecipient(string Name, byte[] Salt);

/// <param name="Username">Absent when empty, as <paramref name="Url"/> is.</param>
public sealed record EvidenceItem(string Type, string Title, string? Username, string? Url, byte[] Salt);

/// <param name="Entry">Number in the handover's entries.</param>
public sealed record EvidenceAddress(int Entry, string Address, byte[] Salt);

/// <param name="Clock">Unix milliseconds by the recipient's clock.</param>
public sealed record EvidenceReply(int Seq, byte[] Reply, string Name, IReadOnlyList<string> Notes, long Clock);
