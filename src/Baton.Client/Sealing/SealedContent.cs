using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Baton.Client.Sealing;

/// <summary>What a handover's flags say. spec/handover.md §2.</summary>
[Flags]
public enum HandoverFlags : byte
{
    None = 0,
    Password = 0x01,
    Files = 0x02,
}

/// <summary>
/// The content under contentKey, which encrypts this one message: <c>uint32 length || text || zeros up to the Padmé size</c>,
/// AES-256-GCM with nonce 0 and ad <c>0x01 || locator || flags</c>. spec/handover.md §2.
/// </summary>
public static class SealedContent
{
    /// <summary>Largest sealed content in bytes.</summary>
    public const int MaxSize = 1 << 20;

    private const int TagSize = 16;

    /// <summary>Bytes a text of this length has when sealed.</summary>
    public static int SizeOf(int textLength) => Padding.SizeOf(textLength) + TagSize;

    /// <summary>Seals the text.</summary>
    public static byte[] Close(byte[] contentKey, byte[] locator, HandoverFlags flags, ReadOnlySpan<byte> text)
    {
        var padded = Padding.Add(text);
        var output = ClosePadded(contentKey, locator, flags, padded);
        CryptographicOperations.ZeroMemory(padded);
        return output;
    }

    /// <summary>With a padding that is given: for the vectors.</summary>
    internal static byte[] ClosePadded(byte[] contentKey, byte[] locator, HandoverFlags flags, byte[] padded)
    {
        var output = new byte[padded.Length + TagSize];
        using var aes = new AesGcm(contentKey, TagSize);
        aes.Encrypt(stackalloc byte[12], padded, output.AsSpan(0, padded.Length), output.AsSpan(padded.Length), AdditionalData(locator, flags));
        return output;
    }

    /// <summary>Opens a sealed content; false whatever the reason.</summary>
    public static bool TryOpen(byte[] contentKey, byte[] locator, HandoverFlags flags, ReadOnlySpan<byte> sealedContent, [NotNullWhen(true)] out byte[]? text)
    {
        text = null;
        if (sealedContent.Length is < TagSize or > MaxSize)
        {
            return false;
        }

        var padded = new byte[sealedContent.Length - TagSize];
        try
        {
            using var aes = new AesGcm(contentKey, TagSize);
            aes.Decrypt(stackalloc byte[12], sealedContent[..^TagSize], sealedContent[^TagSize..], padded, AdditionalData(locator, flags));
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        Padding.TryRemove(padded, out text);
        CryptographicOperations.ZeroMemory(padded);
        return text is not null;
    }

    private static byte[] AdditionalData(byte[] locator, HandoverFlags flags) => [0x01, .. locator, (byte)flags];
}
