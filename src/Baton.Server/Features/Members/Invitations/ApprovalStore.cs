using Baton.Protocol;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Security;
using Baton.Server.Storage;

namespace Baton.Server.Features.Members;

/// <summary>
/// The inviter lets the invitee in: its card and its grants in one transaction. Only the inviter's client can check the invitee's keys,
/// so only the inviter approves. spec/keys.md §6 and §9.
/// </summary>
internal sealed class ApprovalStore(Database database, RosterStore roster, Ledger ledger, TimeProvider clock)
{
    private sealed record Accepted(Id Inviter, Id Member, Role Role, byte[] Ecdh, byte[] Ecdsa, byte[] InviterKey, IReadOnlyList<InvitedTo> Groups);

    /// <summary>Null: done.</summary>
    public async Task<ProblemResult?> Approve(CurrentMember approver, Id invitation, ApproveInvitation request)
    {
        if (Find(approver, invitation, out var accepted) is { } refused)
        {
            return refused;
        }

        if (Fault(approver, accepted!, request, out var card) is { } fault)
        {
            return fault;
        }

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return await ledger.Write(transaction =>
        {
            if (RosterStore.Refuses(transaction, card!) is { } stale)
            {
                return transaction.Nothing<ProblemResult?>(stale);
            }

            if (transaction.Execute(
                "UPDATE invitations SET state = 'approved' WHERE id = @invitation AND state = 'accepted' AND member = @member",
                ("@invitation", invitation), ("@member", card!.Member)) == 0)
            {
                return transaction.Nothing<ProblemResult?>(Problems.Of(ProblemType.NotFound));
            }

            transaction.Execute("UPDATE members SET state = 'active' WHERE id = @member AND state = 'pending'", ("@member", card.Member));
            var entry = RosterStore.Keep(transaction, card, request.Signature, now);
            var grants = new List<LedgerEntry>();
            foreach (var grant in request.Grants)
            {
                if (!MayGrant(transaction, approver, grant, out var no))
                {
                    return transaction.Nothing<ProblemResult?>(no);
                }

                _ = Words.TryRight(grant.Right, out var right);
                grants.Add(GroupGrants.Give(transaction, approver.Organization, approver.Member, grant, right, now));
            }

            transaction.Affects(card.Member);
            return transaction.Record<ProblemResult?>(null, entry, [.. grants]);
        });
    }

    private ProblemResult? Find(CurrentMember approver, Id invitation, out Accepted? accepted)
    {
        (string State, Accepted? Accepted)? found = database.ReadSnapshot<(string, Accepted?)?>(connection =>
        {
            var groups = InvitationStore.GroupsOf(connection, invitation);
            using var row = connection.Query(
                """
                SELECT i.state, i.inviter, m.id, i.role, m.ecdh, m.ecdsa, a.ecdsa
                FROM invitations i JOIN members a ON a.id = i.inviter LEFT JOIN members m ON m.id = i.member
                WHERE i.id = @invitation AND i.organization = @organization
                """,
                ("@invitation", invitation), ("@organization", approver.Organization));
            return !row.Read() ? null
                : (row.GetString(0), row.GetString(0) != InvitationState.Accepted ? null : new Accepted(
                    row.Id(1), row.Id(2), (Role)row.GetInt64(3), row.Bytes(4), row.Bytes(5), row.Bytes(6), groups));
        });
        accepted = found?.Accepted;
        return found is not { } there ? Problems.Of(ProblemType.NotFound)
            : accepted is null ? Problems.Of(ProblemType.WrongState.With("The invitation is " + there.State + ".") with { State = there.State })
            : accepted.Inviter != approver.Member ? Problems.Of(ProblemType.Forbidden)
            : null;
    }

    /// <summary>The card is of who accepted, with its keys and the role it was invited as; the grants are of what it was invited to.</summary>
    private ProblemResult? Fault(CurrentMember approver, Accepted accepted, ApproveInvitation request, out Card? card)
    {
        if (NextCard.Fault(roster.Read(approver.Organization), approver, new NewCard(request.Card, request.Signature), out card, out _) is { } fault)
        {
            return fault;
        }

        if (card!.Member != accepted.Member || card.Role != accepted.Role
            || !card.Ecdh.AsSpan().SequenceEqual(accepted.Ecdh) || !card.Ecdsa.AsSpan().SequenceEqual(accepted.Ecdsa))
        {
            return Problems.Invalid("card", "is not of who accepted, with its keys and the role of the invitation");
        }

        if (request.Grants.Any(grant => grant is null) || request.Grants.DistinctBy(grant => grant.Group).Count() != request.Grants.Count)
        {
            return Problems.Invalid("grants", "stand there once for each group");
        }

        foreach (var grant in request.Grants)
        {
            if (grant.Member != accepted.Member || !accepted.Groups.Contains(new InvitedTo(grant.Group, grant.Right)))
            {
                return Problems.Invalid("grants", "are not those of the invitation");
            }

            if (!SignedGrant.Holds(grant, approver.Organization, accepted.InviterKey, accepted.Ecdh, accepted.Ecdsa))
            {
                return Problems.Invalid("grants", "are not grants signed by you");
            }
        }

        return null;
    }

    /// <summary>In the transaction: the approver can read the group itself, and the grant is of the newest key.</summary>
    private static bool MayGrant(LedgerTransaction transaction, CurrentMember approver, NewGrant grant, out ProblemResult? no)
    {
        using var row = transaction.Query(
            """
            SELECT g.version, r.level FROM groups g JOIN grants r ON r.group_id = g.id AND r.member = @approver
            WHERE g.id = @group AND g.organization = @organization AND g.personal_of IS NULL AND g.state <> 'deleted'
            """,
            ("@approver", approver.Member), ("@group", grant.Group), ("@organization", approver.Organization));
        no = !row.Read() ? Problems.Of(ProblemType.NotFound)
            : row.GetInt64(1) < (long)Right.View ? Problems.Of(ProblemType.Forbidden)
            : row.GetInt64(0) != grant.Version ? Problems.Of(ProblemType.StaleKey)
            : null;
        return no is null;
    }
}
