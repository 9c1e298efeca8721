using Baton.Protocol.Ledger;
using Baton.Server.Storage;

namespace Baton.Server.Features.History;

/// <summary>The first step of the sequencer: committed entries get their place, in one transaction with tiles and head. spec/ledger.md §5.</summary>
internal static class Placement
{
    /// <summary>Entries in one transaction: other writes wait for so many at most.</summary>
    public const int Together = 512;

    /// <summary>Gives the next entries their place.</summary>
    /// <returns>The newest log as it stands then, and whether there may be more.</returns>
    /// <exception cref="InvalidDataException">The tiles are not what the head says: nothing is put on top of that.</exception>
    public static (LogRow Log, bool More) Take(HousekeepingTransaction transaction)
    {
        var log = LogRow.Newest(transaction.Query);
        var waiting = Waiting(transaction, log);
        if (waiting.Count == 0)
        {
            return (log, false);
        }

        var tiles = new Tiles(transaction.Query, log.Number);
        if (!tiles.Root(log.Size).AsSpan().SequenceEqual(log.Root))
        {
            throw new InvalidDataException($"The tiles of {log.Origin} are not what its head says.");
        }

        tiles.Append(log.Size, [.. waiting.Select(entry => entry.Leaf)], (level, tile, hashes) => transaction.Execute(
            """
            INSERT INTO tiles (log, level, tile, hashes) VALUES (@log, @level, @tile, @hashes)
            ON CONFLICT (log, level, tile) DO UPDATE SET hashes = excluded.hashes
            """,
            ("@log", log.Number), ("@level", level), ("@tile", tile), ("@hashes", hashes)));
        GivePlaces(transaction, log, waiting);
        return (MoveHead(transaction, log, tiles, log.Size + waiting.Count), waiting.Count == Together || OpensLog(log));
    }

    /// <summary>In their order; but a log after the first begins with the entry that opens it, and that alone.</summary>
    private static List<(long Id, byte[] Leaf)> Waiting(HousekeepingTransaction transaction, LogRow log)
    {
        var waiting = new List<(long, byte[])>();
        using var rows = OpensLog(log)
            ? transaction.Query("SELECT id, bytes FROM ledger WHERE leaf_index IS NULL AND kind = 'log' ORDER BY id DESC LIMIT 1")
            : transaction.Query("SELECT id, bytes FROM ledger WHERE leaf_index IS NULL ORDER BY id LIMIT 512");
        while (rows.Read())
        {
            waiting.Add((rows.GetInt64(0), Leaf.Hash(rows.Bytes(1))));
        }

        return waiting;
    }

    /// <summary>One statement for each run of ids without a gap: hundreds of entries are one or two.</summary>
    private static void GivePlaces(HousekeepingTransaction transaction, LogRow log, List<(long Id, byte[] Leaf)> entries)
    {
        for (var first = 0; first < entries.Count;)
        {
            var last = first;
            while (last + 1 < entries.Count && entries[last + 1].Id == entries[last].Id + 1)
            {
                last++;
            }

            var placed = transaction.Execute(
                "UPDATE ledger SET log = @log, leaf_index = id + @shift WHERE id >= @first AND id <= @last AND leaf_index IS NULL",
                ("@log", log.Number), ("@shift", log.Size + first - entries[first].Id), ("@first", entries[first].Id), ("@last", entries[last].Id));
            if (placed != last - first + 1)
            {
                throw new InvalidOperationException("Somebody else gives places.");
            }

            first = last + 1;
        }
    }

    private static LogRow MoveHead(HousekeepingTransaction transaction, LogRow log, Tiles tiles, long size)
    {
        var moved = log with { Size = size, Root = tiles.Root(size) };
        return transaction.Execute(
            "UPDATE logs SET size = @size, root = @root WHERE number = @number AND size = @was AND root = @before",
            ("@number", log.Number), ("@size", moved.Size), ("@root", moved.Root), ("@was", log.Size), ("@before", log.Root)) == 1
            ? moved
            : throw new InvalidOperationException("Somebody else moved the head.");
    }

    private static bool OpensLog(LogRow log) => log is { Number: > 0, Size: 0 };
}
