using System.CommandLine;
using Baton.Cli.Import;
using Baton.Cli.Output;
using Baton.Client.Sealing;
using Baton.Client.Vault;

namespace Baton.Cli.Vault;

/// <summary>`baton vault edit ENTRY`: changes what is named, and only where nobody was faster.</summary>
internal static class EditCommand
{
    private static readonly string[] Clearable = ["url", "username", "password", "totp", "notes", "folder", "tags", "files", "expires", "rotate-by", "favourite"];

    private static readonly Argument<string> Name = VaultCommand.Entry();
    private static readonly Option<string?> Group = VaultCommand.Group();
    private static readonly Option<string?> Title = new("--title") { HelpName = "TITLE" };
    private static readonly Option<string[]> Clear = new("--clear") { HelpName = "NAME", Description = string.Join(", ", Clearable) + ", or a field of its own; may be repeated" };
    private static readonly Option<long?> Base = new("--base") { HelpName = "REVISION", Description = "Only if this still is the newest revision, as get --json shows it" };
    private static readonly EntryOptions Entry = new();

    public static Command Make()
    {
        var command = new Command("edit", "Change an entry; earlier revisions are kept") { Name, Group, Title, Clear, Base, BatonCommand.PasswordFile };
        Entry.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            using var vault = await OpenVault.Open(parsed, parsed.GetValue(Group), cancel);
            var item = vault.Find(parsed.GetRequiredValue(Name));
            if (parsed.GetValue(Base) is { } known && known != item.Revision)
            {
                throw await Conflict.Told(vault, item, known, cancel);
            }

            var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            var cleared = (parsed.GetValue(Clear) ?? []).Aggregate(item.Entry, Without);
            var entry = Entry.Apply(parsed, cleared with { Title = parsed.GetValue(Title) ?? cleared.Title }, now);
            if (entry.Password is null != item.Entry.Password is null || entry.Password != item.Entry.Password)
            {
                entry = entry with { PasswordChanged = entry.Password is null ? null : now };
            }

            entry = await NewAttachments.Upload(vault, item.Shelf, entry, parsed.GetValue(Entry.Files) ?? [], cancel);
            var saved = await new VaultWriter(vault).Save(item, entry, cancel);
            if (parsed.GetValue(BatonCommand.Json))
            {
                Terminal.WriteJson(ItemShown.Of(saved, reveal: false), CliJson.Shared.ItemShown);
                return;
            }

            Terminal.Write(Safe.Line($"Saved {saved.Entry.Title}, revision {saved.Revision}."));
        });
        return command;
    }

    private static VaultEntry Without(VaultEntry entry, string name) => name switch
    {
        "url" => entry with { Url = null },
        "username" => entry with { Username = null },
        "password" => entry with { Password = null },
        "totp" => entry with { Totp = null },
        "notes" => entry with { Notes = null },
        "folder" => entry with { Folder = null },
        "tags" => entry with { Tags = null },
        "files" => entry with { Files = null },
        "expires" => entry with { Expires = null },
        "rotate-by" => entry with { RotateBy = null },
        "favourite" => entry with { Favourite = null },
        _ when (entry.Fields ?? []).Any(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) =>
            entry with { Fields = Some([.. entry.Fields!.Where(field => !field.Name.Equals(name, StringComparison.OrdinalIgnoreCase))]) },
        _ => throw new CommandFailedException(ExitCode.Usage, Safe.Text($"{entry.Title} has no {name} to clear.")),
    };

    private static List<EntryField>? Some(List<EntryField> fields) => fields.Count == 0 ? null : fields;
}
