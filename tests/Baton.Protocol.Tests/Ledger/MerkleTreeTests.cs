using Baton.Protocol.Ledger;
using Xunit;

namespace Baton.Protocol.Tests.Ledger;

public sealed class MerkleTreeTests
{
    private const int Most = 66;

    private static readonly byte[][] Leaves = [.. Enumerable.Range(0, Most).Select(i => Leaf.Hash([(byte)i]))];

    /// <summary>The leaves and roots that the test of RFC 6962's reference implementation holds.</summary>
    [Fact]
    public void Roots_are_those_of_the_reference_implementation()
    {
        byte[][] leaves = [.. ((IEnumerable<string>)["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"])
            .Select(hex => Leaf.Hash(Convert.FromHexString(hex)))];
        string[] roots =
        [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];

        Assert.Equal(roots, Enumerable.Range(0, 9).Select(size => Convert.ToHexStringLower(MerkleTree.Root(size, SubtreeOf(leaves)))));
    }

    [Fact]
    public void Roots_and_proofs_are_what_the_RFC_defines()
    {
        for (var size = 0; size <= Most; size++)
        {
            Assert.Equal(Mth(Leaves.AsSpan(0, size)), MerkleTree.Root(size, SubtreeOf(Leaves)));
            for (var index = 0; index < size; index++)
            {
                Assert.Equal(Path(index, Leaves.AsSpan(0, size)), MerkleTree.Inclusion(index, size, SubtreeOf(Leaves)));
                Assert.Equal(SubProof(index + 1, Leaves.AsSpan(0, size), whole: true), MerkleTree.Consistency(index + 1, size, SubtreeOf(Leaves)));
            }
        }
    }

    [Fact]
    public void Every_inclusion_holds_at_its_place_and_nowhere_else()
    {
        for (var size = 1; size <= Most; size++)
        {
            var root = Root(size);
            for (var index = 0; index < size; index++)
            {
                var proof = MerkleTree.Inclusion(index, size, SubtreeOf(Leaves));
                for (var claimed = -1; claimed <= size; claimed++)
                {
                    Assert.Equal(claimed == index, MerkleTree.VerifyInclusion(claimed, size, Leaves[index], proof, root));
                }

                Assert.False(MerkleTree.VerifyInclusion(index, size, Leaves[(index + 1) % Most], proof, root));
                Assert.False(MerkleTree.VerifyInclusion(index, size, Leaves[index], [.. proof, root], root));
                Assert.False(MerkleTree.VerifyInclusion(index, size, Leaves[index], proof, Root(size - 1)));
                Assert.All(Damaged(proof), damaged => Assert.False(MerkleTree.VerifyInclusion(index, size, Leaves[index], damaged, root)));
            }
        }
    }

    [Fact]
    public void Every_beginning_is_consistent_and_nothing_else_is()
    {
        for (var second = 0; second <= Most; second++)
        {
            for (var first = 0; first <= second; first++)
            {
                var proof = MerkleTree.Consistency(first, second, SubtreeOf(Leaves));

                Assert.True(MerkleTree.VerifyConsistency(first, Root(first), second, Root(second), proof));
                Assert.False(MerkleTree.VerifyConsistency(first, Leaf.Hash("other"), second, Root(second), proof));
                Assert.False(MerkleTree.VerifyConsistency(first, Root(first), second, Root(second), [.. proof, Root(1)]));
                Assert.All(Damaged(proof), damaged => Assert.False(MerkleTree.VerifyConsistency(first, Root(first), second, Root(second), damaged)));
                if (first > 0)
                {
                    Assert.False(MerkleTree.VerifyConsistency(first, Root(first), second, Leaf.Hash("other"), proof));
                }
            }
        }

        Assert.False(MerkleTree.VerifyConsistency(2, Root(2), 1, Root(1), []));
    }

    private static byte[] Root(int size) => Mth(Leaves.AsSpan(0, size));

    private static Subtree SubtreeOf(byte[][] leaves) => (level, index) =>
        Mth(leaves.AsSpan((int)(index << level), 1 << level));

    /// <summary>Each proof with one hash changed, cut short, or with the last one left out.</summary>
    private static IEnumerable<List<byte[]>> Damaged(List<byte[]> proof)
    {
        for (var i = 0; i < proof.Count; i++)
        {
            yield return [.. proof[..i], [.. proof[i][..31], (byte)(proof[i][31] ^ 1)], .. proof[(i + 1)..]];
            yield return [.. proof[..i], proof[i][..31], .. proof[(i + 1)..]];
        }

        if (proof.Count > 0)
        {
            yield return proof[..^1];
        }
    }

    // The definitions of RFC 6962 §2.1, §2.1.1 and §2.1.2, word by word.

    private static byte[] Mth(ReadOnlySpan<byte[]> d) => d.Length switch
    {
        0 => MerkleTree.Empty,
        1 => d[0],
        _ => MerkleTree.Node(Mth(d[..K(d.Length)]), Mth(d[K(d.Length)..])),
    };

    private static List<byte[]> Path(int m, ReadOnlySpan<byte[]> d) => d.Length == 1 ? []
        : m < K(d.Length) ? [.. Path(m, d[..K(d.Length)]), Mth(d[K(d.Length)..])]
        : [.. Path(m - K(d.Length), d[K(d.Length)..]), Mth(d[..K(d.Length)])];

    private static List<byte[]> SubProof(int m, ReadOnlySpan<byte[]> d, bool whole) => m == d.Length ? whole ? [] : [Mth(d)]
        : m <= K(d.Length) ? [.. SubProof(m, d[..K(d.Length)], whole), Mth(d[K(d.Length)..])]
        : [.. SubProof(m - K(d.Length), d[K(d.Length)..], whole: false), Mth(d[..K(d.Length)])];

    private static int K(int n)
    {
        var k = 1;
        while (k * 2 < n)
        {
            k *= 2;
        }

        return k;
    }
}
