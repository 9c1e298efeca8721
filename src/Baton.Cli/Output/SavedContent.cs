using System.Text;
using System.Text.Json;
using Baton.Cli.Import;
using Baton.Client.Sealing;

namespace Baton.Cli.Output;

/// <summary>The entries in a file, as JSON or CSV.</summary>
internal static class SavedContent
{
    private static readonly string[] Header = ["Title", "Username", "Password", "URL", "Notes", "TOTP"];

    /// <exception cref="CommandFailedException">Another ending, or the file can't be made.</exception>
    public static FreshFile Create(string path) => FreshFile.Create(path, "--save", ".csv", ".json");

    /// <summary>In the format that the name ends in.</summary>
    public static void Write(FreshFile file, Content content)
    {
        var entries = content.Entries.Select(PlainEntry.Of).ToList();
        file.Write(file.Path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
            ? CsvOf(entries)
            : JsonSerializer.Serialize(entries, CliJson.Shared.IReadOnlyListPlainEntry) + "\n");
    }

    // CSV has no place for fields of the sender's own: they go into the notes, one a line.
    private static string CsvOf(IEnumerable<PlainEntry> entries)
    {
        var text = new StringBuilder().AppendJoin(',', Header.Select(Csv.Field)).Append('\n');
        foreach (var entry in entries)
        {
            var notes = string.Join('\n', [.. entry.Notes is null ? (string[])[] : [entry.Notes], .. (entry.Fields ?? []).Select(field => $"{field.Name}: {field.Value}")]);
            string?[] row = [entry.Title, entry.Username, entry.Password, entry.Url, notes, entry.Totp];
            text.AppendJoin(',', row.Select(value => Csv.Field(value ?? ""))).Append('\n');
        }

        return text.ToString();
    }
}
