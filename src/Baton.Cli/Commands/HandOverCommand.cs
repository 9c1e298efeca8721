using System.CommandLine;
using System.Globalization;
using Baton.Cli.Import;
using Baton.Cli.Output;
using Baton.Cli.Words;
using Baton.Client.Sealing;

namespace Baton.Cli.Commands;

/// <summary>`baton hand-over FILE`: entries out of a CSV or JSON file become one link.</summary>
internal static class HandOverCommand
{
    private static readonly string[] Channels = ["phone", "sms", "messenger", "in-person", "post", "other"];
    private static readonly string[] Fields = ["totp", "notes", "url", "username", "password", "fields", "none"];

    private static readonly Argument<string> Source = new("file") { HelpName = "FILE", Description = "A CSV export of a password manager or JSON; - for standard input" };
    private static readonly Option<string> Expires = new("--expires") { HelpName = "LIFE", DefaultValueFactory = _ => "24h", Description = "5m to 30d, like 90m, 24h, 3d" };
    private static readonly Option<string> Password = Choice("--password", "words", ["words", "ask", "none"], "The access password: generated words, your own, or none at all");
    private static readonly Option<int> WordCount = new("--words") { HelpName = "N", DefaultValueFactory = _ => AccessWords.Least, Description = "Words in a generated password, 4 to 10" };
    private static readonly Option<string?> AccessFile = new("--access-password-file") { HelpName = "FILE", Description = "With --password ask: take it from the first line of this file" };
    private static readonly Option<string> Channel = Choice("--channel", "phone", Channels, "How the access password will travel; recorded");
    private static readonly Option<string> To = new("--to") { HelpName = "NAME", DefaultValueFactory = _ => "", Description = "The recipient" };
    private static readonly Option<string?> Message = new("--message") { HelpName = "TEXT", Description = "Shown above the entries" };
    private static readonly Option<string> Language = Choice("--language", "en", ["en", "pl", "de"], "Language of the recipient's page");
    private static readonly Option<string?> Title = new("--title") { HelpName = "TEXT", Description = "For your own history; the file's name when not given" };
    private static readonly Option<string[]> Attach = new("--attach") { HelpName = "FILE", Description = "A file to hand over too; may be repeated" };
    private static readonly Option<string> LeaveOut = new("--leave-out")
    {
        HelpName = "FIELDS", DefaultValueFactory = _ => "totp", Description = "Fields not to hand over, with commas: totp, notes, url, username, password, fields; or none",
    };
    private static readonly Option<bool> HideSender = new("--hide-sender") { Description = "Show the recipient your organization's name only" };

    public static Command Make()
    {
        var command = new Command("hand-over", "Seal entries and get the one link that opens them once")
        {
            Source, Expires, Password, WordCount, AccessFile, Channel, To, Message, Language, Title, Attach, LeaveOut, HideSender, BatonCommand.PasswordFile,
        };
        command.SetAction(Run);
        return command;
    }

    private static async Task Run(ParseResult parsed, CancellationToken cancel)
    {
        var source = parsed.GetRequiredValue(Source);
        var life = Life.Of(parsed.GetRequiredValue(Expires), "--expires");
        var leftOut = LeaveOutOf(parsed.GetRequiredValue(LeaveOut));
        var (entries, omitted) = Without(Read(source), leftOut);
        if (entries.Count is 0 or > Content.MaxEntries)
        {
            throw new CommandFailedException(ExitCode.Input, entries.Count == 0 ? $"{source} holds no entries." : $"{source} holds {entries.Count} entries; one link takes {Content.MaxEntries}.");
        }

        var attachments = new List<Attachment>();
        foreach (var path in parsed.GetValue(Attach) ?? [])
        {
            attachments.Add(File.Exists(path) ? await Attachment.FromAsync(path, cancel) : throw new CommandFailedException(ExitCode.Input, $"There is no file {path}."));
        }

        using var member = Member.FromFile();
        var (accessPassword, bits) = AccessPasswordOf(parsed);
        using var unlocked = await member.Unlock(parsed.GetValue(BatonCommand.PasswordFile), cancel);
        var group = unlocked.Personal?.Newest ?? throw new CommandFailedException(ExitCode.Refused, "You have no group of your own yet.", "Open Baton in a browser once: it makes one.");
        var draft = new HandoverDraft(
            entries, attachments, accessPassword, accessPassword is null ? "none" : parsed.GetRequiredValue(Channel), life,
            parsed.GetValue(Title) ?? (source == "-" ? entries[0].Title : Path.GetFileNameWithoutExtension(source)),
            parsed.GetRequiredValue(To), parsed.GetValue(Message), parsed.GetRequiredValue(Language), !parsed.GetValue(HideSender));
        using var handover = draft.Seal(unlocked, group, member.Origin, member.LedgerKey);
        if (handover.Request.Sealed.Length > SealedContent.MaxSize)
        {
            throw new CommandFailedException(ExitCode.Input, "These entries are more than one link takes (1 MiB).", "Make two handovers, or attach long texts with --attach.");
        }

        var expires = await HandoverUpload.Send(member.Api, handover, cancel);
        var shown = bits is null ? null : accessPassword;
        var result = new HandedOver(
            handover.Request.Handover.ToString(), handover.Link, shown, bits is { } value ? Math.Round(value, 1) : null, expires, entries.Count, attachments.Count, omitted);
        Show(new Terminal(parsed.GetValue(BatonCommand.Json)), result, accessPassword is not null, parsed.GetRequiredValue(Channel));
    }

