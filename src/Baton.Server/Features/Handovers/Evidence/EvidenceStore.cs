using System.Security.Cryptography;
using System.Text;
using Baton.Protocol;
using Baton.Protocol.Ledger;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Security;
using Baton.Server.Storage;

namespace Baton.Server.Features.Handovers;

/// <summary>
/// What clients compose evidence from: exact entries with their proofs, the roster, receipts as they came. The server knows no title and adds
/// no word of its own. spec/evidence.md.
/// </summary>
internal sealed class EvidenceStore(Database database, Sequencer sequencer, LedgerKey key)
{
    private const string Everything = "SELECT bytes, observed, log, leaf_index FROM ledger WHERE handover = @number ORDER BY log, leaf_index";

    /// <summary>What the agency does afterwards is not the recipient's.</summary>
    private const string Recipients =
        "SELECT bytes, observed, log, leaf_index FROM ledger WHERE handover = @number AND kind NOT IN ('re-issued', 'follow-up') ORDER BY log, leaf_index";

    /// <summary>For members: several handovers under one checkpoint.</summary>
    /// <returns><c>not-found</c> when the member may not see one of them, <c>not-ready</c> while the log is behind, <c>invalid-request</c> for a size that never was.</returns>
    public async Task<Answer<EvidenceParts>> Parts(CurrentMember member, EvidenceRequest request, CancellationToken cancel)
    {
        if (request.Size is null && !await sequencer.CatchUp(cancel))
        {
            return Problems.TryLater(ProblemType.NotReady, TimeSpan.FromSeconds(5), "The ledger's log is behind.");
        }

        return database.ReadSnapshot<Answer<EvidenceParts>>(connection =>
        {
            if (Proving.Under(connection.Query, key, request.Size) is not { } proving)
            {
                return Problems.Invalid("size", "is that of a checkpoint an answer gave");
            }

            var handovers = new List<EvidenceOfHandover>();
            foreach (var id in request.Handovers)
            {
                if (HandoverStore.ById(connection, id) is not { } found || HandoverStore.Seen(member, found.Summary) is not { } summary)
                {
                    return Problems.Of(ProblemType.NotFound);
                }

                handovers.Add(new EvidenceOfHandover(
                    summary, proving.Entries(Everything, ("@number", found.Number), observed: true), HandoverStore.Replies(connection, found.Number)));
            }

            return new EvidenceParts(proving.Ledger(), Roster(connection, member.Organization, null), handovers);
        });
    }

    /// <summary>For the recipient's page: the handover's own entries and what they stand on; null while the log is behind.</summary>
    public async Task<LinkEvidence?> OfLink(LinkRow row, CancellationToken cancel) => await sequencer.CatchUp(cancel)
        ? database.ReadSnapshot(connection =>
        {
            var proving = Proving.Under(connection.Query, key)!;
            var entries = proving.Entries(Recipients, ("@number", row.Number), observed: false);
            var created = CreatedEntry.TryParse(LinkStore.EntryIn(connection.Query, row.Number, "created"), out var entry) ? entry : throw new InvalidDataException("No created entry.");
            return new LinkEvidence(proving.Ledger(), Roster(connection, row.Organization, created.Card), entries);
        })
        : null;

    /// <param name="last">SHA-256 of the card to end with; null for the whole roster.</param>
    private static List<MemberCard> Roster(Connection connection, Id organization, byte[]? last)
    {
        var roster = new List<MemberCard>();
        using var rows = connection.Query("SELECT member, card, signature FROM cards WHERE organization = @organization ORDER BY seq", ("@organization", organization));
        while (rows.Read())
        {
            roster.Add(new MemberCard(rows.Id(0), rows.Bytes(1), rows.Bytes(2)));
            if (last is not null && SHA256.HashData(roster[^1].Card).AsSpan().SequenceEqual(last))
            {
                break;
            }
        }

        return roster;
    }
}
