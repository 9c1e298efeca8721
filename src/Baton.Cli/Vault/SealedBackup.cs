using System.Security.Cryptography;
using Baton.Cli.Import;
using Baton.Client.Vault;

namespace Baton.Cli.Vault;

/// <summary>Baton's own sealed backup, in and out. spec/vault.md §6.</summary>
internal static class SealedBackup
{
    /// <summary>Whether a text is one.</summary>
    public static bool Is(string text) => text.StartsWith("{\"v\":1,\"kind\":\"baton backup\"", StringComparison.Ordinal);

    public static string Write(string organization, IReadOnlyList<PortableGroup> groups, string password, TimeProvider clock) => new Backup(
        1, organization, clock.GetUtcNow().ToUnixTimeMilliseconds(),
        [.. groups.Select(group => new BackupGroup(group.Name, group.Icon, group.Colour, [.. group.Entries.Select(Inner).Select(EntryOf)]))]).Close(password);

    public static PortableFileContent Read(string text, string password)
    {
        var fault = Backup.Open(text, password, out var backup);
        if (backup is null)
        {
            throw fault switch
            {
                BackupFault.Password => new CommandFailedException(ExitCode.Input, "The password is not the one of this backup, or the backup was changed."),
                BackupFault.Parameters => new CommandFailedException(ExitCode.Input, "The backup names an effort for its password that no client accepts."),
                _ => new CommandFailedException(ExitCode.Input, "This is no backup that this version of Baton reads."),
            };
        }

        return new PortableFileContent(
            $"Baton's sealed backup of {backup.Organization}",
            [.. backup.Groups.SelectMany(group => group.Entries.Select(entry =>
                entry.Entry.ToPortable(group.Name, [.. (entry.Files ?? []).Select(file => new PortableFile(file.Name, file.Data))])))],
            []);
    }

    private static BackupEntry EntryOf(PortableEntry entry) => new(
        entry.ToVault([]), entry.Files?.Select(file => new BackupFile(file.Name, file.Bytes.Length, SHA256.HashData(file.Bytes), file.Bytes)).ToList());

    private static PortableEntry Inner(PortableEntry entry) => entry with { Folder = [.. (entry.Folder ?? []).Skip(1)] };
}
