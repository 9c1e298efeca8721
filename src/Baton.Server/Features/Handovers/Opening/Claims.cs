using System.Net;
using Baton.Server.Features.History;
using Baton.Server.Storage;

namespace Baton.Server.Features.Handovers;

/// <summary>How a claim ended.</summary>
internal abstract record ClaimOutcome
{
    /// <summary>The uniform answer.</summary>
    internal sealed record Unavailable : ClaimOutcome;

    internal sealed record WrongPassword(int GuessesLeft) : ClaimOutcome;

    internal sealed record Opened(Handovers.Opened Content, byte[] Share, byte Flags) : ClaimOutcome;
}

/// <summary>
/// The one claim: whoever reads anything of a handover has come through here. The conditional statements below are what
/// "exactly one reader" rests on; spec/handover.md §5 has the table they implement.
/// </summary>
internal sealed class Claims(LinkStore links, Ledger ledger, Endings endings, TimeProvider clock)
{
    private static readonly ClaimOutcome Unavailable = new ClaimOutcome.Unavailable();

    /// <exception cref="SharesUnavailableException">Nothing was spent.</exception>
    public async Task<ClaimOutcome> Claim(byte[] locator, byte[] claimKey, byte[] readerKey, IPAddress address, string? userAgent)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var row = links.Prove(locator, claimKey, out var share);
        if (row is null)
        {
            return Unavailable;
        }

        if (share is null)
        {
            return row.HasPassword && row.IsWaitingAt(now) ? await SpendGuess(row, now) : Unavailable;
        }

        if (row.IsWaitingAt(now))
        {
            var entry = HandoverEntries.Claimed(row, readerKey, address, userAgent, now);
            if (await ledger.Write(transaction => Take(transaction, row, readerKey, entry, now), Isolation.Row) is { } taken)
            {
                return new ClaimOutcome.Opened(taken, share, row.Flags);
            }

            // Somebody was faster: perhaps this very reader, whose answer was cut off.
            row = links.Find(locator);
        }

        if (row?.IsReadBy(readerKey, now) != true || links.FindOpened(row) is not { } again)
        {
            return Unavailable;
        }

        await Repeats.Settle(ledger, row.Handover);
        return new ClaimOutcome.Opened(again, share, row.Flags);
    }

    /// <summary>Checked like a repeated claim: the handover, if this reader may read its files now.</summary>
    /// <exception cref="SharesUnavailableException">Nothing was spent.</exception>
    public LinkRow? FindReadBy(byte[] locator, byte[] claimKey, byte[] readerKey) =>
        links.Prove(locator, claimKey, out var share) is { } row && share is not null
            && row.IsReadBy(readerKey, clock.GetUtcNow().ToUnixTimeMilliseconds()) ? row : null;

    /// <summary>An accepted file read moves the end of the read window.</summary>
    public Task ExtendWindow(LinkRow row)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var until = Math.Min(now + HandoverRules.ReadWindow, row.ClaimedAt!.Value + HandoverRules.ReadWindowMax);
        return ledger.Housekeeping(transaction => transaction.Execute(
            "UPDATE handovers SET read_until = @until WHERE number = @number AND state = 'claimed' AND read_until < @until",
            ("@number", row.Number), ("@until", until)), Isolation.Row);
    }

    private static Recorded<Opened?> Take(LedgerTransaction transaction, LinkRow row, byte[] readerKey, LedgerEntry entry, long now)
    {
        var won = transaction.Execute(
            """
            UPDATE handovers SET state = 'claimed', reader_key = @reader, claimed_at = @now, changed_at = @now, read_until = @until
            WHERE number = @number AND state = 'waiting' AND expires_at > @now AND guesses_left > 0
            """,
            ("@number", row.Number), ("@now", now), ("@reader", readerKey), ("@until", now + HandoverRules.ReadWindow)) == 1;
        return won && LinkStore.SealedIn(transaction.Query, row.Number) is { } bytes
            ? transaction.Record<Opened?>(
                new Opened(bytes, LinkStore.EntryIn(transaction.Query, row.Number, "created"), System.Text.Encoding.UTF8.GetString(entry.Bytes)), entry)
            : transaction.Nothing<Opened?>(null);
    }

    private async Task<ClaimOutcome> SpendGuess(LinkRow row, long now)
    {
        var left = await ledger.Write(transaction => Spend(transaction, row, now), Isolation.Row);
        if (left is null)
        {
            return Unavailable;
        }

        if (left == 0)
        {
            await endings.DestroyShare(row.Number, row.Handover, row.Files);
        }

        return new ClaimOutcome.WrongPassword(left.Value);
    }

    private static Recorded<int?> Spend(LedgerTransaction transaction, LinkRow row, long now)
    {
        var left = (long?)transaction.Scalar(
            """
            UPDATE handovers SET
                guesses_left = guesses_left - 1,
                changed_at = @now,
                state = CASE WHEN guesses_left = 1 THEN 'locked' ELSE state END,
                share_gone = CASE WHEN guesses_left = 1 THEN FALSE ELSE share_gone END
            WHERE number = @number AND state = 'waiting' AND expires_at > @now AND guesses_left > 0
            RETURNING guesses_left
            """,
            ("@number", row.Number), ("@now", now));
        if (left is null)
        {
            return transaction.Nothing<int?>(null);
        }

        var failed = HandoverEntries.GuessFailed(row, (int)left, now);
        if (left > 0)
        {
            return transaction.Record<int?>((int)left, failed);
        }

        Endings.DeleteSealed(transaction, row.Number);
        return transaction.Record<int?>(0, failed, HandoverEntries.Ended(HandoverState.Locked, row.Number, row.Handover, row.Organization, Actor.Server, now));
    }
}
