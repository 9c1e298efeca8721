using System.CommandLine;
using Baton.Cli.Output;

namespace Baton.Cli.Vault;

/// <summary>`baton vault rm ENTRY…`: into the bin for 30 days, back out of it, or gone at once.</summary>
internal static class RmCommand
{
    private static readonly Argument<string[]> Names = VaultCommand.Entries();
    private static readonly Option<string?> Group = VaultCommand.Group();
    private static readonly Option<bool> Restore = new("--restore") { Description = "Take them out of the bin" };
    private static readonly Option<bool> Purge = new("--purge") { Description = "Destroy what lies in the bin, with its revisions and files" };

    public static Command Make()
    {
        var command = new Command("rm", "Move entries to the bin, where they stay 30 days") { Names, Group, Restore, Purge, BatonCommand.PasswordFile };
        command.SetAction(async (parsed, cancel) =>
        {
            var (restore, purge) = (parsed.GetValue(Restore), parsed.GetValue(Purge));
            if (restore && purge)
            {
                throw new CommandFailedException(ExitCode.Usage, "--restore and --purge are two things.");
            }

            using var vault = await OpenVault.Open(parsed, parsed.GetValue(Group), cancel);
            var items = parsed.GetRequiredValue(Names).Select(name => vault.Find(name, binned: restore || purge)).DistinctBy(item => item.Id).ToList();
            await new VaultWriter(vault).Act(restore ? "restore" : purge ? "purge" : "bin", items, cancel);
            foreach (var item in items)
            {
                Terminal.Say(Safe.Line((restore ? "Restored " : purge ? "Destroyed " : "In the bin: ") + item.Entry.Title));
            }
        });
        return command;
    }
}
