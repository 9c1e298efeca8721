using System.Buffers.Binary;
using System.Security.Cryptography;
using Baton.Protocol.Encoding;
using Baton.Protocol.Signing;

namespace Baton.Client.Keys;

/// <summary>A member's two public keys in six words that two people can compare by voice. spec/keys.md §6.</summary>
public static class Fingerprint
{
    /// <summary>Words in a fingerprint.</summary>
    public const int Words = 6;

    /// <summary>The words' places in a list of so many.</summary>
    public static IReadOnlyList<int> Of(byte[] ecdh, byte[] ecdsa, int listed)
    {
        var hash = SHA256.HashData(Labelled.Text("fingerprint", ecdh, ecdsa));
        return [.. Enumerable.Range(0, Words).Select(word => (int)(BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(4 * word)) % (uint)listed))];
    }

    /// <summary>Of a member's card.</summary>
    public static IReadOnlyList<int> Of(Card card, int listed) => Of(card.Ecdh, card.Ecdsa, listed);
}
