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
    /// <inheritdoc cref="Database.IsShared" />
    public bool IsShared => database.IsShared;

    /// <summary>What there is to do; null when nothing is.</summary>
    public Waiting? Waiting() => database.ReadSnapshot(connection =>
    {
        var newest = connection.Scalar("SELECT id FROM ledger WHERE leaf_index IS NULL ORDER BY id DESC LIMIT 1") as long?;
        var log = LogRow.Newest(connection.Query);
        return newest is null && log.Noted >= log.Size ? (Waiting?)null : new Waiting(newest ?? 0, log.Number, log.Size);
    });

    /// <summary>Whether all that waited then is under a signed checkpoint.</summary>
    public bool Reached(Waiting until) => database.ReadSnapshot(connection =>
        connection.Scalar("SELECT 1 FROM ledger WHERE leaf_index IS NULL AND id <= @id LIMIT 1", ("@id", until.Entry)) is null
        && LogRow.Newest(connection.Query) is var log && (log.Number > until.Log || log.Noted >= until.Size)
        && (until.Entry == 0 || PlaceOf(connection, until.Entry) is not { } place || place.Log < log.Number || place.Index < log.Noted));

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

    private static (long Log, long Index)? PlaceOf(Connection connection, long entry)
    {
        using var row = connection.Query("SELECT log, leaf_index FROM ledger WHERE id = @id", ("@id", entry));
        return row.Read() && !row.IsDBNull(1) ? (row.GetInt64(0), row.GetInt64(1)) : null;
    }

    private Task<int> Keep(LogRow log, SignedNote note) => ledger.Housekeeping(transaction => transaction.Execute(
        "UPDATE logs SET note = @note, noted = @noted WHERE number = @number AND noted < @noted AND size >= @noted",
        ("@number", log.Number), ("@note", note.ToString()), ("@noted", log.Size)));
}

/// <summary>The newest entry without a place, 0 when all have one, and the head that has to be signed at least.</summary>
internal readonly record struct Waiting(long Entry, int Log, long Size);
