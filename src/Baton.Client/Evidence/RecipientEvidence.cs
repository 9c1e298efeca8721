using System.Security.Cryptography;
using System.Text;
using Baton.Client.Sealing;
using Baton.Protocol.Evidence;
using Baton.Protocol.Ledger;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;

namespace Baton.Client.Evidence;

/// <summary>What the recipient keeps: the handover's story with its proofs, signed by the key that claimed. spec/evidence.md.</summary>
/// <param name="Text">The machine part.</param>
/// <param name="Holds">Every step that can be done here, under the ledger's key that the sender named inside sealed.</param>
public sealed record RecipientEvidence(EvidenceFile File, string Text, bool Holds)
{
    /// <summary>The page.</summary>
    public string ToPage() => Rendering.Render(File, Text);

    /// <summary>From the answer to a receipt; null when it is no evidence at all.</summary>
    public static RecipientEvidence? From(OpenedHandover handover, LinkReceipt sent, ReceiptAccepted accepted, ECDsa reader, DateTimeOffset composed)
    {
        if (accepted.Evidence is not { } evidence || !ReceiptStatement.TryParse(sent.Statement, out var statement))
        {
            return null;
        }

        try
        {
            var file = EvidenceComposer.Compose(Input(handover, sent, (int)statement.Seq, evidence, composed), text => Signatures.Sign(reader, text));
            var machineText = EvidenceText.Write(file);
            var verdict = EvidenceVerification.Of(Encoding.UTF8.GetBytes(machineText), handover.Content.LedgerKey).Verdict;
            return new RecipientEvidence(file, machineText, verdict == Verdict.Ok && IsOwn(handover, sent, accepted, evidence));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static EvidenceInput Input(OpenedHandover handover, LinkReceipt sent, int seq, LinkEvidence evidence, DateTimeOffset composed)
    {
        var content = handover.Content;
        var part = new HandoverPart(
            content.Handover, Title: null, new EvidencePerson(handover.Created.Member, content.Sender.Name), new EvidenceRecipient(content.Recipient, content.RecipientSalt),
            [.. content.Entries.Select(entry => new EvidenceItem(entry.Type, entry.Title, entry.Username, entry.Url, entry.Salt))],
            handover.ReplyKey, evidence.Entries, [new HandoverReply(seq, sent.Statement, sent.Reply)]);
        return new EvidenceInput(
            "recipient", content.Language is "pl" or "de" ? content.Language : "en", composed.ToUnixTimeMilliseconds(), Title: null, Composer: null,
            new EvidenceOrganization(content.Organization.Id, content.Organization.Name), content.Origin, evidence.Ledger,
            [.. evidence.Roster.Select(card => new EvidenceCard(card.Card, card.Signature))], [part]);
    }

    /// <summary>Whether it tells of what was opened and signed here, and not of another claim.</summary>
    private static bool IsOwn(OpenedHandover handover, LinkReceipt sent, ReceiptAccepted accepted, LinkEvidence evidence)
    {
        var texts = evidence.Entries.Select(entry => entry.Text).ToHashSet(StringComparer.Ordinal);
        return texts.IsSupersetOf([handover.CreatedText, handover.ClaimedText, accepted.Confirmed])
            && ConfirmedEntry.TryParse(accepted.Confirmed, out var confirmed)
            && confirmed.Statement == sent.Statement
            && confirmed.Signature.AsSpan().SequenceEqual(sent.Signature);
    }
}
