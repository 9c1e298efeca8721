using System.Text.Json;
using Baton.Protocol;
using Baton.Protocol.Ledger;
using Baton.Server.Storage;

namespace Baton.Server.Features.History;

/// <summary>Something in the database that is not what the log says.</summary>
/// <param name="Index">The entry's place, or of the first below a hash.</param>
internal sealed record Damage(LogRow Log, long Index, string What)
{
    public override string ToString() => $"{Log.Origin}, entry {Index}: {What}";
}

/// <summary>
/// Holds rows against leaves, leaves against the hashes above, those against the head and the head against its signature. It changes
/// nothing and runs on any state of the database, also beside a server. Make one for a few tiles: it keeps what it read. spec/ledger.md §6.
/// </summary>
internal sealed class LogCheck(Ask ask, LogRow log)
{
    private readonly Tiles tiles = new(ask, log.Number);
    private bool? topHolds;

    /// <summary>Tiles of leaves there are.</summary>
    public long Count => (log.Size + Tiles.Width - 1) / Tiles.Width;

    /// <summary>The head against the newest hashes, and the signed checkpoint against key and hashes.</summary>
    public IEnumerable<Damage> Head()
    {
        if (!TopHolds)
        {
            yield return new Damage(log, Math.Max(0, log.Size - 1), "the hashes over the newest entries do not lead to the log's head (tables tiles and logs)");
        }

        if (log.Noted < 0)
        {
            yield break;
        }

        if (!VerifyingKey.TryParse(log.Key, out var key) || !Checkpoint.TryOpen(log.Note, key, out var signed))
        {
            yield return new Damage(log, Math.Max(0, log.Noted - 1), "the newest checkpoint is not signed by the log's key (table logs)");
        }
        else if (signed.Size != log.Noted || signed.Size > log.Size || RootOf(signed.Size)?.AsSpan().SequenceEqual(signed.Root) != true)
        {
            yield return new Damage(log, Math.Max(0, log.Noted - 1), "the log does not lead to its newest signed checkpoint (table logs)");
        }
    }

    /// <summary>The root of the first so many entries, as the kept hashes have it; null where one is missing.</summary>
    public byte[]? RootOf(long size)
    {
        try
        {
            return tiles.Root(size);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>The leaf that the kept hashes have at this place; null where there is none.</summary>
    public byte[]? LeafAt(long index) => index < log.Size && tiles.Read(0, index / Tiles.Width) is var hashes && hashes.Length >= (int)((index % Tiles.Width) + 1) * 32
        ? hashes[((int)(index % Tiles.Width) * 32)..][..32]
        : null;

    /// <summary>The entries under one tile of leaves, and the hashes over that tile that become full with it.</summary>
    public IEnumerable<Damage> Under(long tile)
    {
        var entries = new List<Damage>();
        try
        {
            entries.AddRange(Entries(tile));
        }
        catch (Exception exception) when (exception is System.Data.Common.DbException or InvalidCastException or ArgumentException or JsonException or InvalidOperationException)
        {
            // A column that holds what it never can.
            entries.Add(new Damage(log, tile * Tiles.Width, $"it, or one of the {Tiles.Width - 1} after it, can't be read: {exception.Message}"));
        }

        if (Holds(0, tile))
        {
            return entries;
        }

        // The hashes themselves were changed: entries that don't match them may be whole all the same, but nothing proves them.
        return [.. entries, new Damage(log, tile * Tiles.Width, $"the hashes over it do not lead to the log's head (table tiles, level 0, tile {tile})")];
    }

    private IEnumerable<Damage> Entries(long tile)
    {
        var (at, end) = (tile * Tiles.Width, Math.Min((tile + 1) * Tiles.Width, log.Size));

        // Read now, and not between the rows.
        _ = LeafAt(at);
        using var rows = ask(
            """
            SELECT l.leaf_index, l.id, l.bytes, l.kind, l.organization, l.time, h.handover
            FROM ledger l LEFT JOIN handovers h ON h.number = l.handover
            WHERE l.log = @log AND l.leaf_index >= @from AND l.leaf_index < @to ORDER BY l.leaf_index
            """,
            ("@log", log.Number), ("@from", at), ("@to", end));
        while (rows.Read())
        {
            for (; at < rows.GetInt64(0); at++)
            {
                yield return new Damage(log, at, "its row is gone (table ledger)");
            }

            var (bytes, leaf) = (rows.Bytes(2), LeafAt(at));
            if (leaf is null || !Leaf.Hash(bytes).AsSpan().SequenceEqual(leaf))
            {
                yield return new Damage(log, at, $"row {rows.GetInt64(1)} of table ledger, a {rows.GetString(3)} entry, is not what was logged");
            }
            else if (!Tells(bytes, rows.GetString(3), rows.Id(4), rows.GetInt64(5), rows.IdOrNull(6)))
            {
                yield return new Damage(log, at, $"row {rows.GetInt64(1)} of table ledger stands beside an entry that tells something else than its columns");
            }

            at++;
        }

        for (; at < end; at++)
        {
            yield return new Damage(log, at, "its row is gone (table ledger)");
        }
    }

    /// <summary>Whether the columns by which an entry is found repeat what its bytes say: else it could be hidden from its handover's story.</summary>
    private static bool Tells(byte[] bytes, string kind, Id organization, long time, Id? handover)
    {
        using var entry = JsonDocument.Parse(bytes);
        var said = entry.RootElement;
        return said.GetProperty("kind"u8).ValueEquals(kind) && said.GetProperty("org"u8).ValueEquals(organization.ToString())
            && said.GetProperty("time"u8).GetInt64() == time
            && (said.TryGetProperty("handover"u8, out var about) ? handover is { } found && about.ValueEquals(found.ToString()) : handover is null);
    }

    /// <summary>Whether a tile leads to the head: a full one is one hash of the tile above, the others are in the newest hashes.</summary>
    private bool Holds(int level, long tile)
    {
        var (full, hashes) = (tile < log.Size >> (8 * (level + 1)), tiles.Read(level, tile));
        if (!full)
        {
            return TopHolds;
        }

        var above = tiles.Read(level + 1, tile / Tiles.Width);
        var place = (int)(tile % Tiles.Width) * 32;
        return hashes.Length == Tiles.Width * 32 && above.Length >= place + 32
            && Tiles.Root(hashes).AsSpan().SequenceEqual(above.AsSpan(place, 32)) && Holds(level + 1, tile / Tiles.Width);
    }

    private bool TopHolds => topHolds ??= RootOf(log.Size)?.AsSpan().SequenceEqual(log.Root) == true;
}
