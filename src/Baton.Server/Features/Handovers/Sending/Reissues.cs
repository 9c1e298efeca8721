using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Security;

namespace Baton.Server.Features.Handovers;

/// <summary>
/// A handover made again: in the transaction that makes the new one, the old one dies where it could still be opened, and both are tied.
/// Once for each, also in a race. spec/api.md, "Shapes".
/// </summary>
internal static class Reissues
{
    /// <summary>What is to be recorded beside the created entry, and what was ended; or why it can't be.</summary>
    internal readonly record struct Outcome(ProblemResult? Refused, List<LedgerEntry> Entries, Ended? Ended);

    /// <param name="number">The new handover's row.</param>
    public static Outcome Replace(LedgerTransaction transaction, long number, Id handover, Id replaces, Id organization, Id member, long now)
    {
        if (Find(transaction, replaces, organization, member) is not { } old || old.Right == Right.None)
        {
            return new Outcome(Problems.Of(ProblemType.NotFound, "What this is to replace is not there."), [], null);
        }

        if (old.Right < Right.Share)
        {
            return new Outcome(Problems.Of(ProblemType.Forbidden), [], null);
        }

        if (old.State is HandoverState.Displayed or HandoverState.Confirmed)
        {
            return new Outcome(Problems.Of(ProblemType.WrongState.With("It was received: there is nothing to make again.") with { State = old.State }), [], null);
        }

        if (transaction.Execute("INSERT INTO reissues (handover, replaces) VALUES (@number, @old) ON CONFLICT DO NOTHING", ("@number", number), ("@old", old.Number)) == 0)
        {
            return new Outcome(Problems.Of(ProblemType.Conflict, "It was made again already."), [], null);
        }

        var entries = new List<LedgerEntry>();
        Ended? ended = null;
        if (Endings.Revoke(transaction, replaces, now) is { } revoked)
        {
            ended = revoked;
            entries.Add(HandoverEntries.Ended(HandoverState.Revoked, old.Number, replaces, organization, Actor.Of(member), now));
        }

        entries.Add(HandoverEntries.Reissued(old.Number, replaces, handover, organization, member, now));
        return new Outcome(null, entries, ended);
    }

    private static (long Number, string State, Right Right)? Find(LedgerTransaction transaction, Id handover, Id organization, Id member)
    {
        using var row = transaction.Query(
            """
            SELECT h.number, h.state, r.level FROM handovers h LEFT JOIN grants r ON r.group_id = h.group_id AND r.member = @member
            WHERE h.handover = @handover AND h.organization = @organization
            """,
            ("@handover", handover), ("@organization", organization), ("@member", member));
        return row.Read() ? (row.GetInt64(0), row.GetString(1), (Right)(row.IsDBNull(2) ? 0 : row.GetInt64(2))) : null;
    }
}
