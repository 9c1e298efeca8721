using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Baton.Cli.Import;
using Baton.Client.Sealing;
using Baton.Client.Vault;

namespace Baton.Cli.Vault;

/// <summary>What add and edit take of an entry. Secrets are asked for or come out of files: an argument stays in the shell's history.</summary>
internal sealed partial class EntryOptions
{
    public static readonly string[] Types = ["login", "server", "database", "mailbox", "domain", "wifi", "card", "note"];

    private readonly Option<string?> type = new("--type") { HelpName = "TYPE", Description = string.Join(", ", Types) };
    private readonly Option<string?> url = new("--url") { HelpName = "URL" };
    private readonly Option<string?> username = new("--username") { HelpName = "NAME" };
    private readonly Option<string?> notes = new("--notes") { HelpName = "TEXT" };
    private readonly Option<string?> folder = new("--folder") { HelpName = "A/B", Description = "The folder inside its group" };
    private readonly Option<string[]> tag = new("--tag") { HelpName = "TAG", Description = "May be repeated" };
    private readonly Option<string[]> field = new("--field") { HelpName = "NAME=VALUE", Description = "A field of its own that is no secret; may be repeated" };
    private readonly Option<string[]> secret = new("--secret")
    {
        HelpName = "NAME[=FILE]", Description = "password, totp, or a hidden field of its own: asked for, or the first line of FILE; may be repeated",
    };
    private readonly Option<string[]> key = new("--key") { HelpName = "NAME=FILE", Description = "An SSH or other key: the whole text of FILE; may be repeated" };
    private readonly Option<bool> generate = new("--generate") { Description = "Make the password here" };
    private readonly Option<int> length = new("--length") { HelpName = "N", DefaultValueFactory = _ => GeneratedPassword.Usual, Description = $"Of a generated password, {GeneratedPassword.Least} to {GeneratedPassword.Most}" };
    private readonly Option<string?> expires = new("--expires") { HelpName = "DATE", Description = "When the login itself ends: 2027-01-31" };
    private readonly Option<string?> rotateBy = new("--rotate-by") { HelpName = "DATE", Description = "When its password should be changed" };
    private readonly Option<bool> favourite = new("--favourite");

    public EntryOptions() => type.AcceptOnlyFromAmong(Types);

    /// <summary>Files to attach.</summary>
    public Option<string[]> Files { get; } = new("--file") { HelpName = "FILE", Description = "A file to keep with it; may be repeated" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[type, url, username, notes, folder, tag, field, secret, key, generate, length, expires, rotateBy, favourite, Files])
        {
            command.Add(option);
        }
    }

    /// <summary>The entry with what was given; all else as it was.</summary>
    public VaultEntry Apply(ParseResult parsed, VaultEntry entry, long now)
    {
        if (parsed.GetValue(generate) && (parsed.GetValue(secret) ?? []).Any(name => name == "password" || name.StartsWith("password=", StringComparison.Ordinal)))
        {
            throw new CommandFailedException(ExitCode.Usage, "--generate and --secret password are two passwords.");
        }

        var applied = entry with
        {
            Type = parsed.GetValue(type) ?? entry.Type,
            Url = Given(parsed.GetValue(url), entry.Url),
            Username = Given(parsed.GetValue(username), entry.Username),
            Notes = Given(parsed.GetValue(notes), entry.Notes),
            Folder = parsed.GetValue(folder) is { } path ? FolderOf(path) : entry.Folder,
            Tags = parsed.GetValue(tag) is { Length: > 0 } tags ? [.. tags.Distinct(StringComparer.Ordinal)] : entry.Tags,
            Expires = Date(parsed.GetValue(expires)) ?? entry.Expires,
            RotateBy = Date(parsed.GetValue(rotateBy)) ?? entry.RotateBy,
            Favourite = parsed.GetValue(favourite) ? true : entry.Favourite,
            Password = parsed.GetValue(generate) ? Generated(parsed.GetValue(length)) : entry.Password,
        };
        applied = Fields(parsed, applied);
        return applied with
        {
            Changed = now,
            PasswordChanged = applied.Password is null ? null : applied.Password == entry.Password ? entry.PasswordChanged : now,
        };
    }

    /// <summary>A path as typed: names with slashes between.</summary>
    public static IReadOnlyList<string>? FolderOf(string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } names ? names : null;

    private VaultEntry Fields(ParseResult parsed, VaultEntry entry)
    {
        foreach (var (name, value) in (parsed.GetValue(field) ?? []).Select(given => Pair(given, "--field NAME=VALUE")))
        {
            if (SecretName().IsMatch(name))
            {
                Terminal.Say(Output.Safe.Text($"warning: a secret on the command line stays in the shell's history; --secret '{name}' asks for it."));
            }

            entry = With(entry, new EntryField(name, value, EntryType.KindOf(value, false)));
        }

        foreach (var given in parsed.GetValue(secret) ?? [])
        {
            var (name, file) = given.Contains('=', StringComparison.Ordinal) ? Pair(given, "--secret NAME=FILE") : (given, null);
            var value = Terminal.AskSecret(name, file, $"--secret '{name}=FILE' takes the first line of FILE.");
            entry = name switch
            {
                "password" => entry with { Password = value.Length == 0 ? null : value },
                "totp" => entry with { Totp = SeedOf(value, entry.Title) },
                _ => With(entry, new EntryField(name, value, "hidden")),
            };
        }

        foreach (var (name, file) in (parsed.GetValue(key) ?? []).Select(given => Pair(given, "--key NAME=FILE")))
        {
            entry = With(entry, new EntryField(name, InputFile.Text(file), "key"));
        }

        return entry;
    }

    // In place of the one of that name, else at the end.
    private static VaultEntry With(VaultEntry entry, EntryField field)
    {
        var fields = (entry.Fields ?? []).ToList();
        var at = fields.FindIndex(own => own.Name.Equals(field.Name, StringComparison.OrdinalIgnoreCase));
        if (at < 0)
        {
            fields.Add(field);
        }
        else
        {
            fields[at] = field;
        }

        return entry with { Fields = fields };
    }

    private static string? SeedOf(string text, string title) => text.Length == 0 ? null : Totp.Normalize(text, title)
        ?? throw new CommandFailedException(ExitCode.Usage, "No codes can be made of this TOTP seed.", "It is an otpauth://totp/ address, or letters and the digits 2 to 7.");

    private static string Generated(int length) => length is < GeneratedPassword.Least or > GeneratedPassword.Most
        ? throw new CommandFailedException(ExitCode.Usage, $"--length takes {GeneratedPassword.Least} to {GeneratedPassword.Most}.")
        : GeneratedPassword.Make(length);

    private static (string Name, string Value) Pair(string given, string form) =>
        given.Split('=', 2) is [{ Length: > 0 } name, var value] ? (name, value) : throw new CommandFailedException(ExitCode.Usage, $"{given} is not {form}.");

    private static string? Given(string? given, string? before) => given is null ? before : EntryType.Some(given);

    private static long? Date(string? text) => text is null ? null
        : DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var date) ? date.ToUnixTimeMilliseconds()
        : throw new CommandFailedException(ExitCode.Usage, $"{text} is no date.", "2027-01-31 is.");

    [GeneratedRegex("pass|pin|secret|token|key|hasł|kennwort", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}
