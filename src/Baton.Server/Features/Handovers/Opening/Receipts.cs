using System.Security.Cryptography;
using System.Text;
using Baton.Protocol;
using Baton.Protocol.Ledger;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Storage;

namespace Baton.Server.Features.Handovers;

/// <summary>How a receipt ended.</summary>
internal abstract record ReceiptOutcome
{
    /// <summary>The uniform answer.</summary>
    internal sealed record Unavailable : ReceiptOutcome;

    /// <summary>The statement does not name the created items.</summary>
    internal sealed record OtherItems : ReceiptOutcome;

    /// <summary>Another receipt has this number, or the numbers are not rising, or there are too many.</summary>
    internal sealed record Conflict : ReceiptOutcome;

    internal sealed record Accepted(LinkRow Of, string Confirmed) : ReceiptOutcome;
}

/// <summary>displayed and receipt: the two things the page says after it has read. spec/handover.md §5 and §6.</summary>
internal sealed class Receipts(LinkStore links, Ledger ledger, Endings endings, TimeProvider clock)
{
    private static readonly ReceiptOutcome Unavailable = new ReceiptOutcome.Unavailable();

    // Verified against where there is no reader, so that "nobody" takes as long as "wrong".
    private static readonly byte[] NoTag = new byte[32];
    private static readonly byte[] NoReader = MakeKey();

    /// <summary>True once the server's copy is destroyed; false: the uniform answer.</summary>
    public async Task<bool> Display(byte[] locator, byte[] proof)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var row = links.Find(locator);
        Span<byte> tag = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(proof, tag);
        if (!CryptographicOperations.FixedTimeEquals(tag, row?.DisplayedTag ?? NoTag) || row is null || !IsAnswerable(row, now))
        {
            return false;
        }

        var entry = HandoverEntries.Displayed(row, proof, now);
        var happened = row.State is HandoverState.Claimed or HandoverState.Undisplayed && await ledger.Write(transaction => Display(transaction, row, entry, now), Isolation.Row);
        if (!happened && links.Find(locator)?.State is not (HandoverState.Displayed or HandoverState.Confirmed))
        {
            return false;
        }

        // Also when it is repeated: the answer says that the share is gone.
        await endings.DestroyShare(row.Number, row.Handover, row.Files);
        return true;
    }

    public async Task<ReceiptOutcome> Receive(LinkReceipt receipt, ReceiptStatement statement)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var row = links.Find(receipt.Locator);
        var answerable = row is { State: HandoverState.Displayed or HandoverState.Confirmed } && IsAnswerable(row, now);
        var text = SignedText.Receipt(row?.Handover ?? default, answerable ? links.Entry(row!, "claimed") : "", receipt.Statement, receipt.Reply);
        if (!Signatures.Verify(row?.ReaderKey ?? NoReader, text, receipt.Signature) || !answerable)
        {
            return Unavailable;
        }

        if (!CreatedEntry.TryParse(links.Entry(row!, "created"), out var created) || !statement.Covers(created.Items))
        {
            return new ReceiptOutcome.OtherItems();
        }

        var entry = HandoverEntries.Confirmed(row!, receipt, (int)statement.Seq, now);
        return await ledger.Write(transaction => Confirm(transaction, row!, receipt, (int)statement.Seq, entry, now));
    }

    private static bool IsAnswerable(LinkRow row, long now) => row.ClaimedAt is { } claimed && now < claimed + HandoverRules.AnswerWindow;

    private static Recorded<bool> Display(LedgerTransaction transaction, LinkRow row, LedgerEntry entry, long now)
    {
        if (transaction.Execute(
            """
            UPDATE handovers SET state = 'displayed', changed_at = @now, share_gone = FALSE
            WHERE number = @number AND state IN ('claimed', 'undisplayed')
            """,
            ("@number", row.Number), ("@now", now)) == 0)
        {
            return transaction.Nothing(false);
        }

        Endings.DeleteSealed(transaction, row.Number);
        return transaction.Record(true, entry);
    }

    private static Recorded<ReceiptOutcome> Confirm(LedgerTransaction transaction, LinkRow row, LinkReceipt receipt, int seq, LedgerEntry entry, long now)
    {
        using (var there = transaction.Query(
            """
            SELECT r.statement, (
                SELECT l.bytes FROM ledger l WHERE l.handover = @number AND l.kind = 'confirmed' ORDER BY l.id
                LIMIT 1 OFFSET (SELECT count(*) - 1 FROM replies WHERE handover = @number AND seq <= @seq))
            FROM replies r WHERE r.handover = @number AND r.seq = @seq
            """,
            ("@number", row.Number), ("@seq", seq)))
        {
            if (there.Read())
            {
                // Against the entry: the reply itself may have been purged meanwhile.
                var confirmed = Encoding.UTF8.GetString(there.GetFieldValue<byte[]>(1));
                var same = there.GetString(0) == receipt.Statement
                    && ConfirmedEntry.TryParse(confirmed, out var before) && before.Reply.AsSpan().SequenceEqual(SHA256.HashData(receipt.Reply));
                return transaction.Nothing<ReceiptOutcome>(same ? new ReceiptOutcome.Accepted(row, confirmed) : new ReceiptOutcome.Conflict());
            }
        }

        if (transaction.Scalar("SELECT max(seq) FROM replies WHERE handover = @number", ("@number", row.Number)) is long last && last > seq)
        {
            return transaction.Nothing<ReceiptOutcome>(new ReceiptOutcome.Conflict());
        }

        if (transaction.Execute(
            "UPDATE handovers SET state = 'confirmed', changed_at = @now WHERE number = @number AND state IN ('displayed', 'confirmed')",
            ("@number", row.Number), ("@now", now)) == 0)
        {
            return transaction.Nothing(Unavailable);
        }

        var isPurged = transaction.Scalar("SELECT handover FROM personal WHERE handover = @number", ("@number", row.Number)) is null;
        transaction.Execute(
            "INSERT INTO replies (handover, seq, statement, reply) VALUES (@number, @seq, @statement, @reply)",
            ("@number", row.Number), ("@seq", seq), ("@statement", receipt.Statement), ("@reply", isPurged ? [] : receipt.Reply));
        return transaction.Record<ReceiptOutcome>(new ReceiptOutcome.Accepted(row, Encoding.UTF8.GetString(entry.Bytes)), entry);
    }

    private static byte[] MakeKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportSubjectPublicKeyInfo();
    }
}
