using System.CommandLine;
using System.Globalization;
using Baton.Cli.Import;
using Baton.Cli.Output;
using Baton.Cli.Vault;
using Baton.Client.Sealing;

namespace Baton.Cli.HandOver;

/// <summary>`baton hand-over`: entries of the vault, or of a CSV or JSON file, become one link.</summary>
internal static class HandOverCommand
{
    private static readonly Argument<string?> Source = new("file") { HelpName = "FILE", Arity = ArgumentArity.ZeroOrOne, Description = "A CSV export of a password manager or JSON; - for standard input" };
    private static readonly Option<string[]> Entry = new("--entry") { HelpName = "ENTRY", AllowMultipleArgumentsPerToken = true, Description = "Entries of the vault, in place of FILE: titles or ids; may be repeated" };
    private static readonly Option<string?> Group = new("--group") { HelpName = "GROUP", Description = "The group whose history it enters; that of the entries, else your personal one" };
    private static readonly Option<string?> Replaces = new("--replaces") { HelpName = "ID", Description = "Re-issue that handover: its link dies. Without FILE and --entry it takes the same entries as they are now" };
    private static readonly Option<string> Expires = new("--expires") { HelpName = "LIFE", DefaultValueFactory = _ => "24h", Description = "5m to 30d, like 90m, 24h, 3d" };
    private static readonly Option<string?> To = new("--to") { HelpName = "NAME", Description = "The recipient" };
    private static readonly Option<string?> Message = new("--message") { HelpName = "TEXT", Description = "Shown above the entries" };
    private static readonly Option<string?> Language = new("--language") { Description = "Language of the recipient's page: en, pl, de" };
    private static readonly Option<string?> Title = new("--title") { HelpName = "TEXT", Description = "For your own history; the file's name or the first entry's title when not given" };
    private static readonly Option<string[]> Attach = new("--attach") { HelpName = "FILE", Description = "A file to hand over too; may be repeated" };
    private static readonly Option<string> LeftOut = new("--leave-out")
    {
        HelpName = "FIELDS", DefaultValueFactory = _ => "totp", Description = "Fields not to hand over, with commas: " + string.Join(", ", LeaveOut.Names[..^1]) + "; or none",
    };
    private static readonly Option<bool> HideSender = new("--hide-sender") { Description = "Show the recipient your organization's name only" };

    public static Command Make()
    {
        Language.AcceptOnlyFromAmong("en", "pl", "de");
        var command = new Command("hand-over", "Seal entries and get the one link that opens them once")
        {
            Source, Entry, Group, Replaces, Expires, To, Message, Language, Title, Attach, LeftOut, HideSender, BatonCommand.PasswordFile,
        };
        AccessPasswordChoice.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private static async Task Run(ParseResult parsed, CancellationToken cancel)
    {
        var (source, names, replaced) = (parsed.GetValue(Source), parsed.GetValue(Entry) ?? [], parsed.GetValue(Replaces));
        if (source is null ? names.Length == 0 && replaced is null : names.Length > 0)
        {
            throw new CommandFailedException(ExitCode.Usage, source is null ? "What is to be handed over?" : "FILE and --entry are two sources.", "FILE, --entry ENTRY, or --replaces ID.");
        }

        // Whatever can be wrong here and now is told before the master password is asked for.
        var life = Life.Of(parsed.GetRequiredValue(Expires), "--expires");
        var leftOut = LeaveOut.Parse(parsed.GetRequiredValue(LeftOut));
        var withFiles = !leftOut.Contains("files", StringComparer.Ordinal);
        var ofFile = source is null ? null : await HandoverItems.OfFile(source).With(parsed.GetValue(Attach) ?? [], cancel);
        CheckCount(ofFile?.Entries.Count ?? 1, source);
        var (accessPassword, bits) = AccessPasswordChoice.Of(parsed);

        using var vault = ofFile is not null && replaced is null ? await OpenVault.OpenGroups(parsed, cancel) : await OpenVault.Open(parsed, null, cancel);
        var before = replaced is null ? null : await Reissue.Of(vault, replaced, cancel);
        var items = ofFile ?? await (await HandoverItems.OfVault(
            vault, names.Length > 0 ? [.. names.Select(name => vault.Find(name)).DistinctBy(item => item.Id)] : before!.Items(vault), withFiles, cancel)).With(parsed.GetValue(Attach) ?? [], cancel);
        CheckCount(items.Entries.Count, "This");
        PolicyRules.Check(vault.Unlocked, life, accessPassword, bits, items.Attachments);

        var (entries, omitted) = LeaveOut.Apply(items.Entries, leftOut);
        var draft = new HandoverDraft(
            entries, items.Attachments, accessPassword, accessPassword is null ? "none" : parsed.GetRequiredValue(AccessPasswordChoice.Channel), life,
            parsed.GetValue(Title) ?? before?.Details.Title ?? (source is null or "-" ? entries[0].Title : Path.GetFileNameWithoutExtension(source)),
            parsed.GetValue(To) ?? before?.Personal?.Recipient ?? "", parsed.GetValue(Message), parsed.GetValue(Language) ?? before?.Summary.Language ?? "en", !parsed.GetValue(HideSender))
        {
            Sources = items.Sources, Replaces = before?.Summary.Handover,
        };
        using var handover = draft.Seal(vault.Unlocked, GroupOf(vault, parsed.GetValue(Group), items, before).Access.Newest, vault.Member.Origin, vault.Member.LedgerKey);
        if (handover.Request.Sealed.Length > SealedContent.MaxSize)
        {
            throw new CommandFailedException(ExitCode.Input, "These entries are more than one link takes (1 MiB).", "Make two handovers, or attach long texts with --attach.");
        }

        var expires = await HandoverUpload.Send(vault.Api, handover, cancel);
        var shown = bits is null ? null : accessPassword;
        var result = new HandedOver(
            handover.Request.Handover.ToString(), handover.Link, shown, bits is { } value ? Math.Round(value, 1) : null, expires, entries.Count, items.Attachments.Count, omitted,
            before?.Summary.Handover.ToString());
        Show(new Terminal(parsed.GetValue(BatonCommand.Json)), result, accessPassword is not null, parsed.GetRequiredValue(AccessPasswordChoice.Channel));
    }

    private static Shelf GroupOf(OpenVault vault, string? named, HandoverItems items, Reissue? before)
    {
        var group = named is not null ? vault.Shelf(named)
            : before is not null ? vault.Shelf(before.Summary.Group.ToString())
            : items.Group is not null ? items.Group
            : items.Sources.Any(source => source is not null) ? throw new CommandFailedException(ExitCode.Usage, "The entries are of several groups.", "--group GROUP says whose history it enters.")
            : vault.Shelf(OpenVault.Personal);
        return group.Access.Stands
            ? group
            : throw new CommandFailedException(ExitCode.Refused, Safe.Text($"{group.Name} waits for a new key: an owner or admin has to unlock first."));
    }

    private static void CheckCount(int count, string? source)
    {
        if (count > Content.MaxEntries)
        {
            throw new CommandFailedException(ExitCode.Input, $"{source} holds {count} entries; one link takes {Content.MaxEntries}.");
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
        if (result.Replaces is not null)
        {
            Terminal.Write($"          in place of {result.Replaces}, whose link is dead");
        }
    }
}
