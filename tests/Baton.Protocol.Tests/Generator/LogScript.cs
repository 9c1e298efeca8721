using System.Formats.Asn1;
using System.Numerics;
using Baton.Protocol.Evidence;
using Baton.Protocol.Ledger;
using Baton.Protocol.Wire;

namespace Baton.Protocol.Tests.Generator;

/// <summary>A log with fixed entries and a key that signs the same in every run.</summary>
internal sealed class LogScript(string origin, FixedKey key)
{
    private readonly List<byte[]> leaves = [];

    public string Origin => origin;

    public long Size => leaves.Count;

    public VerifyingKey Key => new(origin, key.Public);

    public LogKey Named => new(origin, Key.ToString());

    /// <summary>Appends an entry; its index.</summary>
    public int Add(string entry)
    {
        leaves.Add(Leaf.Hash(entry));
        return leaves.Count - 1;
    }

    /// <summary>Appends entries of others, which nobody shows.</summary>
    public LogScript AddOthers(int count)
    {
        for (var i = 0; i < count; i++)
        {
            leaves.Add(Fixed.Bytes($"{origin} leaf {leaves.Count}"));
        }

        return this;
    }

    public byte[] Root(long size) => MerkleTree.Root(size, Subtree);

    public List<byte[]> Inclusion(long index, long size) => MerkleTree.Inclusion(index, size, Subtree);

    public List<byte[]> Consistency(long first, long second) => MerkleTree.Consistency(first, second, Subtree);

    /// <summary>The signed checkpoint of this size.</summary>
    public string Note(long size, FixedKey? signer = null, string? named = null) => Sign(new Checkpoint(named ?? origin, size, Root(size)).ToText(), signer);

    /// <summary>The note of any text.</summary>
    public string Sign(string text, FixedKey? signer = null) =>
        new SignedNote(text, [new NoteSignature(origin, Key.Id, Der((signer ?? key).Sign(System.Text.Encoding.UTF8.GetBytes(text))))]).ToString();

    public ProvenEntry Prove(string text, int log, int index, Observed? observed = null) => new(text, log, index, Leaf.Hash(text), Inclusion(index, Size), observed);

    /// <summary>r||s as ASN.1 DER.</summary>
    public static byte[] Der(byte[] signature)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new BigInteger(signature.AsSpan(..32), isUnsigned: true, isBigEndian: true));
            writer.WriteInteger(new BigInteger(signature.AsSpan(32), isUnsigned: true, isBigEndian: true));
        }

        return writer.Encode();
    }

    private byte[] Subtree(int level, long index) =>
        level == 0 ? leaves[(int)index] : MerkleTree.Node(Subtree(level - 1, index * 2), Subtree(level - 1, (index * 2) + 1));
}
