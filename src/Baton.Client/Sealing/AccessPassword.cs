using System.Security.Cryptography;
using System.Text;
using Baton.Protocol.Encoding;

namespace Baton.Client.Sealing;

/// <summary>
/// What the recipient hears on a second channel. Telephones and keyboards change case, dashes and spaces, so they do not count.
/// Its Argon2id parameters are fixed by the version: nothing a server could lower. spec/keys.md §4.
/// </summary>
public static class AccessPassword
{
    internal const int MemoryKiB = 19_456;
    internal const int Passes = 2;

    /// <summary>NFKC, trimmed, each run of white space and separators one <c>-</c>, ASCII lower case.</summary>
    public static string Normalize(string password)
    {
        var composed = Text.ToNfkc(password);
        var start = 0;
        var end = composed.Length;
        while (start < end && WhiteSpace.Contains(composed[start]))
        {
            start++;
        }

        while (end > start && WhiteSpace.Contains(composed[end - 1]))
        {
            end--;
        }

        var normal = new StringBuilder(end - start);
        var inRun = false;
        foreach (var character in composed.AsSpan(start, end - start))
        {
            var separates = WhiteSpace.Contains(character) || character is '-' or '–' or '—' or '.' or ',' or '_';
            if (!separates)
            {
                normal.Append(char.IsAsciiLetterUpper(character) ? (char)(character | 0x20) : character);
            }
            else if (!inRun)
            {
                normal.Append('-');
            }

            inRun = separates;
        }

        return normal.ToString();
    }

    /// <summary>passwordKey: 32 bytes.</summary>
    internal static byte[] Key(byte[] linkKey, string password)
    {
        var salt = Derive.Key(linkKey, [], DerivePurpose.PasswordSalt)[..Argon2.SaltSize];
        var normal = Encoding.UTF8.GetBytes(Normalize(password));
        try
        {
            return Argon2.Id(normal, salt, MemoryKiB, Passes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(normal);
        }
    }
}
