using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Baton.Protocol.Encoding;

/// <summary>What a code is the text of. spec/keys.md §8.</summary>
public enum CodeKind : byte
{
    Link = 0x01,
    Recovery = 0x02,
    Invitation = 0x03,
}

/// <summary>Why a text is not the code that was expected.</summary>
public enum CodeFault
{
    None,

    /// <summary>A character outside the alphabet.</summary>
    Character,

    /// <summary>Not 56 characters: cut off, or more pasted than the code.</summary>
    Length,

    /// <summary>Mistyped or garbled.</summary>
    Checksum,

    /// <summary>A code of another kind.</summary>
    Kind,
}

/// <summary>
/// Keys as text: Crockford base32 of <c>kind (1) || key (32) || SHA-256(kind || key)[..2]</c>, 56 characters.
/// A cut or mistyped code is recognized without asking a server. spec/keys.md §8.
/// </summary>
public static class Code
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int KeySize = 32;
    private const int Size = 1 + KeySize + 2;

    /// <summary>Characters in a code.</summary>
    public const int Length = Size * 8 / 5;

    /// <summary>The code of a 32-byte key.</summary>
    public static string Encode(CodeKind kind, ReadOnlySpan<byte> key)
    {
        if (key.Length != KeySize)
        {
            throw new ArgumentException("A code holds 32 bytes.", nameof(key));
        }

        Span<byte> bytes = stackalloc byte[Size];
        bytes[0] = (byte)kind;
        key.CopyTo(bytes[1..]);
        Checksum(bytes[..^2], bytes[^2..]);
        var text = string.Create(Length, bytes, static (characters, bytes) =>
        {
            for (var i = 0; i < Length; i++)
            {
                characters[i] = Alphabet[Group(bytes, i)];
            }
        });
        CryptographicOperations.ZeroMemory(bytes);
        return text;
    }

    /// <summary>
    /// The key of a code of this kind. Upper case, <c>i</c> and <c>l</c> for <c>1</c>, <c>o</c> for <c>0</c> are read;
    /// <c>-</c> and white space are skipped.
    /// </summary>
    public static bool TryDecode(ReadOnlySpan<char> text, CodeKind kind, [NotNullWhen(true)] out byte[]? key, out CodeFault fault)
    {
        key = null;
        Span<byte> bytes = stackalloc byte[Size];
        bytes.Clear();
        fault = Unpack(text, bytes);
        if (fault == CodeFault.None)
        {
            Span<byte> checksum = stackalloc byte[2];
            Checksum(bytes[..^2], checksum);
            fault = !checksum.SequenceEqual(bytes[^2..]) ? CodeFault.Checksum
                : bytes[0] != (byte)kind ? CodeFault.Kind
                : CodeFault.None;
        }

        if (fault == CodeFault.None)
        {
            key = bytes.Slice(1, KeySize).ToArray();
        }

        CryptographicOperations.ZeroMemory(bytes);
        return key is not null;
    }

    private static CodeFault Unpack(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        var count = 0;
        foreach (var character in text)
        {
            if (character == '-' || WhiteSpace.Contains(character))
            {
                continue;
            }

            var value = ValueOf(character);
            if (value < 0)
            {
                return CodeFault.Character;
            }

            if (count < Length)
            {
                // 35 bytes are 56 groups of 5 bits exactly: no loose bits at the end.
                var bit = count * 5;
                var shifted = value << (11 - (bit % 8));
                bytes[bit / 8] |= (byte)(shifted >> 8);
                if ((bit / 8) + 1 < bytes.Length)
                {
                    bytes[(bit / 8) + 1] |= (byte)shifted;
                }
            }

            count++;
        }

        return count == Length ? CodeFault.None : CodeFault.Length;
    }

    private static int Group(ReadOnlySpan<byte> bytes, int index)
    {
        var bit = index * 5;
        var pair = (bytes[bit / 8] << 8) | ((bit / 8) + 1 < bytes.Length ? bytes[(bit / 8) + 1] : 0);
        return (pair >> (11 - (bit % 8))) & 0b11111;
    }

    private static int ValueOf(char character)
    {
        var lower = char.IsAsciiLetterUpper(character) ? (char)(character | 0x20) : character;
        return lower switch
        {
            'i' or 'l' => 1,
            'o' => 0,
            _ => Alphabet.IndexOf(lower, StringComparison.Ordinal),
        };
    }

    private static void Checksum(ReadOnlySpan<byte> content, Span<byte> checksum)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        hash[..2].CopyTo(checksum);
    }
}
