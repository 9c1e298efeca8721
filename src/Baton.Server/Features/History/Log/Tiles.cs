using System.Security.Cryptography;
using Baton.Protocol.Ledger;
using Baton.Server.Storage;

namespace Baton.Server.Features.History;

/// <summary>Keeps a tile that was made or grew.</summary>
internal delegate void KeepTile(int level, long tile, byte[] hashes);

/// <summary>
/// The hashes of one log as https://c2sp.org/tlog-tiles keeps them: eight levels of the tree in one row, so that whatever the log's size a
/// proof reads a few rows and a new entry writes one a level. What was read is kept: make one for each state of the database. spec/ledger.md §3.
/// </summary>
internal sealed class Tiles(Ask ask, int log)
{
    /// <summary>Hashes in a full tile: the levels of the tree below one of its own hashes.</summary>
    public const int Width = 256;

    private const int Levels = 8;
    private const int HashSize = SHA256.HashSizeInBytes;

    private readonly Dictionary<(int Level, long Tile), byte[]> read = [];

    /// <summary>The hash of a complete subtree.</summary>
    public byte[] Hash(int level, long index)
    {
        // 2^inner hashes of one tile lie under it.
        var (row, inner) = (level / Levels, level % Levels);
        var first = index << inner;
        var hashes = Read(row, first / Width);
        var from = (int)(first % Width) * HashSize;
        var length = HashSize << inner;
        return hashes.Length >= from + length
            ? Root(hashes.AsSpan(from, length))
            : throw new InvalidDataException($"Log {log} has no hash {first} on level {row}.");
    }

    /// <summary>The root of the first <paramref name="size"/> leaves.</summary>
    public byte[] Root(long size) => MerkleTree.Root(size, Hash);

    /// <summary>The audit path of a leaf under the first <paramref name="size"/>.</summary>
    public List<byte[]> Inclusion(long index, long size) => MerkleTree.Inclusion(index, size, Hash);

    /// <summary>Proves that one size is the beginning of the other.</summary>
    public List<byte[]> Consistency(long from, long to) => MerkleTree.Consistency(from, to, Hash);

    /// <summary>One tile as it is kept; empty when it isn't there.</summary>
    public byte[] Read(int level, long tile)
    {
        if (!read.TryGetValue((level, tile), out var hashes))
        {
            using var rows = ask(
                "SELECT hashes FROM tiles WHERE log = @log AND level = @level AND tile = @tile", ("@log", log), ("@level", level), ("@tile", tile));
            hashes = rows.Read() ? rows.Bytes(0) : [];
            read.Add((level, tile), hashes);
        }

        return hashes;
    }

    /// <summary>Puts leaves behind the first <paramref name="size"/>, and what they complete on the levels above.</summary>
    public void Append(long size, IReadOnlyList<byte[]> leaves, KeepTile keep)
    {
        var hashes = leaves;
        for (var level = 0; hashes.Count > 0; level++)
        {
            hashes = Append(level, size >> (Levels * level), hashes, keep);
        }
    }

    /// <summary>The root of up to 256 hashes whose number is a power of two.</summary>
    public static byte[] Root(ReadOnlySpan<byte> hashes) => hashes.Length == HashSize
        ? hashes.ToArray()
        : MerkleTree.Node(Root(hashes[..(hashes.Length / 2)]), Root(hashes[(hashes.Length / 2)..]));

    /// <returns>The roots of the tiles that became full.</returns>
    private List<byte[]> Append(int level, long from, IReadOnlyList<byte[]> hashes, KeepTile keep)
    {
        var full = new List<byte[]>();
        for (var taken = 0; taken < hashes.Count;)
        {
            var (tile, width) = ((from + taken) / Width, (int)((from + taken) % Width));
            var more = Math.Min(Width - width, hashes.Count - taken);
            var grown = new byte[(width + more) * HashSize];
            Read(level, tile).AsSpan(0, width * HashSize).CopyTo(grown);
            for (var i = 0; i < more; i++)
            {
                hashes[taken + i].CopyTo(grown.AsSpan((width + i) * HashSize));
            }

            keep(level, tile, grown);
            read[(level, tile)] = grown;
            if (width + more == Width)
            {
                full.Add(Root(grown));
            }

            taken += more;
        }

        return full;
    }
}
