using Baton.Cli.Commands;
using Baton.Cli.Vault;
using Baton.Client.Evidence;
using Baton.Protocol;
using Baton.Protocol.Evidence;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;

namespace Baton.Cli.Evidence;

/// <summary>Evidence out of the server's proofs and what this member's keys open. It is believed only once it was verified.</summary>
internal static class GatheredEvidence
{
    /// <summary>Handovers in one question to the server.</summary>
    private const int AtOnce = 100;

    /// <summary>Every handover of a group, the oldest first.</summary>
    public static async Task<IReadOnlyList<Id>> OfGroup(OpenVault vault, Id group, CancellationToken cancel)
    {
        var ids = new List<Id>();
        string? before = null;
        do
        {
            var page = (await vault.Api.History(before, 200, cancel)).OrFail();
            ids.AddRange(page.Handovers.Where(summary => summary.Group == group && summary.State != "draft").Select(summary => summary.Handover));
            before = page.Next;
        }
        while (before is not null);

        ids.Reverse();
        return ids;
    }

    /// <summary>The signed file.</summary>
    /// <param name="title">Null: that of the one handover.</param>
    public static async Task<EvidenceFile> Compose(OpenVault vault, IReadOnlyList<Id> ids, string language, string? title, CancellationToken cancel)
    {
        var answers = new List<EvidenceParts>();
        foreach (var some in ids.Chunk(AtOnce))
        {
            // All under the checkpoint of the first answer, however many it takes.
            long? size = answers.Count == 0 ? null : JoinedProofs.SizeOf(answers[0].Ledger.Checkpoints[^1]);
            answers.Add((await vault.Api.Evidence(new EvidenceRequest(some, size), cancel)).OrFail());
        }

        var proofs = await JoinedProofs.Of(
            [.. answers.Select(answer => answer.Ledger)], async (log, from, to) => (await vault.Api.Consistency(log, from, to, cancel)).OrFail().Proof);
        var handovers = answers.SelectMany(answer => answer.Handovers).Where(handover => handover.Entries.Count > 0).Select(handover => Open(vault, handover)).ToList();
        var session = vault.Unlocked.Session;
        if (proofs is null || handovers.Count == 0)
        {
            throw new CommandFailedException(ExitCode.Untrusted, "The server's proofs do not belong together. Nothing was written.", "Try again; if it stays so, ask who runs the server.");
        }

        try
        {
            return EvidenceComposer.Compose(
                new EvidenceInput(
                    "agency", language, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), title ?? (handovers.Count == 1 ? handovers[0].Title : null) ?? "",
                    new EvidencePerson(vault.Unlocked.Member, session.Member.Name), new EvidenceOrganization(session.Organization.Id, session.Organization.Name), vault.Member.Origin,
                    proofs, [.. session.Cards.Select(card => new EvidenceCard(card.Card, card.Signature))], handovers),
                text => Signatures.Sign(vault.Unlocked.Keys.Ecdsa, text));
        }
        catch (ArgumentException)
        {
            throw new CommandFailedException(ExitCode.Untrusted, "What the server gave is no evidence. Nothing was written.");
        }
    }

    private static HandoverPart Open(OpenVault vault, EvidenceOfHandover handover)
    {
        var summary = handover.Summary;
        var (details, personal) = (HandoverStory.DetailsOf(summary, vault.Unlocked), HandoverStory.PersonalOf(summary, vault.Unlocked));
        return new HandoverPart(
            summary.Handover, details?.Title, new EvidencePerson(summary.Sender, summary.SenderName),
            personal is null ? null : new EvidenceRecipient(personal.Recipient, personal.RecipientSalt),
            details is null ? null : [.. details.Items.Select(item => new EvidenceItem(item.Type, item.Title, item.Username, item.Url, item.Salt))],
            personal?.ReplyKey, handover.Entries, handover.Replies);
    }
}
