using System.Text.RegularExpressions;

namespace Baton.Cli.Import;

/// <summary>What kind of entry something is, where the other program doesn't say it in Baton's words (spec/handover.md §2).</summary>
internal static partial class EntryType
{
    /// <summary>By the scheme of its address; a note is what has nothing to sign in with.</summary>
    public static string Of(string? url, bool hasLogin) => !hasLogin ? "note" : (url?.Split("://", 2)[0].ToLowerInvariant()) switch
    {
        "ssh" or "sftp" or "ftp" or "ftps" or "rdp" or "vnc" => "server",
        "imap" or "imaps" or "pop3" or "smtp" or "smtps" => "mailbox",
        { } scheme when url!.Contains("://", StringComparison.Ordinal) && DatabaseScheme().IsMatch(scheme) => "database",
        _ => "login",
    };

    /// <summary>What kind of field a value is.</summary>
    public static string KindOf(string value, bool hidden) =>
        value.StartsWith("-----BEGIN ", StringComparison.Ordinal) ? "key"
        : hidden ? "hidden"
        : value.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || value.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? "link"
        : Date().IsMatch(value) ? "date"
        : "text";

    /// <summary>The host of an address, for a title.</summary>
    public static string? HostOf(string? url) => url is not null && Host().Match(url) is { Success: true } match ? match.Groups["host"].Value : null;

    /// <summary>Texts hold no U+0000, and line ends are of one kind: a commitment must not hang on the exporter's system.</summary>
    public static string Clean(string? value) =>
        (value ?? "").Replace("\0", "", StringComparison.Ordinal).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    /// <summary>The text, or nothing where it is empty.</summary>
    public static string? Some(string? value) => Clean(value) is { Length: > 0 } text ? text : null;

    [GeneratedRegex("^(jdbc:)?(mysql|mariadb|postgres|postgresql|mongodb|mongodb\\+srv|redis|sqlserver|mssql|oracle)", RegexOptions.ExplicitCapture)]
    private static partial Regex DatabaseScheme();

    [GeneratedRegex("^\\d{4}-\\d\\d-\\d\\d$")]
    private static partial Regex Date();

    [GeneratedRegex("^(?:[a-z][a-z0-9+.-]*://)?(?:[^/@]*@)?(?:www\\.)?(?<host>[^/:?#\\s]+)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Host();
}
