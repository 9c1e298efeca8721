using System.CommandLine;
using Baton.Cli.Import;
using Baton.Cli.Output;
using Baton.Client.Vault;

namespace Baton.Cli.Vault;

/// <summary>`baton vault add TITLE`: a new entry.</summary>
internal static class AddCommand
{
    private static readonly Argument<string> Title = new("title") { HelpName = "TITLE" };
    private static readonly Option<string?> Group = VaultCommand.Group();
    private static readonly EntryOptions Entry = new();

    public static Command Make()
    {
        var command = new Command("add", "Add an entry; its secrets are asked for") { Title, Group, BatonCommand.PasswordFile };
        Entry.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            using var vault = await OpenVault.Open(parsed, parsed.GetValue(Group) ?? OpenVault.Personal, cancel);
            var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            var entry = Entry.Apply(parsed, new VaultEntry("login", EntryType.Clean(parsed.GetRequiredValue(Title)).ReplaceLineEndings(" ")) { Created = now }, now);
            entry = await NewAttachments.Upload(vault, vault.Shelves[0], entry, parsed.GetValue(Entry.Files) ?? [], cancel);
            var item = await new VaultWriter(vault).Add(vault.Shelves[0], entry, cancel);
            if (parsed.GetValue(BatonCommand.Json))
            {
                Terminal.WriteJson(ItemShown.Of(item, reveal: false), CliJson.Shared.ItemShown);
                return;
            }

            Terminal.Write(Safe.Line($"Added {item.Entry.Title} to {item.Place}: {item.Id}"));
        });
        return command;
    }
}
