using System.Security.Cryptography;

namespace Baton.Protocol.Ledger;

/// <summary>Hash of an entry's exact bytes. spec/keys.md §3, RFC 6962 §2.1.</summary>
public static class Leaf
{
    /// <summary>SHA-256(0x00 || entry).</summary>
    public static byte[] Hash(ReadOnlySpan<byte> entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0]);
        hash.AppendData(entry);
        return hash.GetHashAndReset();
    }

    /// <summary>The hash of an entry given as its exact text.</summary>
    public static byte[] Hash(string entry) => Hash(System.Text.Encoding.UTF8.GetBytes(entry));
}
