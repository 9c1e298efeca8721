using System.CommandLine;
using Baton.Cli.Output;

namespace Baton.Cli.Vault;

/// <summary>`baton vault mv ENTRY…`: into another folder, or another group, all of them or none.</summary>
internal static class MvCommand
{
    private static readonly Argument<string[]> Names = VaultCommand.Entries();
    private static readonly Option<string?> Group = VaultCommand.Group();
    private static readonly Option<string?> To = new("--to") { HelpName = "GROUP", Description = "The group to move to; its members can read them then" };
    private static readonly Option<string?> Folder = new("--folder") { HelpName = "A/B", Description = "The folder to move to; / for none" };

    public static Command Make()
    {
        var command = new Command("mv", "Move entries to another group or folder") { Names, Group, To, Folder, BatonCommand.PasswordFile };
        command.SetAction(async (parsed, cancel) =>
        {
            if (parsed.GetValue(To) is null && parsed.GetValue(Folder) is null)
            {
                throw new CommandFailedException(ExitCode.Usage, "Where to?", "--to GROUP, --folder A/B, or both.");
            }

            using var vault = await OpenVault.Open(parsed, null, cancel);
            var from = parsed.GetValue(Group) is { } name ? vault.Shelf(name) : null;
            var items = parsed.GetRequiredValue(Names).Select(entry => vault.Find(entry, shelf: from)).DistinctBy(item => item.Id).ToList();
            var target = parsed.GetValue(To) is { } group ? vault.Shelf(group) : null;
            var moved = await new VaultWriter(vault).Move(items, target, parsed.GetValue(Folder) is { } folder ? entry => entry with { Folder = EntryOptions.FolderOf(folder) } : entry => entry, cancel);
            foreach (var item in moved)
            {
                Terminal.Say(Safe.Line($"Moved {item.Entry.Title} to {item.Place}"));
            }
        });
        return command;
    }
}
