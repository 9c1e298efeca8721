using Baton.Client.Sealing;
using Baton.Client.Vault;

namespace Baton.Cli.Vault;

/// <summary>
/// Files on their way to an entry: uploaded first, each encrypted under a key of its own that the entry then holds. What no entry
/// refers to in the end is gone from the server within a day. spec/vault.md §4.
/// </summary>
internal static class NewAttachments
{
    /// <summary>The entry with these files of the disk.</summary>
    public static async Task<VaultEntry> Upload(OpenVault vault, Shelf shelf, VaultEntry entry, IReadOnlyList<string> paths, CancellationToken cancel)
    {
        if (paths.FirstOrDefault(path => !File.Exists(path)) is { } missing)
        {
            throw new CommandFailedException(ExitCode.Input, $"There is no file {missing}.");
        }

        var files = (entry.Files ?? []).ToList();
        foreach (var path in paths)
        {
            files.Add((await vault.Entries.Attach(shelf.Access, await Attachment.FromAsync(path, cancel), cancel)).OrFail());
        }

        return files.Count == 0 ? entry : entry with { Files = files };
    }
}
