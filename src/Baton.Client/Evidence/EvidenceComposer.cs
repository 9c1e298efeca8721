using Baton.Client.Sealing;
using Baton.Protocol;
using Baton.Protocol.Evidence;
using Baton.Protocol.Ledger;
using Baton.Protocol.Wire;

namespace Baton.Client.Evidence;

/// <summary>Everything a file says but its signature.</summary>
/// <param name="Kind"><c>agency</c> or <c>recipient</c>; the latter without title and composer.</param>
/// <param name="Roster">From the root card to the newest, in order.</param>
public sealed record EvidenceInput(
    string Kind, string Language, long Composed, string? Title, EvidencePerson? Composer, EvidenceOrganization Organization, string Server,
    LedgerProofs Proofs, IReadOnlyList<EvidenceCard> Roster, IReadOnlyList<HandoverPart> Handovers);

/// <summary>One handover: the server's entries and replies, and what its client knows or has opened.</summary>
/// <param name="Title">As all that may be null: absent once erased or purged.</param>
public sealed record HandoverPart(
    Id Handover, string? Title, EvidencePerson Sender, EvidenceRecipient? Recipient, IReadOnlyList<EvidenceItem>? Items, byte[]? ReplyKey,
    IReadOnlyList<ProvenEntry> Entries, IReadOnlyList<HandoverReply> Replies);

/// <summary>From what the server proves and a client has opened to one signed file. spec/evidence.md §1.</summary>
public static class EvidenceComposer
{
    /// <summary>The file. It believes the server: verify what comes out before it leaves.</summary>
    /// <param name="sign">Signs with the composing member's card key, or the reader key.</param>
    /// <exception cref="ArgumentException">A part is none: a handover without entries, for one.</exception>
    public static EvidenceFile Compose(EvidenceInput input, Func<byte[], byte[]> sign)
    {
        var proofs = input.Proofs;
        var file = new EvidenceFile(
            1, input.Kind, input.Language, input.Composed, input.Title, input.Composer, input.Organization, input.Server, proofs.Logs,
            [.. proofs.Openings.Select(Bare)],
            [.. proofs.Checkpoints.Select(checkpoint => new EvidenceCheckpoint(
                checkpoint.Log, checkpoint.Note, [.. checkpoint.Stamps.Select(stamp => new EvidenceStamp(stamp.Authority, stamp.Token, stamp.Renews))]))],
            proofs.Consistency, input.Roster, [.. input.Handovers.Select(Of)], []);
        file = file with { Signature = sign(EvidenceText.SignedPart(file)) };
        _ = EvidenceText.Write(file);
        return file;
    }

    private static EvidenceEntry Bare(ProvenEntry entry) => new(entry.Text, entry.Log, entry.Index, entry.Leaf, entry.Proof);

    private static EvidenceHandover Of(HandoverPart part)
    {
        var confirmed = part.Entries.Select(entry => ConfirmedEntry.TryParse(entry.Text, out var read) ? read : null).OfType<ConfirmedEntry>().ToList();
        var addresses = part.Entries
            .Select((entry, i) => entry.Observed is { Address: { } address, AddressSalt: { } salt } ? new EvidenceAddress(i, address, salt) : null)
            .OfType<EvidenceAddress>().ToList();
        var replies = confirmed.Select(entry => Opened(part, entry)).OfType<EvidenceReply>().OrderBy(reply => reply.Seq).ToList();
        return new EvidenceHandover(
            part.Handover, part.Title, part.Sender, part.Recipient,
            part.Items is { Count: > 0 } items
                ? [.. items.Select(item => item with { Username = item.Username is "" ? null : item.Username, Url = item.Url is "" ? null : item.Url })]
                : null,
            addresses.Count > 0 ? addresses : null,
            // It opens replies and nothing else, so it goes with them.
            confirmed.Count > 0 ? part.ReplyKey : null,
            [.. part.Entries.Select(Bare)],
            replies.Count > 0 ? replies : null);
    }

    /// <summary>Null for a reply that was purged, and for one that doesn't open or says what can't be written: it is not genuine.</summary>
    private static EvidenceReply? Opened(HandoverPart part, ConfirmedEntry confirmed)
    {
        var sent = part.Replies.FirstOrDefault(reply => reply.Seq == confirmed.Seq)?.Reply;
        return sent is not null
            && part.ReplyKey is not null
            && Reply.TryOpen(part.ReplyKey, part.Handover, confirmed.Seq, confirmed.Statement, sent, out var said)
            && said.Clock is >= 0 and < 1L << 53
            && said.Notes.Append(said.Name).All(text => text?.Contains('\0', StringComparison.Ordinal) == false)
                ? new EvidenceReply((int)confirmed.Seq, sent, said.Name, said.Notes, said.Clock)
                : null;
    }
}
