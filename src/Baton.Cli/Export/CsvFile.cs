using System.Globalization;
using System.Text;
using Baton.Cli.Import;

namespace Baton.Cli.Export;

/// <summary>
/// Entries as CSV, in KeePassXC's columns, which most password managers read. Own fields go into the notes, one a line; files and
/// earlier passwords have no place.
/// </summary>
internal static class CsvFile
{
    private static readonly string[] Header = ["Group", "Title", "Username", "Password", "URL", "Notes", "TOTP", "Tags", "Favorite", "Last Modified", "Created"];

    public static string Write(IEnumerable<PortableEntry> entries)
    {
        var text = new StringBuilder().AppendJoin(',', Header.Select(Csv.Field)).Append('\n');
        foreach (var entry in entries)
        {
            var notes = string.Join('\n', [.. entry.Notes is null ? (string[])[] : [entry.Notes], .. (entry.Fields ?? []).Select(field => $"{field.Name}: {field.Value}")]);
            string?[] row =
            [
                string.Join('/', ["Baton", .. (entry.Folder ?? []).Select(name => name.Replace('/', '∕'))]), entry.Title, entry.Username, entry.Password, entry.Url, notes, entry.Totp,
                string.Join(',', entry.Tags ?? []), entry.Favourite ? "1" : "", Time(entry.Changed), Time(entry.Created),
            ];
            text.AppendJoin(',', row.Select(value => Csv.Field(value ?? ""))).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>What of the entries such a file can't hold, a phrase each.</summary>
    public static IReadOnlyList<string> Lost(IReadOnlyList<PortableEntry> entries, int files)
    {
        var old = entries.Count(entry => entry.Old is not null);
        return
        [
            .. files == 0 ? (string[])[] : [string.Create(CultureInfo.InvariantCulture, $"{files} {(files == 1 ? "file" : "files")}")],
            .. old == 0 ? (string[])[] : [string.Create(CultureInfo.InvariantCulture, $"earlier passwords of {old} {(old == 1 ? "entry" : "entries")}")],
        ];
    }

    private static string Time(long? unixMilliseconds) => unixMilliseconds is { } time
        ? DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : "";
}
