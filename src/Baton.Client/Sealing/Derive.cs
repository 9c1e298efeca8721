using System.Security.Cryptography;
using Baton.Protocol.Encoding;

namespace Baton.Client.Sealing;

/// <summary>The one function every key comes out of. spec/keys.md §1.</summary>
internal static class Derive
{
    /// <summary>Bytes in a key.</summary>
    public const int Size = 32;

    /// <summary>HKDF-SHA-256 with a labelled info. The salt is random or empty, never a label.</summary>
    public static byte[] Key(ReadOnlySpan<byte> ikm, ReadOnlySpan<byte> salt, string purpose, params ReadOnlySpan<byte[]> fields)
    {
        var key = new byte[Size];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, ikm, key, salt, Labelled.Text(purpose, fields));
        return key;
    }
}
