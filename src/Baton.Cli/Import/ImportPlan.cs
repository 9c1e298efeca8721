using System.Globalization;
using System.Text;

namespace Baton.Cli.Import;

/// <summary>One group's part of an import.</summary>
/// <param name="Name">The group's name; null for the group that the command names.</param>
internal sealed record ImportShelf(string? Name, IReadOnlyList<PortableEntry> Entries);

/// <summary>What a file's entries become, and what stays behind: shown before anything is written.</summary>
internal sealed record ImportPlan(string Format, IReadOnlyList<ImportShelf> Shelves, IReadOnlyList<string> Lost)
{
    /// <summary>Plaintext of one attachment, unless the server is set otherwise (spec/vault.md §4).</summary>
    private const int MaxFile = 32 << 20;

    // Of 262 144 sealed bytes (spec/vault.md §2), less what sealing, padding and the files' keys take.
    private const int MaxText = 220_000;
    private const int TextOfFile = 250;

    public int Entries => Shelves.Sum(shelf => shelf.Entries.Count);

    public int Files => Shelves.Sum(shelf => shelf.Entries.Sum(entry => entry.Files?.Count ?? 0));

    /// <summary>Lays the entries out.</summary>
    /// <param name="groupsOfFolders">Whether each outermost folder is to be a group.</param>
    public static ImportPlan Of(PortableFileContent content, bool groupsOfFolders)
    {
        var tooLarge = new List<string>();
        var entries = content.Entries.Select(entry => WithoutLargeFiles(entry, tooLarge)).Where(entry => Fits(entry, tooLarge)).ToList();
        List<ImportShelf> shelves = groupsOfFolders
            ? [.. entries.GroupBy(entry => entry.Folder is [var first, ..] ? first : null, StringComparer.Ordinal)
                .Select(group => new ImportShelf(group.Key, group.Key is null ? [.. group] : [.. group.Select(Inner)]))]
            : [new ImportShelf(null, entries)];
        return new ImportPlan(content.Format, shelves, [.. content.Lost, .. tooLarge]);
    }

    /// <summary>How many entries go where.</summary>
    public IEnumerable<(string? Group, string Folder, int Entries)> Places() => Shelves.SelectMany(shelf => shelf.Entries
        .GroupBy(entry => string.Join(" / ", entry.Folder ?? []), StringComparer.Ordinal)
        .Select(folder => (shelf.Name, folder.Key, folder.Count())));

    private static PortableEntry Inner(PortableEntry entry) => entry with { Folder = entry.Folder!.Count == 1 ? null : [.. entry.Folder.Skip(1)] };

    private static PortableEntry WithoutLargeFiles(PortableEntry entry, List<string> tooLarge)
    {
        var large = (entry.Files ?? []).Where(file => file.Bytes.Length > MaxFile).ToList();
        tooLarge.AddRange(large.Select(file => string.Create(
            CultureInfo.InvariantCulture, $"the file {file.Name} of \"{entry.Title}\": it has {(file.Bytes.Length + 1_048_575) >> 20} MiB, and {MaxFile >> 20} are the most")));
        var kept = (entry.Files ?? []).Except(large).ToList();
        return large.Count == 0 ? entry : entry with { Files = kept.Count == 0 ? null : kept };
    }

    private static bool Fits(PortableEntry entry, List<string> tooLarge)
    {
        var texts = new[] { entry.Title, entry.Url, entry.Username, entry.Password, entry.Totp, entry.Notes }
            .Concat((entry.Fields ?? []).SelectMany(field => (string[])[field.Name, field.Value, "{\"name\":\"\",\"value\":\"\",\"kind\":\"hidden\"},"]))
            .Concat(entry.Folder ?? []).Concat(entry.Tags ?? [])
            .Concat((entry.Old ?? []).SelectMany(old => (string[])[old.Password, "{\"password\":\"\",\"changed\":1790000000000},"]));
        var size = texts.Sum(text => Encoding.UTF8.GetByteCount(text ?? "") + (text ?? "").Count(character => character is '"' or '\\' || character < ' ') * 5)
            + (entry.Files ?? []).Sum(file => Encoding.UTF8.GetByteCount(file.Name) + TextOfFile);
        if (size > MaxText)
        {
            tooLarge.Add($"the entry \"{entry.Title}\": its text is larger than an entry's may be (200 KiB)");
        }

        return size <= MaxText;
    }
}
