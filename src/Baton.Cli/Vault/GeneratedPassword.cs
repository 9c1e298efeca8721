using System.Security.Cryptography;

namespace Baton.Cli.Vault;

/// <summary>A password for a login: letters, digits and signs, each drawn with the same chance, at least one of every kind.</summary>
internal static class GeneratedPassword
{
    public const int Least = 8;
    public const int Most = 128;
    public const int Usual = 20;

    // Without what is mistaken for something else: 0 O o, 1 l I, and signs that shells and forms stumble over.
    private static readonly string[] Kinds = ["ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnpqrstuvwxyz", "23456789", "!#%+-./:=?@_"];

    public static string Make(int length)
    {
        var alphabet = string.Concat(Kinds);
        while (true)
        {
            // Drawn anew as a whole where a kind is missing: so no place is likelier to hold one.
            var password = RandomNumberGenerator.GetString(alphabet, length);
            if (Kinds.All(kind => password.AsSpan().IndexOfAny(kind) >= 0))
            {
                return password;
            }
        }
    }
}
