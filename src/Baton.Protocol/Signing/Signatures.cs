using System.Security.Cryptography;

namespace Baton.Protocol.Signing;

/// <summary>ECDSA P-256 with SHA-256, r||s, 64 bytes, over the texts of <see cref="SignedText"/>. spec/keys.md §3.</summary>
public static class Signatures
{
    /// <summary>Bytes in a signature.</summary>
    public const int Size = 64;

    /// <summary>Whether the signature of this text verifies under this key; false for anything that is not a key or a signature.</summary>
    public static bool Verify(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != Size || !PublicKey.IsValid(key))
        {
            return false;
        }

        using var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(key, out _);
        return ecdsa.VerifyData(text, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <summary>Signs a text.</summary>
    public static byte[] Sign(ECDsa key, ReadOnlySpan<byte> text) =>
        key.SignData(text, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
}
