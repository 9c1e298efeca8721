using System.CommandLine;
using Baton.Cli.Import;
using Baton.Client.Sealing;

namespace Baton.Cli.Vault;

/// <summary>`baton vault get ENTRY`: one entry, one field of it for a pipe, or one of its files.</summary>
internal static class GetCommand
{
    private static readonly Argument<string> Entry = VaultCommand.Entry();
    private static readonly Option<string?> Group = VaultCommand.Group();
    private static readonly Option<string?> Field = new("--field")
    {
        HelpName = "NAME", Description = "This alone, to standard output: title, url, username, password, totp (the code of this moment), totp-seed, notes, or a field of the entry's own",
    };
    private static readonly Option<bool> Reveal = new("--reveal") { Description = "Show secrets, also on a terminal" };
    private static readonly Option<string?> FileName = new("--file") { HelpName = "NAME", Description = "One of its files, with --save" };
    private static readonly Option<string?> Save = new("--save") { HelpName = "PATH", Description = "With --file: a new file that only you may read" };

    public static Command Make()
    {
        var command = new Command("get", "Show an entry, a field of it, or save a file of it") { Entry, Group, Field, Reveal, FileName, Save, BatonCommand.PasswordFile };
        command.SetAction(Run);
        return command;
    }

    private static async Task Run(ParseResult parsed, CancellationToken cancel)
    {
        var (field, reveal, file, save) = (parsed.GetValue(Field), parsed.GetValue(Reveal), parsed.GetValue(FileName), parsed.GetValue(Save));
        if ((file is null) != (save is null) || (file is not null && field is not null))
        {
            throw new CommandFailedException(ExitCode.Usage, "--file NAME and --save PATH go together, without --field.");
        }

        using var vault = await OpenVault.Open(parsed, parsed.GetValue(Group), cancel);
        var item = vault.Find(parsed.GetRequiredValue(Entry));
        if (file is not null)
        {
            await SavedAttachment.Save(vault, item, file, save!, cancel);
            return;
        }

        if (field is null)
        {
            if (parsed.GetValue(BatonCommand.Json))
            {
                Terminal.WriteJson(ItemShown.Of(item, reveal), CliJson.Shared.ItemShown);
            }
            else
            {
                ItemText.Write(item, reveal);
            }

            return;
        }

        var (value, secret) = ValueOf(item, field);
        if (secret && !reveal && !Console.IsOutputRedirected)
        {
            throw new CommandFailedException(ExitCode.Usage, "This is a secret, and this is a terminal.", "--reveal shows it; a pipe takes it as it is: baton vault get … --field password | xclip");
        }

        // A pipe takes the value as it is; a terminal must not be steered by it.
        Console.Out.WriteLine(Console.IsOutputRedirected ? value : Output.Safe.Text(value));
    }

    private static (string Value, bool Secret) ValueOf(Item item, string name)
    {
        var entry = item.Entry;
        (string? Value, bool Secret) found = name switch
        {
            "title" => (entry.Title, false),
            "url" => (entry.Url, false),
            "username" => (entry.Username, false),
            "password" => (entry.Password, true),
            "totp" => (TotpCode.TryMake(entry.Totp, TimeProvider.System.GetUtcNow(), out var code) ? code.Digits : null, true),
            "totp-seed" => (entry.Totp, true),
            "notes" => (entry.Notes, false),
            _ => entry.Fields?.FirstOrDefault(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } own ? (own.Value, Search.IsSecret(own)) : (null, false),
        };
        return found.Value is { Length: > 0 } value
            ? (value, found.Secret)
            : throw new CommandFailedException(ExitCode.Input, Output.Safe.Text($"{entry.Title} has no {name}."), FieldsOf(entry.Fields));
    }

    private static string? FieldsOf(IReadOnlyList<EntryField>? fields) =>
        fields is { Count: > 0 } ? Output.Safe.Text("Its own fields: " + string.Join(", ", fields.Select(field => field.Name))) : null;
}
