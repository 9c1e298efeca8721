using System.Security.Cryptography;

namespace Baton.Cli.Words;

/// <summary>
/// Access passwords out of the EFF's large list for dice. Words with a hyphen are left out: spoken, it would be heard as the
/// space between two words.
/// </summary>
internal static class AccessWords
{
    /// <summary>Fewest words of a generated password.</summary>
    public const int Least = 4;

    private static readonly Lazy<string[]> List = new(Load);

    /// <summary>Words to choose from.</summary>
    public static int Count => List.Value.Length;

    /// <summary>Bits of a password of so many words.</summary>
    public static double Bits(int words) => words * Math.Log2(Count);

    /// <summary>So many words, each chosen anew.</summary>
    public static string Make(int words) => string.Join('-', Enumerable.Range(0, words).Select(_ => List.Value[RandomNumberGenerator.GetInt32(Count)]));

    private static string[] Load()
    {
        using var stream = typeof(AccessWords).Assembly.GetManifestResourceStream("eff_large_wordlist.txt")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(word => !word.Contains('-', StringComparison.Ordinal))];
    }
}
