using System.Security.Cryptography;
using Baton.Client.Sealing;
using Baton.Protocol;
using Baton.Protocol.Encoding;
using Baton.Protocol.Evidence;
using Baton.Protocol.Ledger;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;

namespace Baton.Client.Evidence;

/// <summary>
/// Steps 7 to 10: who said what: the names and titles that entries commit to, and the signatures of sender, reader and composer.
/// spec/evidence.md §4.
/// </summary>
internal static class PeopleSteps
{
    /// <summary>Step 7.</summary>
    public static Finding Commitments(EvidenceReading read) =>
        read.Handovers.Any(one => one.Part.Recipient is not null || one.Part.Items is not null || one.Part.Addresses is not null)
            ? Finding.First(read.Handovers.Select(handover => (Func<Finding>)(() => CommitmentsOf(handover))))
            : Finding.None;

    /// <summary>The organization's roster and its cards as the file has them; null where it doesn't hold.</summary>
    public static (Roster Roster, IReadOnlyList<Card> Cards)? RosterOf(EvidenceFile file)
    {
        var cards = new List<Card>();
        foreach (var part in file.Roster)
        {
            if (!Card.TryParse(part.Card, out var card))
            {
                return null;
            }

            cards.Add(card);
        }

        var sent = cards.Select((card, i) => new MemberCard(card.Member, file.Roster[i].Card, file.Roster[i].Signature)).ToList();
        return cards.Count > 0 && Roster.Read(file.Organization.Id, cards[0].Hash(), sent, out var roster) == RosterFault.None && roster is not null ? (roster, cards) : null;
    }

    /// <summary>Step 8.</summary>
    public static Finding Sender(EvidenceReading read, IReadOnlyList<Card>? cards)
    {
        if (cards is null)
        {
            return Finding.Failed("roster");
        }

        var byHash = cards.ToDictionary(card => Base64Url.Encode(card.Hash()), StringComparer.Ordinal);
        return Finding.Each(
            read.Handovers,
            (handover, _) => handover.Created is { } created
                && byHash.TryGetValue(Base64Url.Encode(created.Card), out var card)
                && card.Member == handover.Part.Sender.Member
                && created.Member == card.Member
                && Signatures.Verify(
                    card.Ecdsa,
                    SignedText.Created(
                        created.Org, created.Group, created.Handover, created.Sealed, created.DisplayedTag, created.Life, created.Flags, created.Commitments()),
                    created.Signature),
            (handover, _) => handover.Where);
    }

    /// <summary>Step 9.</summary>
    public static Finding Receipts(EvidenceReading read)
    {
        var answered = read.Handovers.Where(one => one.Part.Replies is not null || one.First("displayed") is not null || one.First("confirmed") is not null).ToList();
        return answered.Count == 0 ? Finding.None : Finding.First(answered.Select(handover => (Func<Finding>)(() => ReceiptsOf(handover))));
    }

    /// <summary>Step 10.</summary>
    public static Finding Composer(EvidenceReading read, Roster? roster)
    {
        var file = read.File;
        var key = file.Kind != "agency" ? ReaderOf(read.Handovers[0])
            : roster?.TryCard(file.Composer!.Member, out var card) == true && card.Role != Role.Removed ? card.Ecdsa
            : [];
        return Signatures.Verify(key, EvidenceText.SignedPart(file), file.Signature) ? Finding.Ok : Finding.Failed("signature");
    }

    private static Finding CommitmentsOf(HandoverReading handover)
    {
        var (part, created) = (handover.Part, handover.Created);
        if (part.Recipient is { } recipient && !Opens(created?.Recipient, Commitment.Of(recipient.Salt, CommitmentLabel.Recipient, recipient.Name)))
        {
            return Finding.Failed($"{handover.Where}.recipient");
        }

        return part.Items is { } items && items.Count != created?.Items.Count
            ? Finding.Failed($"{handover.Where}.items")
            : Finding.First(
            [
                () => Finding.Each(
                    part.Items ?? [], (item, i) => Opens(created!.Items[i], Commitment.OfItem(item.Salt, item.Title, item.Username, item.Url)),
                    (_, i) => $"{handover.Where}.items[{i}]"),
                () => Finding.Each(
                    part.Addresses ?? [],
                    (address, _) => Opens(handover.Entries[address.Entry].Members?.Bytes("address"), Commitment.Of(address.Salt, CommitmentLabel.Address, address.Address)),
                    (_, i) => $"{handover.Where}.addresses[{i}]"),
            ]);
    }

    private static Finding ReceiptsOf(HandoverReading handover)
    {
        var (part, created, confirmed) = (handover.Part, handover.Created, handover.All("confirmed"));
        return Finding.First(
        [
            () => Finding.Each(
                handover.All("displayed"), (entry, _) => Opens(created?.DisplayedTag, SHA256.HashData(entry.Members!.Bytes("proof"))), (entry, _) => entry.Where),
            () => Finding.Each(confirmed, (entry, _) => IsSigned(handover, entry.Members!), (entry, _) => entry.Where),
            () => Finding.Each(
                part.Replies ?? [], (reply, _) => IsSaid(part, confirmed.FirstOrDefault(entry => entry.Members!.Number("seq") == reply.Seq)?.Members, reply),
                (_, i) => $"{handover.Where}.replies[{i}]"),
        ]);
    }

    /// <summary>Signed by the reader that claimed, for exactly the created items.</summary>
    private static bool IsSigned(HandoverReading handover, ReadEntry confirmed) =>
        handover.Created is { } created
        && handover.First("claimed") is { } claimed
        && ReceiptStatement.TryParse(confirmed.Text("statement"), out var statement)
        && statement.Seq == confirmed.Number("seq")
        && statement.Covers(created.Items)
        && Signatures.Verify(
            ReaderOf(handover), SignedText.ReceiptOf(handover.Part.Handover, claimed.Part.Text, confirmed.Text("statement"), confirmed.Bytes("reply")), confirmed.Bytes("signature"));

    /// <summary>Whether the reply is the one confirmed, opens, and says what the file says it does.</summary>
    private static bool IsSaid(EvidenceHandover part, ReadEntry? confirmed, EvidenceReply reply) =>
        confirmed is not null
        && part.ReplyKey is not null
        && Opens(confirmed.Bytes("reply"), SHA256.HashData(reply.Reply))
        && Reply.TryOpen(part.ReplyKey, part.Handover, (uint)reply.Seq, confirmed.Text("statement"), reply.Reply, out var said)
        && said.Name == reply.Name
        && said.Clock == reply.Clock
        && said.Notes.SequenceEqual(reply.Notes, StringComparer.Ordinal);

    private static byte[] ReaderOf(HandoverReading handover) => handover.First("claimed")?.Members?.Bytes("readerKey") ?? [];

    private static bool Opens(byte[]? commitment, byte[] opened) => commitment is not null && CryptographicOperations.FixedTimeEquals(commitment, opened);
}
