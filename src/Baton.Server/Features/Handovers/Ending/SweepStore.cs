using Baton.Protocol;
using Baton.Server.Features.History;
using Baton.Server.Storage;

namespace Baton.Server.Features.Handovers;

/// <summary>A handover whose time has come.</summary>
internal readonly record struct Due(long Number, Id Handover, Id Organization, int Files);

/// <summary>
/// What time and crashes leave to do. Main decides, shares follow; every step may be repeated, and any may have been done by somebody else
/// in between: each decision is one conditional statement. spec/handover.md §4 and §8.
/// </summary>
internal sealed class SweepStore(Database database, Shares shares, Ledger ledger, Endings endings)
{
    private const int Together = 256;

    private long sharesKnown;
    private long waitingKnown;

    /// <summary>Waiting past its expiry → expired; claimed past its read window → undisplayed.</summary>
    public async Task EndDue(long now)
    {
        await EndAll(
            "SELECT number, handover, organization, files FROM handovers WHERE state = 'waiting' AND expires_at <= @now ORDER BY expires_at LIMIT 256",
            "UPDATE handovers SET state = 'expired', changed_at = @now, share_gone = FALSE WHERE number = @number AND state = 'waiting' AND expires_at <= @now",
            HandoverState.Expired, now);
        await EndAll(
            "SELECT number, handover, organization, files FROM handovers WHERE state = 'claimed' AND read_until <= @now ORDER BY read_until LIMIT 256",
            "UPDATE handovers SET state = 'undisplayed', changed_at = @now, share_gone = FALSE WHERE number = @number AND state = 'claimed' AND read_until <= @now",
            HandoverState.Undisplayed, now);
    }

    /// <summary>Drafts that did not get their files in time: share and files first, then the draft itself leaves its tombstone.</summary>
    public async Task EndDrafts(long now)
    {
        foreach (var (handover, locatorHash) in DraftsBefore(now - HandoverRules.DraftLife - HandoverRules.DraftGrace))
        {
            // Nobody commits or fills it any more: it is dead for longer than any request is under way.
            await shares.Destroy(handover);
            await endings.DeleteFiles(handover);
            await ledger.Housekeeping(transaction =>
            {
                transaction.Execute("INSERT INTO tombstones (locator_hash) VALUES (@locator_hash) ON CONFLICT DO NOTHING", ("@locator_hash", locatorHash));
                return transaction.Execute("DELETE FROM drafts WHERE handover = @handover", ("@handover", handover));
            });
        }
    }

    /// <summary>Shares without a living handover or draft: a crash between the two stores on the way in. Each share is looked at once.</summary>
    public async Task DestroyStrayShares(long now)
    {
        while (shares.KeptBefore(now - HandoverRules.DraftLife, sharesKnown, Together) is { Count: > 0 } kept)
        {
            var stray = database.Read(connection => kept
                .Where(share => connection.Scalar(
                    """
                    SELECT 1 FROM handovers WHERE handover = @handover AND share_gone IS NULL
                    UNION ALL SELECT 1 FROM drafts WHERE handover = @handover
                    """,
                    ("@handover", share.Handover)) is null)
                .Select(share => share.Handover)
                .ToList());
            if (stray.Count > 0)
            {
                await shares.Destroy(stray);
            }

            sharesKnown = kept[^1].Number;
        }
    }

    /// <summary>Waiting without a share (another share store, a restored backup): void. Looks at so many, going round; all before listening.</summary>
    public async Task VoidWithoutShare(long now, int most)
    {
        for (var looked = 0; looked < most; looked += Together)
        {
            var waiting = Ask("SELECT number, handover, organization, files FROM handovers WHERE state = 'waiting' AND number > @from ORDER BY number LIMIT 256", ("@from", waitingKnown));
            await Task.WhenAll(waiting.Where(one => shares.Find(one.Handover) is null).Select(one => End(
                one, "UPDATE handovers SET state = 'void', changed_at = @now, share_gone = FALSE WHERE number = @number AND state = 'waiting'", HandoverState.Void, now)));
            if (waiting.Count < Together)
            {
                waitingKnown = 0;
                return;
            }

            waitingKnown = waiting[^1].Number;
        }
    }

    private async Task EndAll(string which, string end, string state, long now)
    {
        while (Ask(which, ("@now", now)) is { Count: > 0 } due)
        {
            await Task.WhenAll(due.Select(one => End(one, end, state, now)));
        }
    }

    private async Task End(Due due, string end, string state, long now)
    {
        var ended = await ledger.Write(transaction =>
        {
            if (transaction.Execute(end, ("@number", due.Number), ("@now", now)) == 0)
            {
                return transaction.Nothing(false);
            }

            Endings.DeleteSealed(transaction, due.Number);
            return transaction.Record(true, HandoverEntries.Ended(state, due.Number, due.Handover, due.Organization, Actor.Server, now));
        });
        if (ended)
        {
            await endings.DestroyShare(due.Number, due.Handover, due.Files);
        }
    }

    private List<Due> Ask(string sql, (string Name, object? Value) value) => database.Read(connection =>
    {
        var due = new List<Due>();
        using var rows = connection.Query(sql, value);
        while (rows.Read())
        {
            due.Add(new Due(rows.GetInt64(0), rows.Id(1), rows.Id(2), (int)rows.GetInt64(3)));
        }

        return due;
    });

    private List<(Id Handover, byte[] LocatorHash)> DraftsBefore(long time) => database.Read(connection =>
    {
        var drafts = new List<(Id, byte[])>();
        using var rows = connection.Query("SELECT handover, locator_hash FROM drafts WHERE created_at <= @time", ("@time", time));
        while (rows.Read())
        {
            drafts.Add((rows.Id(0), rows.Bytes(1)));
        }

        return drafts;
    });
}
