using System.Buffers;
using System.Text;

namespace Baton.Cli.Import;

/// <summary>Base64 with padding, as files of other programs have it; Baton's own wire is base64url.</summary>
internal static class Base64
{
    public static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = new byte[text.Length];
        var decoded = Convert.TryFromBase64Chars(text, bytes, out var written);
        bytes = decoded ? bytes[..written] : [];
        return decoded;
    }

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new byte[System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(bytes.Length)];
        return System.Buffers.Text.Base64.EncodeToUtf8(bytes, text, out _, out var written) == OperationStatus.Done
            ? Encoding.ASCII.GetString(text, 0, written)
            : throw new InvalidOperationException("Base64 has room enough.");
    }
}
