using System.Numerics;
using System.Security.Cryptography;

namespace Baton.Protocol.Ledger;

/// <summary>Hash of a complete subtree: of the 2^<paramref name="level"/> leaves that begin at leaf <paramref name="index"/> · 2^<paramref name="level"/>.</summary>
public delegate byte[] Subtree(int level, long index);

/// <summary>
/// The tree of RFC 6962 §2.1 with SHA-256: making proofs out of complete subtrees, which never change once they are there, and verifying
/// them as RFC 9162 §2.1.3.2 and §2.1.4.2 say. spec/ledger.md §3.
/// </summary>
public static class MerkleTree
{
    /// <summary>The largest size there is: what both implementations count exactly.</summary>
    public const long MaxSize = (1L << 53) - 1;

    /// <summary>The root of no leaves: SHA-256 of nothing.</summary>
    public static byte[] Empty => SHA256.HashData([]);

    /// <summary>SHA-256(0x01 || left || right).</summary>
    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> text = stackalloc byte[1 + (2 * SHA256.HashSizeInBytes)];
        text[0] = 1;
        left.CopyTo(text[1..]);
        right.CopyTo(text[33..]);
        return SHA256.HashData(text);
    }

    /// <summary>The root of the first <paramref name="size"/> leaves.</summary>
    public static byte[] Root(long size, Subtree subtree) => size == 0 ? Empty : Root(0, size, subtree);

    /// <summary>The audit path of a leaf in the tree of the first <paramref name="size"/> leaves. RFC 6962 §2.1.1.</summary>
    public static List<byte[]> Inclusion(long index, long size, Subtree subtree)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<byte[]>();
        var (from, to) = (0L, size);
        while (to - from > 1)
        {
            var middle = from + Split(to - from);
            if (index < middle)
            {
                path.Add(Root(middle, to, subtree));
                to = middle;
            }
            else
            {
                path.Add(Root(from, middle, subtree));
                from = middle;
            }
        }

        path.Reverse();
        return path;
    }

    /// <summary>Proves that the tree of <paramref name="first"/> leaves is the beginning of that of <paramref name="second"/>. RFC 6962 §2.1.2.</summary>
    public static List<byte[]> Consistency(long first, long second, Subtree subtree)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, second);
        var path = new List<byte[]>();
        if (first == 0 || first == second)
        {
            return path;
        }

        var (from, to) = (0L, second);
        while (to != first)
        {
            var middle = from + Split(to - from);
            if (first <= middle)
            {
                path.Add(Root(middle, to, subtree));
                to = middle;
            }
            else
            {
                path.Add(Root(from, middle, subtree));
                from = middle;
            }
        }

        if (from > 0)
        {
            path.Add(Root(from, to, subtree));
        }

        path.Reverse();
        return path;
    }

    /// <summary>Whether <paramref name="leaf"/> is at <paramref name="index"/> of the tree of that size and root.</summary>
    public static bool VerifyInclusion(long index, long size, ReadOnlySpan<byte> leaf, IReadOnlyList<byte[]> proof, ReadOnlySpan<byte> root)
    {
        if (index < 0 || index >= size || leaf.Length != SHA256.HashSizeInBytes)
        {
            return false;
        }

        var (at, last) = (index, size - 1);
        var hash = leaf.ToArray();
        foreach (var step in proof)
        {
            if (last == 0 || step?.Length != SHA256.HashSizeInBytes)
            {
                return false;
            }

            if ((at & 1) == 1 || at == last)
            {
                hash = Node(step, hash);
                Ascend(ref at, ref last);
            }
            else
            {
                hash = Node(hash, step);
            }

            (at, last) = (at >> 1, last >> 1);
        }

        return last == 0 && root.SequenceEqual(hash);
    }

    /// <summary>Whether the tree of size <paramref name="first"/> is the beginning of the other.</summary>
    public static bool VerifyConsistency(
        long first, ReadOnlySpan<byte> firstRoot, long second, ReadOnlySpan<byte> secondRoot, IReadOnlyList<byte[]> proof)
    {
        if (first < 0 || first > second || proof.Any(step => step?.Length != SHA256.HashSizeInBytes))
        {
            return false;
        }

        if (first == 0 || first == second)
        {
            return proof.Count == 0 && firstRoot.SequenceEqual(first == 0 ? Empty : secondRoot);
        }

        // The beginning that is a complete subtree is known already: the proof leaves it out.
        byte[][] path = BitOperations.IsPow2(first) ? [firstRoot.ToArray(), .. proof] : [.. proof];
        if (path.Length == 0)
        {
            return false;
        }

        var (at, last) = (first - 1, second - 1);
        while ((at & 1) == 1)
        {
            (at, last) = (at >> 1, last >> 1);
        }

        var (old, grown) = (path[0], path[0]);
        foreach (var step in path.AsSpan(1))
        {
            if (last == 0)
            {
                return false;
            }

            if ((at & 1) == 1 || at == last)
            {
                (old, grown) = (Node(step, old), Node(step, grown));
                Ascend(ref at, ref last);
            }
            else
            {
                grown = Node(grown, step);
            }

            (at, last) = (at >> 1, last >> 1);
        }

        return last == 0 && firstRoot.SequenceEqual(old) && secondRoot.SequenceEqual(grown);
    }

    /// <summary>Up to the level where the node is a right child, or the root: between, it has no sibling.</summary>
    private static void Ascend(ref long at, ref long last)
    {
        while ((at & 1) == 0 && at != 0)
        {
            (at, last) = (at >> 1, last >> 1);
        }
    }

    /// <summary>Root of the leaves [from, to), a subtree of the RFC's: complete, or split as it splits.</summary>
    private static byte[] Root(long from, long to, Subtree subtree)
    {
        var count = to - from;
        if (BitOperations.IsPow2(count))
        {
            var level = BitOperations.Log2((ulong)count);
            return subtree(level, from >> level);
        }

        var middle = from + Split(count);
        return Node(Root(from, middle, subtree), Root(middle, to, subtree));
    }

    /// <summary>The largest power of two below n.</summary>
    private static long Split(long n) => 1L << BitOperations.Log2((ulong)(n - 1));
}
