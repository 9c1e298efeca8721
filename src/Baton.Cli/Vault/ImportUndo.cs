using Baton.Cli.Import;
using Baton.Protocol;

namespace Baton.Cli.Vault;

/// <summary>Takes out what an import brought: the groups that it made, and its entries in others.</summary>
internal static class ImportUndo
{
    /// <summary>How many entries could only be moved to the bin, because the right to purge is missing.</summary>
    public static async Task<int> Run(OpenVault vault, ImportJournal journal, CancellationToken cancel)
    {
        if (journal.Server != vault.Api.Server.Origin || journal.Member != vault.Unlocked.Member.ToString())
        {
            throw new CommandFailedException(ExitCode.Refused, $"That import was somebody else's, at {journal.Server}.", "Sign in there as who imported.");
        }

        foreach (var group in journal.Groups.Select(Parsed))
        {
            var outcome = await vault.Api.ChangeState(group, "deleted", cancel);
            if (!outcome.TryGet(out _, out var problem) && problem.Status != 404 && problem.State != "deleted")
            {
                throw Outcomes.Failure(problem);
            }
        }

        var binned = 0;
        var writer = new VaultWriter(vault);
        foreach (var group in journal.Entries.Where(entry => !journal.Groups.Contains(entry.Group.ToString(), StringComparer.Ordinal)).GroupBy(entry => entry.Group))
        {
            var shelf = vault.Shelf(group.Key.ToString());
            await vault.Read(shelf, cancel);
            var ids = group.Select(entry => entry.Entry).ToHashSet();
            await writer.Act("bin", [.. vault.Items.Where(item => ids.Contains(item.Id) && !item.IsBinned)], cancel);
            var there = vault.Items.Where(item => ids.Contains(item.Id)).ToList();
            if (shelf.Access.Right >= Right.Manage)
            {
                await writer.Act("purge", there, cancel);
            }
            else
            {
                binned += there.Count;
            }
        }

        ImportJournal.Delete();
        return binned;
    }

    /// <summary>What is said of entries that stay in the bin.</summary>
    public static string Words(int binned) => binned == 0 ? "" : $" {binned} {(binned == 1 ? "entry lies" : "entries lie")} in the bin for 30 days: purging takes the right manage.";

    private static Id Parsed(string id) => Id.TryParse(id, out var parsed) ? parsed : throw new CommandFailedException(ExitCode.Input, "The journal of the import is damaged.");
}
