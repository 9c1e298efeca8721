using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Baton.Client.Sealing;
using Baton.Protocol.Encoding;
using Baton.Protocol.Signing;

namespace Baton.Client.Keys;

/// <summary>What an HPKE message is: the encapsulated key and the ciphertext.</summary>
public sealed record HpkeMessage(byte[] Enc, byte[] Ciphertext);

/// <summary>
/// HPKE base mode, one message (RFC 9180): DHKEM(P-256, HKDF-SHA256), HKDF-SHA256 and AES-GCM with a key of 32 bytes.
/// The RFC publishes P-256 vectors for 16-byte keys only, so the length is a parameter here and nowhere else. spec/keys.md §6.
/// </summary>
internal static class Hpke
{
    private const int TagSize = 16;
    private static readonly byte[] KemSuite = [.. "KEM"u8, 0x00, 0x10];

    public static HpkeMessage Seal(byte[] recipient, byte[] info, byte[] aad, byte[] message)
    {
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return SealWith(ephemeral, recipient, info, aad, message);
    }

    /// <summary>With an ephemeral key that is given: for the vectors only.</summary>
    public static HpkeMessage SealWith(ECDiffieHellman ephemeral, byte[] recipient, byte[] info, byte[] aad, byte[] message, int keySize = 32)
    {
        var enc = PublicKey.Point(ephemeral.ExportSubjectPublicKeyInfo());
        var shared = SharedSecret(ephemeral, recipient, enc, PublicKey.Point(recipient));
        var (key, nonce) = Schedule(shared, info, keySize);
        var ciphertext = new byte[message.Length + TagSize];
        using (var aes = new AesGcm(key, TagSize))
        {
            aes.Encrypt(nonce, message, ciphertext.AsSpan(0, message.Length), ciphertext.AsSpan(message.Length), aad);
        }

        CryptographicOperations.ZeroMemory(key);
        return new HpkeMessage(enc, ciphertext);
    }

    /// <summary>Opens a message; false whatever the reason.</summary>
    public static bool TryOpen(
        ECDiffieHellman recipient, HpkeMessage sealedMessage, byte[] info, byte[] aad, [NotNullWhen(true)] out byte[]? message, int keySize = 32)
    {
        message = null;
        var sender = PublicKey.FromPoint(sealedMessage.Enc);
        if (!PublicKey.IsValid(sender) || sealedMessage.Ciphertext.Length < TagSize)
        {
            return false;
        }

        var shared = SharedSecret(recipient, sender, sealedMessage.Enc, PublicKey.Point(recipient.ExportSubjectPublicKeyInfo()));
        var (key, nonce) = Schedule(shared, info, keySize);
        var plaintext = new byte[sealedMessage.Ciphertext.Length - TagSize];
        try
        {
            using var aes = new AesGcm(key, TagSize);
            aes.Decrypt(nonce, sealedMessage.Ciphertext.AsSpan(..^TagSize), sealedMessage.Ciphertext.AsSpan(^TagSize..), plaintext, aad);
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }

        message = plaintext;
        return true;
    }

    // RFC 9180 §4.1
    private static byte[] SharedSecret(ECDiffieHellman own, byte[] other, byte[] enc, byte[] recipientPoint)
    {
        using var otherKey = ECDiffieHellman.Create();
        otherKey.ImportSubjectPublicKeyInfo(other, out _);
        var agreement = own.DeriveRawSecretAgreement(otherKey.PublicKey);
        var extracted = Extract([], KemSuite, "eae_prk"u8, agreement);
        CryptographicOperations.ZeroMemory(agreement);
        return Expand(extracted, KemSuite, "shared_secret"u8, [.. enc, .. recipientPoint], Derive.Size);
    }

    // RFC 9180 §5.1, mode_base: no psk, no psk_id
    private static (byte[] Key, byte[] Nonce) Schedule(byte[] shared, byte[] info, int keySize)
    {
        byte[] suite = [.. "HPKE"u8, 0x00, 0x10, 0x00, 0x01, 0x00, keySize == 32 ? (byte)0x02 : (byte)0x01];
        byte[] context = [0x00, .. Extract([], suite, "psk_id_hash"u8, []), .. Extract([], suite, "info_hash"u8, info)];
        var secret = Extract(shared, suite, "secret"u8, []);
        CryptographicOperations.ZeroMemory(shared);
        return (Expand(secret, suite, "key"u8, context, keySize), Expand(secret, suite, "base_nonce"u8, context, 12));
    }

    private static byte[] Extract(byte[] salt, byte[] suite, ReadOnlySpan<byte> label, byte[] ikm) =>
        HKDF.Extract(HashAlgorithmName.SHA256, [.. "HPKE-v1"u8, .. suite, .. label, .. ikm], salt);

    private static byte[] Expand(byte[] prk, byte[] suite, ReadOnlySpan<byte> label, byte[] info, int length) =>
        HKDF.Expand(HashAlgorithmName.SHA256, prk, length, [0, (byte)length, .. "HPKE-v1"u8, .. suite, .. label, .. info]);
}
