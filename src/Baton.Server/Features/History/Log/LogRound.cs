using Baton.Protocol.Ledger;
using Baton.Server.Security;
using Baton.Server.Storage;

namespace Baton.Server.Features.History;

/// <summary>
/// One round of the sequencer: places, share store, signature, in this order. Each step begins with what is on disk and changes nothing
/// when it was done before, so that after any failure, also one that happened all the same, the next round goes on. spec/ledger.md §5.
/// </summary>
internal sealed class LogRound(Database database, Ledger ledger, Shares shares, LedgerKey key)
{
    /// <summary>Whether there is anything to do.</summary>
    public bool IsDue() => database.Read(connection =>
        connection.Scalar("SELECT 1 FROM ledger WHERE leaf_index IS NULL LIMIT 1") is not null || LogRow.Newest(connection.Query) is var log && log.Noted < log.Size);

    /// <summary>Everything that was committed before the call is under a signed checkpoint after it.</summary>
    /// <exception cref="ForkedException">The share store knows another head: nothing is signed.</exception>
    public async Task Run()
    {
        var (log, more) = (default(LogRow), true);
        while (more)
        {
            (log, more) = await ledger.Housekeeping(Placement.Take);
        }

        if (log!.Noted < log.Size)
        {
            await shares.KeepHead(log.Head);
            await Keep(log, key.Sign(log.Head));
        }
    }

    private Task<int> Keep(LogRow log, SignedNote note) => ledger.Housekeeping(transaction => transaction.Execute(
        "UPDATE logs SET note = @note, noted = @noted WHERE number = @number AND noted < @noted AND size >= @noted",
        ("@number", log.Number), ("@note", note.ToString()), ("@noted", log.Size)));
}
