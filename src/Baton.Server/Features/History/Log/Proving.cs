using System.Text;
using System.Text.Json;
using Baton.Protocol.Ledger;
using Baton.Protocol.Wire;
using Baton.Server.Security;
using Baton.Server.Storage;

namespace Baton.Server.Features.History;

/// <summary>
/// Proves entries, each under the last checkpoint of its log, from one state of the database: make one inside a snapshot. In the end
/// <see cref="Ledger"/> gives what all of them stand on. spec/ledger.md §7, spec/evidence.md §1.
/// </summary>
internal sealed class Proving
{
    private readonly Ask ask;
    private readonly List<(LogRow Log, Tiles Tiles, long Size, string Note)> chain = [];
    private readonly HashSet<(int Log, long Index)> proven = [];

    private Proving(Ask ask) => this.ask = ask;

    /// <param name="size">Of a checkpoint of the newest log that was given out before; null for the newest one.</param>
    /// <returns>Null when there is no checkpoint of that size (yet).</returns>
    public static Proving? Under(Ask ask, LedgerKey key, long? size = null)
    {
        var proving = new Proving(ask);
        var rows = LogRow.Chain(ask);
        foreach (var row in rows)
        {
            proving.chain.Add((row, new Tiles(ask, row.Number), row.Noted, row.Note));
        }

        var newest = proving.chain[^1];
        if (newest.Log.Noted < 0 || size < 0 || size > newest.Log.Noted)
        {
            return null;
        }

        if (size is { } earlier && earlier != newest.Size)
        {
            // Any earlier head is one the share store led to: signing it once more says nothing new.
            proving.chain[^1] = newest with { Size = earlier, Note = key.Sign(new Checkpoint(newest.Log.Origin, earlier, newest.Tiles.Root(earlier))).ToString() };
        }

        return proving;
    }

    /// <summary>Entries out of rows of bytes, observed, log and leaf_index, in that order; those without a place under the checkpoints are left out.</summary>
    /// <param name="observed">Whether what the server itself saw goes with them: to members, never to recipients.</param>
    public List<ProvenEntry> Entries(string sql, (string Name, object? Value) value, bool observed)
    {
        var placed = new List<(byte[] Bytes, byte[]? Observed, int Log, long Index)>();
        using (var rows = ask(sql, value))
        {
            while (rows.Read())
            {
                if (!rows.IsDBNull(3))
                {
                    placed.Add((rows.Bytes(0), rows.BytesOrNull(1), (int)rows.GetInt64(2), rows.GetInt64(3)));
                }
            }
        }

        var entries = new List<ProvenEntry>();
        foreach (var (bytes, saw, log, index) in placed)
        {
            if (Prove(bytes, log, index) is { } proven)
            {
                entries.Add(observed && saw is not null ? proven with { Observed = JsonSerializer.Deserialize<Observed>(saw, WireJson.Of<Observed>()) } : proven);
            }
        }

        return entries;
    }

    /// <summary>Logs, openings, checkpoints and what joins them.</summary>
    public LedgerProofs Ledger()
    {
        var checkpoints = chain.SelectMany(log => Checkpoints(log.Log.Number, log.Size, log.Note)).ToList();
        return new LedgerProofs(
            [.. chain.Select(log => new LogKey(log.Log.Origin, log.Log.Key))],
            [.. chain.Skip(1).SelectMany(log => Entries("SELECT bytes, observed, log, leaf_index FROM ledger WHERE log = @log AND leaf_index = 0", ("@log", log.Log.Number), observed: false))],
            [.. checkpoints.Select(checkpoint => checkpoint.Proven)],
            [.. checkpoints.Zip(checkpoints.Skip(1), (one, next) => one.Proven.Log == next.Proven.Log ? chain[one.Proven.Log].Tiles.Consistency(one.Size, next.Size) : [])]);
    }

    /// <summary>Those stamped ones that bracket what was proven, and the last one: of the same size a stamped note goes before.</summary>
    private List<(long Size, ProvenCheckpoint Proven)> Checkpoints(int log, long size, string note)
    {
        var checkpoints = Bracketing.Of(ask, log, proven.Where(entry => entry.Log == log).Select(entry => entry.Index), size);
        if (checkpoints.Count == 0 || checkpoints[^1].Size != size)
        {
            checkpoints.Add((size, new ProvenCheckpoint(log, note, [])));
        }

        return checkpoints;
    }

    private ProvenEntry? Prove(byte[] bytes, int log, long index)
    {
        var (_, tiles, size, _) = chain[log];
        if (index >= size)
        {
            return null;
        }

        proven.Add((log, index));
        return new ProvenEntry(Encoding.UTF8.GetString(bytes), log, index, Leaf.Hash(bytes), tiles.Inclusion(index, size));
    }
}
