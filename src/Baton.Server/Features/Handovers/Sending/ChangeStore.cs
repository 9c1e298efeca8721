using Baton.Protocol;
using Baton.Server.Features.History;
using Baton.Server.Storage;

namespace Baton.Server.Features.Handovers;

/// <summary>What a member may still do to a handover that has been sent. False: its state did not allow it.</summary>
internal sealed class ChangeStore(Ledger ledger, Endings endings, TimeProvider clock)
{
    /// <summary>From waiting and from claimed; true when the share is destroyed.</summary>
    public async Task<bool> Revoke(Id handover, Id organization, Id member)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var ended = await ledger.Write(transaction => Revoke(transaction, handover, organization, member, now));
        if (ended is { } revoked)
        {
            await endings.DestroyShare(revoked.Number, revoked.Handover, revoked.Files);
        }

        return ended is not null;
    }

    /// <summary>A new life from now; only while it waits.</summary>
    public Task<bool> Extend(Id handover, Id organization, Id member, long lifeSeconds)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return ledger.Write(transaction =>
        {
            var number = (long?)transaction.Scalar(
                """
                UPDATE handovers SET expires_at = @expires, changed_at = @now
                WHERE handover = @handover AND state = 'waiting' AND expires_at > @now
                RETURNING number
                """,
                ("@handover", handover), ("@now", now), ("@expires", now + (lifeSeconds * 1000)));
            return number is null
                ? transaction.Nothing(false)
                : transaction.Record(true, HandoverEntries.Extended(number.Value, handover, organization, member, lifeSeconds, now));
        });
    }

    private static Recorded<Ended?> Revoke(LedgerTransaction transaction, Id handover, Id organization, Id member, long now)
    {
        Ended ended;
        using (var row = transaction.Query(
            """
            UPDATE handovers SET state = 'revoked', changed_at = @now, share_gone = FALSE
            WHERE handover = @handover AND (state = 'claimed' OR state = 'waiting' AND expires_at > @now)
            RETURNING number, files
            """,
            ("@handover", handover), ("@now", now)))
        {
            if (!row.Read())
            {
                return transaction.Nothing<Ended?>(null);
            }

            ended = new Ended(row.GetInt64(0), handover, (int)row.GetInt64(1));
        }

        Endings.DeleteSealed(transaction, ended.Number);
        return transaction.Record<Ended?>(ended, HandoverEntries.Ended(HandoverState.Revoked, ended.Number, handover, organization, Actor.Of(member), now));
    }
}
