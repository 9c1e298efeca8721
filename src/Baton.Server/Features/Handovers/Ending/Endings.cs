using System.Data.Common;
using System.Threading.Channels;
using Baton.Protocol;
using Baton.Server.Features.History;
using Baton.Server.Storage;

namespace Baton.Server.Features.Handovers;

/// <summary>A handover that has ended in the main database and whose share and files are to go.</summary>
internal readonly record struct Ended(long Number, Id Handover, int Files);

/// <summary>
/// What follows an end: main has decided (state, sealed deleted, entry, share_gone = FALSE), now the share is destroyed, then, in pieces that
/// let other writes through, the files, then share_gone = TRUE. Whatever a crash leaves undone is found again by share_gone. spec/handover.md §8.
/// </summary>
internal sealed class Endings(Shares shares, Ledger ledger, Database database)
{
    /// <summary>Chunks of a file deleted in one write: about a megabyte, overwritten with zeros.</summary>
    private const int ChunksAtOnce = 16;

    private const int Together = 512;

    /// <summary>
    /// What follows an end is gathered so long: nobody waits for it, and a write of its own for each few would come between those that are waited
    /// for. The first goes at once. It spares the disk, and is nothing a clock of the tests should decide.
    /// </summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(250);

    private readonly Channel<Ended> ended = Channel.CreateUnbounded<Ended>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Part of the end itself, in the transaction that decides it.</summary>
    public static void DeleteSealed(LedgerTransaction transaction, long number) =>
        transaction.Execute("DELETE FROM sealed WHERE handover = @number", ("@number", number));

    /// <summary>From waiting and from claimed; null when its state does not allow it.</summary>
    public static Ended? Revoke(LedgerTransaction transaction, Id handover, long now)
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
                return null;
            }

            ended = new Ended(row.GetInt64(0), handover, (int)row.GetInt64(1));
        }

        DeleteSealed(transaction, ended.Number);
        return ended;
    }

    /// <summary>After the end was committed: completes when the share is gone from its store. The rest goes on behind.</summary>
    /// <exception cref="SharesUnavailableException">The share is still there; the sweep destroys it as soon as the store is back.</exception>
    public async Task DestroyShare(long number, Id handover, int files)
    {
        await shares.Destroy(handover);
        ended.Writer.TryWrite(new Ended(number, handover, files));
    }

    /// <summary>Goes on with what follows the shares, until stopped.</summary>
    public async Task Follow(CancellationToken stop)
    {
        var together = new List<Ended>(Together);
        while (await ended.Reader.WaitToReadAsync(stop))
        {
            while (together.Count < Together && ended.Reader.TryRead(out var one))
            {
                together.Add(one);
            }

            try
            {
                await Finish(together);
            }
            catch (Exception exception) when (exception is StoreBusyException or DbException or IOException)
            {
                // share_gone is still FALSE: the sweep finds them.
            }

            var all = together.Count < Together;
            together.Clear();
            if (all)
            {
                await Task.Delay(Gathering, stop);
            }
        }
    }

    /// <summary>Destroys everything of ended handovers that is still there: after a crash, or while the share store was away.</summary>
    public async Task<int> FinishAll()
    {
        var finished = 0;
        while (Unfinished() is { Count: > 0 } unfinished)
        {
            await shares.Destroy([.. unfinished.Select(one => one.Handover)]);
            await Finish(unfinished);
            finished += unfinished.Count;
        }

        return finished;
    }

    /// <summary>Deletes the encrypted files of a handover or a draft.</summary>
    public async Task DeleteFiles(Id handover)
    {
        foreach (var (file, shape) in FilesOf(handover))
        {
            for (var chunk = 0; chunk < shape.Chunks; chunk += ChunksAtOnce)
            {
                var from = chunk;
                await ledger.Housekeeping(transaction => transaction.Execute(
                    "DELETE FROM chunks WHERE handover = @handover AND file = @file AND chunk >= @from AND chunk < @to",
                    ("@handover", handover), ("@file", file), ("@from", from), ("@to", from + ChunksAtOnce)), Isolation.Row);
            }
        }

        await ledger.Housekeeping(transaction => transaction.Execute("DELETE FROM files WHERE handover = @handover", ("@handover", handover)), Isolation.Row);
    }

    private async Task Finish(List<Ended> together)
    {
        foreach (var one in together.Where(one => one.Files > 0))
        {
            await DeleteFiles(one.Handover);
        }

        await ledger.Housekeeping(transaction =>
        {
            foreach (var one in together)
            {
                transaction.Execute("UPDATE handovers SET share_gone = TRUE WHERE number = @number", ("@number", one.Number));
            }

            return together.Count;
        }, Isolation.Row);
    }

    private List<Ended> Unfinished() => database.Read(connection =>
    {
        var unfinished = new List<Ended>();
        using var rows = connection.Query("SELECT number, handover, files FROM handovers WHERE share_gone = FALSE ORDER BY number LIMIT 256");
        while (rows.Read())
        {
            unfinished.Add(new Ended(rows.GetInt64(0), rows.Id(1), (int)rows.GetInt64(2)));
        }

        return unfinished;
    });

    private List<(long File, FileShape Shape)> FilesOf(Id handover) => database.Read(connection =>
    {
        var files = new List<(long, FileShape)>();
        using var rows = connection.Query("SELECT file, size FROM files WHERE handover = @handover ORDER BY file", ("@handover", handover));
        while (rows.Read())
        {
            files.Add((rows.GetInt64(0), new FileShape(rows.GetInt64(1))));
        }

        return files;
    });
}
