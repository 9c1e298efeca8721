using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Baton.Protocol.Encoding;

namespace Baton.Client.Sealing;

/// <summary><c>uint32 length || text || zeros up to the Padmé size</c>. spec/handover.md §2.</summary>
internal static class Padding
{
    private const int LengthSize = 4;

    /// <summary>Bytes that a text of this length has when padded.</summary>
    public static int SizeOf(int textLength) => Padme.Size(LengthSize + textLength);

    public static byte[] Add(ReadOnlySpan<byte> text)
    {
        var padded = new byte[SizeOf(text.Length)];
        BinaryPrimitives.WriteInt32BigEndian(padded, text.Length);
        text.CopyTo(padded.AsSpan(LengthSize));
        return padded;
    }

    /// <summary>False for a length beyond the bytes, another size, and a padding other than zeros.</summary>
    public static bool TryRemove(ReadOnlySpan<byte> padded, [NotNullWhen(true)] out byte[]? text)
    {
        text = null;
        if (padded.Length < LengthSize)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(padded);
        if (length <= padded.Length - LengthSize
            && padded.Length == SizeOf((int)length)
            && !padded[(LengthSize + (int)length)..].ContainsAnyExcept((byte)0))
        {
            text = padded.Slice(LengthSize, (int)length).ToArray();
        }

        return text is not null;
    }
}
