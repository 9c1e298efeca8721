using System.Text;
using System.Text.Json;
using Baton.Cli.Import;
using Baton.Client.Sealing;

namespace Baton.Cli.Output;

/// <summary>
/// A file that is made before the link is opened, so that an unwritable place costs no opening, and removed again if nothing comes of it.
/// </summary>
internal sealed class SavedContent : IDisposable
{
    private static readonly string[] Header = ["Title", "Username", "Password", "URL", "Notes", "TOTP"];

    private readonly string path;
    private readonly bool asCsv;
    private FileStream? file;

    private SavedContent(string path, bool asCsv, FileStream file)
    {
        this.path = path;
        this.asCsv = asCsv;
        this.file = file;
    }

    /// <exception cref="CommandFailedException">Another ending, or the file can't be made.</exception>
    public static SavedContent Create(string path)
    {
        var asCsv = path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);
        if (!asCsv && !path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            throw new CommandFailedException(ExitCode.Usage, $"--save takes a name that ends in .csv or .json, not {path}.");
        }

        try
        {
            return new SavedContent(path, asCsv, PrivateFile.Create(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(ExitCode.Input, fault.Message, "Nothing was opened. --save never overwrites a file.");
        }
    }

    public void Write(Content content)
    {
        var entries = content.Entries.Select(PlainEntry.Of).ToList();
        var text = asCsv ? CsvOf(entries) : JsonSerializer.Serialize(entries, CliJson.Shared.IReadOnlyListPlainEntry) + "\n";
        file!.Write(Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
        file.Dispose();
        file = null;
    }

    public void Dispose()
    {
        if (file is not null)
        {
            file.Dispose();
            File.Delete(path);
        }
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