    private static IReadOnlyList<Entry> Read(string source)
    {
        var text = InputFile.Text(source);
        var isJson = source.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || (source == "-" && text.AsSpan().TrimStart() is ['{' or '[', ..]);
        return isJson ? EntriesJson.Read(text) : [.. CsvEntries.Read(text).Entries.Select(entry => entry.ToEntry())];
    }

    private static string[] LeaveOutOf(string text)
    {
        var names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var unknown = names.FirstOrDefault(name => !Fields.Contains(name, StringComparer.Ordinal));
        return unknown is null
            ? names
            : throw new CommandFailedException(ExitCode.Usage, $"--leave-out knows no field {unknown}.", string.Join(", ", Fields));
    }

    // What was left out is told only where there was something: nobody should look for a seed that never was.
    private static (IReadOnlyList<Entry> Entries, IReadOnlyList<string> LeftOut) Without(IReadOnlyList<Entry> entries, string[] names)
    {
        bool Out(string name) => names.Contains(name, StringComparer.Ordinal);
        var found = names.Where(name => entries.Any(entry => name switch
        {
            "totp" => entry.Totp is not null,
            "notes" => entry.Notes is not null,
            "url" => entry.Url is not null,
            "username" => entry.Username is not null,
            "password" => entry.Password is not null,
            "fields" => entry.Fields is not null,
            _ => false,
        }));
        return (
            [.. entries.Select(entry => entry with
            {
                Totp = Out("totp") ? null : entry.Totp,
                Notes = Out("notes") ? null : entry.Notes,
                Url = Out("url") ? null : entry.Url,
                Username = Out("username") ? null : entry.Username,
                Password = Out("password") ? null : entry.Password,
                Fields = Out("fields") ? null : entry.Fields,
            })],
            [.. found]);
    }

    private static (string? Password, double? Bits) AccessPasswordOf(ParseResult parsed)
    {
        switch (parsed.GetRequiredValue(Password))
        {
            case "none":
                return (null, null);
            case "ask":
                var password = Terminal.AskSecret("Access password", parsed.GetValue(AccessFile), "--access-password-file FILE takes its first line.");
                return AccessPassword.Normalize(password).Trim('-').Length < 6
                    ? throw new CommandFailedException(ExitCode.Usage, "This access password is too short: case, spaces and dashes do not count.", "--password words makes one that can be spoken.")
                    : (password, null);
            default:
                var words = parsed.GetValue(WordCount);
                return words is < AccessWords.Least or > 10
                    ? throw new CommandFailedException(ExitCode.Usage, $"--words takes {AccessWords.Least} to 10.")
                    : (AccessWords.Make(words), AccessWords.Bits(words));
        }
    }

    private static void Show(Terminal terminal, HandedOver result, bool hasPassword, string channel)
    {
        if (terminal.Json)
        {
            Terminal.WriteJson(result, CliJson.Shared.HandedOver);
            return;
        }

        var files = result.Files == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {result.Files} file{(result.Files == 1 ? "" : "s")}");
        Terminal.Write("Link      " + result.Link);
        Terminal.Write($"          opens once, until {Times.Local(result.ExpiresAt)}; {result.Entries} {(result.Entries == 1 ? "entry" : "entries")}{files}");
        if (result.Password is not null)
        {
            Terminal.Write("Password  " + result.Password);
            Terminal.Write(string.Create(CultureInfo.InvariantCulture, $"          {result.Bits:0.0} bits; give it by {channel}, never beside the link"));
        }
        else
        {
            Terminal.Write(hasPassword ? "Password  the one you gave" : "Password  none: whoever has the link can open it");
        }

        if (result.LeftOut.Count > 0)
        {
            Terminal.Write($"Left out  {string.Join(", ", result.LeftOut)} (--leave-out none hands everything over)");
        }

        Terminal.Write("Handover  " + result.Handover);
    }

    private static Option<string> Choice(string name, string otherwise, string[] choices, string description)
    {
        var option = new Option<string>(name) { DefaultValueFactory = _ => otherwise, Description = description };
        option.AcceptOnlyFromAmong(choices);
        return option;
    }
}
