using System.Globalization;
using System.Text.RegularExpressions;
using Baton.Client.Sealing;

namespace Baton.Cli.Import;

/// <summary>Rows of a password manager's export as entries.</summary>
internal static partial class CsvEntries
{
    /// <summary>The entries of a CSV text.</summary>
    /// <exception cref="CommandFailedException">It is none, or no column is known.</exception>
    public static PortableFileContent Read(string text)
    {
        if (!Csv.TryParse(text, out var rows, out var line))
        {
            throw new CommandFailedException(ExitCode.Input, $"The quote opened in line {line} is never closed.", "Export the file again; do not edit it in a spreadsheet.");
        }

        if (rows.Count == 0 || !Columns.TryRead(rows[0], out var targets))
        {
            throw new CommandFailedException(
                ExitCode.Input, "The first line names no column that is known.", "It should be something like: Title,Username,Password,URL,Notes,TOTP");
        }

        var skipped = Enumerable.Range(0, targets.Length)
            .Where(i => targets[i] == Target.Skip && rows.Skip(1).Any(row => i < row.Length && row[i].Trim() is { Length: > 0 } and not "0"))
            .Select(i => $"the column \"{rows[0][i].Trim()}\"");
        return new PortableFileContent("CSV", [.. rows.Skip(1).Select(row => EntryOf(row, targets)).OfType<PortableEntry>()], [.. skipped]);
    }

    private static PortableEntry? EntryOf(string[] row, Target[] targets)
    {
        var values = new Dictionary<Target, string>();
        for (var i = 0; i < Math.Min(row.Length, targets.Length); i++)
        {
            var value = EntryType.Clean(row[i]);
            if (value.Length > 0 && targets[i] != Target.Skip)
            {
                values[targets[i]] = targets[i] is Target.Password or Target.Notes or Target.Fields ? value : value.Trim();
            }
        }

        var kind = values.GetValueOrDefault(Target.Type) ?? "";
        if (values.GetValueOrDefault(Target.Url) == "http://sn")
        {
            // LastPass writes a secure note as a login at this address.
            values.Remove(Target.Url);
            kind = "note";
        }

        if (!values.Keys.Any(target => target <= Target.Notes || target == Target.Fields))
        {
            return null;
        }

        var url = values.GetValueOrDefault(Target.Url);
        var username = values.GetValueOrDefault(Target.Username);
        var title = values.GetValueOrDefault(Target.Title) ?? EntryType.HostOf(url) ?? username ?? "";
        var totp = values.TryGetValue(Target.Totp, out var seed) ? Totp.Normalize(seed, title) : null;
        List<EntryField> fields = [.. FieldsOf(values.GetValueOrDefault(Target.Fields) ?? "")];
        if (seed is { Length: > 0 } && totp is null)
        {
            // Not a seed that codes can be made of, but not ours to lose either.
            fields.Add(new EntryField("TOTP", seed, "hidden"));
        }

        var hasLogin = new[] { Target.Url, Target.Username, Target.Password, Target.Totp }.Any(values.ContainsKey);
        var folder = FolderOf(values);
        var tags = (values.GetValueOrDefault(Target.Tags) ?? "").Split(';', ',').Select(tag => tag.Trim()).Where(tag => tag.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        return new PortableEntry(
            TypeOf(url, kind, hasLogin), title, url, username, values.GetValueOrDefault(Target.Password), totp,
            values.GetValueOrDefault(Target.Notes), fields.Count == 0 ? null : fields, null, folder.Length == 0 ? null : folder, tags.Count == 0 ? null : tags,
            values.GetValueOrDefault(Target.Favourite)?.ToLowerInvariant() is "1" or "true" or "yes", null,
            TimeOf(values.GetValueOrDefault(Target.Created)), TimeOf(values.GetValueOrDefault(Target.Changed)));
    }

    private static string[] FolderOf(Dictionary<Target, string> values) =>
        values.TryGetValue(Target.Group, out var group) ? [.. Path(group, '/').Skip(1)]
        : values.TryGetValue(Target.Folder, out var folder) ? Path(folder, '/', '\\')
        : [];

    private static string[] Path(string text, params char[] separators) =>
        text.Split(separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } path ? path : [];

    private static long? TimeOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUnixTimeMilliseconds() : null;

    private static IEnumerable<EntryField> FieldsOf(string text)
    {
        foreach (var line in text.Split('\n').Where(line => line.Trim().Length > 0))
        {
            var at = line.IndexOf(": ", StringComparison.Ordinal);
            var name = at > 0 ? line[..at] : "";
            yield return new EntryField(name, at > 0 ? line[(at + 2)..] : line, SecretName().IsMatch(name) ? "hidden" : "text");
        }
    }

    private static string TypeOf(string? url, string kind, bool hasLogin) => kind.ToLowerInvariant() switch
    {
        "note" => "note",
        "card" => "card",
        _ => EntryType.Of(url, hasLogin || kind.Length > 0),
    };

    [GeneratedRegex("pass|pin|secret|token|key|hasł", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}
