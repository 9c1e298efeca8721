using System.Globalization;
using System.Text;

namespace Baton.Cli.Output;

/// <summary>Texts from elsewhere, made harmless for a terminal and a file system.</summary>
internal static class Safe
{
    private static readonly char[] Forbidden = ['/', '\\', ':', '*', '?', '"', '<', '>', '|'];

    /// <summary>On one line or more, without escape sequences and without characters that turn the writing direction.</summary>
    public static string Text(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            safe.Append(rune.Value is '\n' or '\t' || (category is not UnicodeCategory.Control && !Turns(rune.Value)) ? rune.ToString() : "\uFFFD");
        }

        return safe.ToString();
    }

    /// <summary>The same on one line.</summary>
    public static string Line(string text) => Text(text).ReplaceLineEndings(" ").Replace('\t', ' ');

    /// <summary>A name for a file in a folder of ours, unlike any that is taken.</summary>
    public static string FileName(string name, ISet<string> taken)
    {
        var last = name.Split('/', '\\')[^1];
        var cleaned = new string([.. Text(last).Where(character => !char.IsControl(character) && !Forbidden.Contains(character) && character != '\uFFFD')]).Trim().TrimStart('.');
        var stem = cleaned.Length == 0 ? "file" : cleaned.Length > 120 ? cleaned[..100] + Path.GetExtension(cleaned) : cleaned;
        var free = stem;
        for (var i = 2; !taken.Add(free.ToUpperInvariant()); i++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(stem)}-{i}{Path.GetExtension(stem)}");
        }

        return free;
    }

    private static bool Turns(int rune) => rune is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x200E or 0x200F;
}
