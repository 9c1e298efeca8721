using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Security;
using Baton.Server.Storage;

namespace Baton.Server.Features.Handovers;

/// <summary>
/// Purges what concerns a recipient, by hand or because its time ran out. Entries stay as they are: they hold commitments, and what opens
/// these goes. Each purge is an entry of its own. spec/ledger.md §8.
/// </summary>
internal sealed class Erasures(Database database, Ledger ledger, TimeProvider clock)
{
    private const long Day = 86_400_000;
    private const int Together = 256;

    /// <summary>At a member's wish; what is gone already stays gone.</summary>
    /// <param name="details">The items' names too.</param>
    public Task<Answer<Done>> Erase(Id handover, CurrentMember member, bool details)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return ledger.Write<Answer<Done>>(transaction =>
        {
            if (Find(transaction, handover, member) is not { } found)
            {
                return transaction.Nothing<Answer<Done>>(Problems.Of(ProblemType.NotFound));
            }

            if (found.State is HandoverState.Waiting or HandoverState.Claimed)
            {
                return transaction.Nothing<Answer<Done>>(ProblemType.WrongState);
            }

            return Purge(transaction, found.Number, details)
                ? transaction.Record<Answer<Done>>(Done.It, HandoverEntries.Erased(found.Number, handover, member.Organization, details, Actor.Of(member.Member), now))
                : transaction.Nothing<Answer<Done>>(Done.It);
        });
    }

    /// <summary>Everything that its organization no longer keeps. Main decides by its own statement: whatever is found here may be gone by then.</summary>
    public async Task EraseDue()
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var (organization, days) in Limited())
        {
            for (var (from, until) = (0L, now - (days * Day)); Oldest(organization, from, until) is { Count: > 0 } oldest; from = oldest[^1].Number)
            {
                await Task.WhenAll(oldest.Where(one => one.Due).Select(one => ledger.Write(transaction => Purge(transaction, one.Number, details: false)
                    ? transaction.Record(true, HandoverEntries.Erased(one.Number, one.Handover, organization, details: false, Actor.Server, now))
                    : transaction.Nothing(false))));
            }
        }
    }

    /// <summary>False where there was nothing left to purge.</summary>
    private static bool Purge(LedgerTransaction transaction, long number, bool details)
    {
        var personal = transaction.Execute("DELETE FROM personal WHERE handover = @number", ("@number", number));
        var items = details ? transaction.Execute("DELETE FROM details WHERE handover = @number", ("@number", number)) : 0;
        transaction.Execute("UPDATE ledger SET observed = NULL WHERE handover = @number AND observed IS NOT NULL", ("@number", number));
        transaction.Execute("UPDATE replies SET reply = @none WHERE handover = @number", ("@number", number), ("@none", Array.Empty<byte>()));
        return personal + items > 0;
    }

    private static (long Number, string State)? Find(LedgerTransaction transaction, Id handover, CurrentMember member)
    {
        using var row = transaction.Query(
            """
            SELECT h.number, h.state FROM handovers h JOIN grants r ON r.group_id = h.group_id AND r.member = @member
            WHERE h.handover = @handover AND h.organization = @organization
            """,
            ("@handover", handover), ("@member", member.Member), ("@organization", member.Organization));
        return row.Read() ? (row.GetInt64(0), row.GetString(1)) : null;
    }

    private List<(Id Organization, long Days)> Limited() => database.Read(connection =>
    {
        var limited = new List<(Id, long)>();
        using var rows = connection.Query("SELECT id, personal_days FROM organizations WHERE personal_days > 0");
        while (rows.Read())
        {
            limited.Add((rows.Id(0), rows.GetInt64(1)));
        }

        return limited;
    });

    /// <summary>Handovers with personal data, in the order they were made, as long as they may have ended before that time.</summary>
    private List<(long Number, Id Handover, bool Due)> Oldest(Id organization, long from, long until) => database.Read(connection =>
    {
        var oldest = new List<(long, Id, bool)>();
        using var rows = connection.Query(
            """
            SELECT p.handover, h.handover, h.state NOT IN ('waiting', 'claimed') AND h.changed_at <= @until, h.created_at
            FROM personal p JOIN handovers h ON h.number = p.handover
            WHERE p.organization = @organization AND p.handover > @from ORDER BY p.handover LIMIT @limit
            """,
            ("@organization", organization), ("@from", from), ("@until", until), ("@limit", Together));
        while (rows.Read() && rows.GetInt64(3) <= until)
        {
            oldest.Add((rows.GetInt64(0), rows.Id(1), rows.GetBoolean(2)));
        }

        return oldest;
    });
}
