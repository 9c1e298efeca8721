using System.Text.RegularExpressions;
using Baton.Client.Sealing;

namespace Baton.Cli.Import;

/// <summary>Rows of a password manager's export as entries.</summary>
internal static partial class CsvEntries
{
    /// <summary>The entries of a CSV text.</summary>
    /// <exception cref="CommandFailedException">It is none, or no column is known.</exception>
    public static IReadOnlyList<Entry> Read(string text)
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

        return [.. rows.Skip(1).Select(row => EntryOf(row, targets)).OfType<Entry>()];
    }

    private static Entry? EntryOf(string[] row, Target[] targets)
    {
        var values = new Dictionary<Target, string>();
        for (var i = 0; i < Math.Min(row.Length, targets.Length); i++)
        {
            var value = Clean(row[i]);
            if (value.Length > 0 && targets[i] != Target.Skip)
            {
                values[targets[i]] = targets[i] is Target.Password or Target.Notes or Target.Fields ? value : value.Trim();
            }
        }

        var kind = values.GetValueOrDefault(Target.Type) ?? "";
        values.Remove(Target.Type);
        if (values.GetValueOrDefault(Target.Url) == "http://sn")
        {
            // LastPass writes a secure note as a login at this address.
            values.Remove(Target.Url);
            kind = "note";
        }

        if (values.Count == 0)
        {
            return null;
        }

        var url = values.GetValueOrDefault(Target.Url);
        var username = values.GetValueOrDefault(Target.Username);
        var title = values.GetValueOrDefault(Target.Title) ?? HostOf(url) ?? username ?? "";
        var totp = values.TryGetValue(Target.Totp, out var seed) ? Totp.Normalize(seed, title) : null;
        List<EntryField> fields = [.. FieldsOf(values.GetValueOrDefault(Target.Fields) ?? "")];
        if (seed is { Length: > 0 } && totp is null)
        {
            // Not a seed that codes can be made of, but not ours to lose either.
            fields.Add(new EntryField("TOTP", seed, "hidden"));
        }

        var hasLogin = new[] { Target.Url, Target.Username, Target.Password, Target.Totp }.Any(values.ContainsKey);
        return new Entry(
            TypeOf(url, kind, hasLogin), title, Commitment.NewSalt(), url, username, values.GetValueOrDefault(Target.Password), totp,
            values.GetValueOrDefault(Target.Notes), fields.Count == 0 ? null : fields);
    }

    private static IEnumerable<EntryField> FieldsOf(string text)
    {
        foreach (var line in text.Split('\n').Where(line => line.Trim().Length > 0))
        {
            var at = line.IndexOf(": ", StringComparison.Ordinal);
            var name = at > 0 ? line[..at] : "";
            yield return new EntryField(name, at > 0 ? line[(at + 2)..] : line, SecretName().IsMatch(name) ? "hidden" : "text");
        }
    }

    private static string TypeOf(string? url, string kind, bool hasLogin)
    {
        if (kind.Equals("note", StringComparison.OrdinalIgnoreCase) || (kind.Length == 0 && !hasLogin))
        {
            return "note";
        }

        if (kind.Equals("card", StringComparison.OrdinalIgnoreCase))
        {
            return "card";
        }

        return (url?.Split("://", 2)[0].ToLowerInvariant()) switch
        {
            "ssh" or "sftp" or "ftp" or "ftps" or "rdp" or "vnc" => "server",
            "imap" or "imaps" or "pop3" or "smtp" or "smtps" => "mailbox",
            { } scheme when url!.Contains("://", StringComparison.Ordinal) && DatabaseScheme().IsMatch(scheme) => "database",
            _ => "login",
        };
    }

    private static string? HostOf(string? url) => url is not null && Host().Match(url) is { Success: true } match ? match.Groups["host"].Value : null;

    // Texts hold no U+0000, and line ends are of one kind: a commitment must not hang on the exporter's system.
    private static string Clean(string value) =>
        value.Replace("\0", "", StringComparison.Ordinal).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    [GeneratedRegex("pass|pin|secret|token|key|hasł", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex("^(jdbc:)?(mysql|mariadb|postgres|postgresql|mongodb|mongodb\\+srv|redis|sqlserver|mssql|oracle)", RegexOptions.ExplicitCapture)]
    private static partial Regex DatabaseScheme();

    [GeneratedRegex("^(?:[a-z][a-z0-9+.-]*://)?(?:[^/@]*@)?(?:www\\.)?(?<host>[^/:?#\\s]+)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Host();
}
