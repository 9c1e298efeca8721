using Baton.Client.Sealing;

namespace Baton.Cli.Import;

/// <summary>An entry on its way into the vault or out of it: what spec/vault.md §2 says of one, with the bytes of its files. What is empty is absent.</summary>
/// <param name="Folder">The path from the outermost group or folder on.</param>
/// <param name="Old">Earlier passwords, newest first.</param>
/// <param name="Created">Unix milliseconds, like every time here.</param>
internal sealed record PortableEntry(
    string Type, string Title, string? Url = null, string? Username = null, string? Password = null, string? Totp = null, string? Notes = null,
    IReadOnlyList<EntryField>? Fields = null, IReadOnlyList<PortableFile>? Files = null, IReadOnlyList<string>? Folder = null,
    IReadOnlyList<string>? Tags = null, bool Favourite = false, IReadOnlyList<PortableOldPassword>? Old = null,
    long? Created = null, long? Changed = null, long? PasswordChanged = null, long? Expires = null, long? RotateBy = null)
{
    /// <summary>An entry of a handover, without its files.</summary>
    public static PortableEntry Of(Entry entry) => new(entry.Type, entry.Title, entry.Url, entry.Username, entry.Password, entry.Totp, entry.Notes, entry.Fields);

    /// <summary>As an item of a handover, with a fresh salt: the files go beside it. A handover knows no dates (spec/handover.md §2).</summary>
    public Entry ToEntry() => new(
        Type, Title, Commitment.NewSalt(), Url, Username, Password, Totp, Notes, Fields?.Select(field => field.Kind == "date" ? field with { Kind = "text" } : field).ToList());
}

internal sealed record PortableFile(string Name, byte[] Bytes);

/// <param name="Changed">When it was replaced.</param>
internal sealed record PortableOldPassword(string Password, long? Changed);

/// <summary>What a file of another program holds.</summary>
/// <param name="Format">The format's name, for people.</param>
/// <param name="Lost">What of it has no place here, a phrase each.</param>
internal sealed record PortableFileContent(string Format, IReadOnlyList<PortableEntry> Entries, IReadOnlyList<string> Lost);

/// <summary>A group of entries, whose folders begin with its name.</summary>
internal sealed record PortableGroup(string Name, string Icon, string Colour, IReadOnlyList<PortableEntry> Entries);
