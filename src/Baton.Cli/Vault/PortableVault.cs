using Baton.Cli.Import;
using Baton.Client.Sealing;
using Baton.Client.Vault;

namespace Baton.Cli.Vault;

/// <summary>Entries between the vault's form and the one that files of other programs come and go in.</summary>
internal static class PortableVault
{
    /// <summary>As the vault keeps it, within an entry's limits (spec/vault.md §2).</summary>
    /// <param name="files">Its files as they were uploaded.</param>
    public static VaultEntry ToVault(this PortableEntry entry, IReadOnlyList<VaultFile> files) => new(entry.Type, entry.Title)
    {
        Url = entry.Url, Username = entry.Username, Password = entry.Password, Totp = entry.Totp, Notes = entry.Notes,
        Fields = Some(entry.Fields?.Take(VaultEntry.MaxFields)),
        Files = Some(files),
        Folder = Some(FolderOf(entry.Folder)),
        Tags = Some(entry.Tags?.Take(VaultEntry.MaxTags)),
        Favourite = entry.Favourite ? true : null,
        Old = Some(entry.Old?.Take(VaultEntry.MaxOld).Select(old => new OldPassword(old.Password, old.Changed ?? entry.Changed ?? entry.Created ?? 0))),
        Created = Time(entry.Created), Changed = Time(entry.Changed), PasswordChanged = Time(entry.PasswordChanged), Expires = Time(entry.Expires), RotateBy = Time(entry.RotateBy),
    };

    /// <summary>As it leaves the vault.</summary>
    /// <param name="files">The bytes of its files.</param>
    public static PortableEntry ToPortable(this VaultEntry entry, string group, IReadOnlyList<PortableFile> files) => new(
        entry.Type, entry.Title, entry.Url, entry.Username, entry.Password, entry.Totp, entry.Notes, entry.Fields, files.Count == 0 ? null : files,
        [group, .. entry.Folder ?? []], entry.Tags, entry.Favourite == true, entry.Old?.Select(old => new PortableOldPassword(old.Password, old.Changed)).ToList(),
        entry.Created, entry.Changed, entry.PasswordChanged, entry.Expires, entry.RotateBy);

    /// <summary>As an item of a handover, with a fresh salt: the files go beside it. A handover knows no dates (spec/handover.md §2).</summary>
    public static Entry ToItem(this VaultEntry entry) => entry.ToPortable("", []).ToEntry();

    // Folders that lie deeper than the vault has them share the name of the last.
    private static IEnumerable<string>? FolderOf(IReadOnlyList<string>? folder) => folder?.Count > VaultEntry.MaxFolders
        ? [.. folder.Take(VaultEntry.MaxFolders - 1), string.Join(" / ", folder.Skip(VaultEntry.MaxFolders - 1))]
        : folder;

    private static long? Time(long? time) => time is >= 0 and < 1L << 53 ? time : null;

    private static List<T>? Some<T>(IEnumerable<T>? list) => list?.ToList() is { Count: > 0 } some ? some : null;
}
