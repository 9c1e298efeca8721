using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Baton.Client.Sealing;

/// <summary>
/// For everything under a key that is used more than once: <c>s (32) || AES-256-GCM(derive(key, s, purpose, ad), nonce 0, m)</c>.
/// A fresh s is a fresh key, so the zero nonce is used once; ad reaches the key, so a sealed text opens in its own place only.
/// spec/keys.md §2.
/// </summary>
public static class Seal
{
    private const int SaltSize = 32;
    private const int TagSize = 16;

    /// <summary>Bytes a sealed text is longer than its message.</summary>
    public const int Overhead = SaltSize + TagSize;

    /// <summary>Seals a message.</summary>
    public static byte[] Close(ReadOnlySpan<byte> key, string purpose, byte[] ad, ReadOnlySpan<byte> message) =>
        CloseWith(RandomNumberGenerator.GetBytes(SaltSize), key, purpose, ad, message);

    /// <summary>With a salt that is given: for the vectors only.</summary>
    internal static byte[] CloseWith(byte[] salt, ReadOnlySpan<byte> key, string purpose, byte[] ad, ReadOnlySpan<byte> message)
    {
        var once = Derive.Key(key, salt, purpose, ad);
        var output = new byte[Overhead + message.Length];
        salt.CopyTo(output, 0);
        using (var aes = new AesGcm(once, TagSize))
        {
            aes.Encrypt(stackalloc byte[12], message, output.AsSpan(SaltSize, message.Length), output.AsSpan(SaltSize + message.Length));
        }

        CryptographicOperations.ZeroMemory(once);
        return output;
    }

    /// <summary>Opens a sealed text; false whatever the reason.</summary>
    public static bool TryOpen(ReadOnlySpan<byte> key, string purpose, byte[] ad, ReadOnlySpan<byte> sealedText, [NotNullWhen(true)] out byte[]? message)
    {
        message = null;
        if (sealedText.Length < Overhead)
        {
            return false;
        }

        var once = Derive.Key(key, sealedText[..SaltSize], purpose, ad);
        var plaintext = new byte[sealedText.Length - Overhead];
        try
        {
            using var aes = new AesGcm(once, TagSize);
            aes.Decrypt(stackalloc byte[12], sealedText[SaltSize..^TagSize], sealedText[^TagSize..], plaintext);
            message = plaintext;
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(once);
        }
    }
}
