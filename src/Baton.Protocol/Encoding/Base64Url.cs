using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Baton.Protocol.Encoding;

/// <summary>Base64url without padding (RFC 4648 §5), canonical: what it accepts re-encodes to itself. spec/keys.md.</summary>
public static class Base64Url
{
    /// <summary>The text of these bytes.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    /// <summary>Characters in the text of so many bytes.</summary>
    public static int LengthOf(int bytes) => System.Buffers.Text.Base64Url.GetEncodedLength(bytes);

    /// <summary>Writes the text of these bytes in ASCII: <see cref="LengthOf"/> characters.</summary>
    public static void Encode(ReadOnlySpan<byte> bytes, Span<byte> text) => System.Buffers.Text.Base64Url.EncodeToUtf8(bytes, text);

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
            && (text.IsEmpty || HasZeroTrailingBits(text.Length, text[^1])))
        {
            return true;
        }

        bytes = null;
        return false;
    }

    /// <summary>The same of a text in ASCII.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text.Length % 4 == 1 || text.ContainsAnyExcept(AsciiAlphabet))
        {
            return false;
        }

        bytes = new byte[System.Buffers.Text.Base64Url.GetMaxDecodedLength(text.Length)];
        if (System.Buffers.Text.Base64Url.DecodeFromUtf8(text, bytes, out _, out var written) == System.Buffers.OperationStatus.Done
            && written == bytes.Length
            && (text.IsEmpty || HasZeroTrailingBits(text.Length, (char)text[^1])))
        {
            return true;
        }

        bytes = null;
        return false;
    }

    private static bool HasZeroTrailingBits(int length, char last) => (length % 4) switch
    {
        2 => (ValueOf(last) & 0b1111) == 0,
        3 => (ValueOf(last) & 0b11) == 0,
        _ => true,
    };

    private static int ValueOf(char c) => Characters.IndexOf(c, StringComparison.Ordinal);

    private const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static readonly System.Buffers.SearchValues<char> Alphabet = System.Buffers.SearchValues.Create(Characters);
    private static readonly System.Buffers.SearchValues<byte> AsciiAlphabet = System.Buffers.SearchValues.Create(System.Text.Encoding.ASCII.GetBytes(Characters));
}
