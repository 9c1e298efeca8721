using Baton.Protocol.Wire;
using Baton.Server.Storage;

namespace Baton.Server.Features.History;

/// <summary>
/// The stamped checkpoints between which entries of one log lie: for each, the last of a size up to its index and the first beyond.
/// spec/ledger.md §9.
/// </summary>
internal static class Bracketing
{
    /// <param name="ask">The state of the database that the proofs are of.</param>
    /// <param name="log">The log's number.</param>
    /// <param name="indices">Of the entries.</param>
    /// <param name="size">Of the checkpoint they are proven under: nothing beyond it.</param>
    /// <returns>In the order of size.</returns>
    public static List<(long Size, ProvenCheckpoint Checkpoint)> Of(Ask ask, int log, IEnumerable<long> indices, long size)
    {
        var between = new SortedDictionary<long, (long Id, string Note)>();
        var (after, until) = (long.MaxValue, long.MinValue);
        foreach (var index in indices.Order())
        {
            // Neighbours mostly lie between the same two.
            if (index >= after && index < until)
            {
                continue;
            }

            after = Add(between, ask, "SELECT id, size, note FROM stamped WHERE log = @log AND size <= @index AND size <= @most ORDER BY size DESC LIMIT 1", log, index, size) ?? 0;
            until = Add(between, ask, "SELECT id, size, note FROM stamped WHERE log = @log AND size > @index AND size <= @most ORDER BY size LIMIT 1", log, index, size) ?? long.MaxValue;
        }

        return [.. between.Select(one => (one.Key, new ProvenCheckpoint(log, one.Value.Note, StampsOf(ask, one.Value.Id))))];
    }

    private static long? Add(SortedDictionary<long, (long Id, string Note)> between, Ask ask, string sql, int log, long index, long most)
    {
        using var row = ask(sql, ("@log", log), ("@index", index), ("@most", most));
        if (!row.Read())
        {
            return null;
        }

        between[row.GetInt64(1)] = (row.GetInt64(0), row.GetString(2));
        return row.GetInt64(1);
    }

    private static List<CheckpointStamp> StampsOf(Ask ask, long stamped)
    {
        var stamps = new List<CheckpointStamp>();
        var numbers = new Dictionary<long, int>();
        using var rows = ask("SELECT id, authority, token, renews FROM stamps WHERE stamped = @stamped ORDER BY id", ("@stamped", stamped));
        while (rows.Read())
        {
            numbers.Add(rows.GetInt64(0), stamps.Count);
            stamps.Add(new CheckpointStamp(rows.GetString(1), rows.Bytes(2), rows.NumberOrNull(3) is { } renews ? numbers[renews] : null));
        }

        return stamps;
    }
}
