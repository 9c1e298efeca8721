using System.Diagnostics.CodeAnalysis;

namespace Baton.Protocol.Encoding;

/// <summary>
/// Base64 with padding (RFC 4648 §4), as C2SP writes keys and notes; Baton's own wire is <see cref="Base64Url"/>. Canonical as well.
/// </summary>
internal static class StandardBase64
{
    public static string Encode(byte[] bytes) => Convert.ToBase64String(bytes, Base64FormattingOptions.None);

    public static bool TryDecode(string text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = new byte[text.Length / 4 * 3];
        if (Convert.TryFromBase64String(text, bytes, out var written) && Encode(bytes[..written]) == text)
        {
            bytes = bytes[..written];
            return true;
        }

        bytes = null;
        return false;
    }
}
