using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Baton.Protocol.Encoding;

/// <summary>Base64url without padding (RFC 4648 §5), canonical: what it accepts re-encodes to itself. spec/keys.md.</summary>
public static class Base64Url
{
    /// <summary>The text of these bytes.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    /// <summary>The bytes of this text; false for padding, other alphabets, white space and loose trailing bits.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text.Length % 4 == 1 || text.ContainsAnyExcept(Alphabet))
        {
            return false;
        }

        bytes = new byte[System.Buffers.Text.Base64Url.GetMaxDecodedLength(text.Length)];
        if (System.Buffers.Text.Base64Url.DecodeFromChars(text, bytes, out _, out var written) == System.Buffers.OperationStatus.Done
            && written == bytes.Length
            && HasZeroTrailingBits(text))
        {
            return true;
        }

        bytes = null;
        return false;
    }

    private static bool HasZeroTrailingBits(ReadOnlySpan<char> text) => (text.Length % 4) switch
    {
        2 => (ValueOf(text[^1]) & 0b1111) == 0,
        3 => (ValueOf(text[^1]) & 0b11) == 0,
        _ => true,
    };

    private static int ValueOf(char c) => Characters.IndexOf(c, StringComparison.Ordinal);

    private const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static readonly System.Buffers.SearchValues<char> Alphabet = System.Buffers.SearchValues.Create(Characters);
}
