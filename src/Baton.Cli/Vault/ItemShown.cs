using Baton.Cli.Output;
using Baton.Client.Sealing;

namespace Baton.Cli.Vault;

/// <summary>An entry as --json writes it; secrets are there with --reveal only.</summary>
internal sealed record ItemShown(
    string Entry, string Group, string GroupName, string? Folder, string Type, string Title, string? Url, string? Username, string? Password, string? Totp, string? Notes,
    IReadOnlyList<FieldShown>? Fields, IReadOnlyList<FileShown>? Files, IReadOnlyList<string>? Tags, bool? Favourite,
    long Revision, long? Changed, long? PasswordChanged, long? Expires, long? RotateBy, long? BinnedAt)
{
    public static ItemShown Of(Item item, bool reveal)
    {
        var entry = item.Entry;
        return new ItemShown(
            item.Id.ToString(), item.Shelf.Id.ToString(), item.Shelf.Name, item.Folder.Length == 0 ? null : item.Folder, entry.Type, entry.Title, entry.Url, entry.Username,
            reveal ? entry.Password : null, reveal ? entry.Totp : null, entry.Notes,
            entry.Fields?.Select(field => new FieldShown(field.Name, reveal || !Search.IsSecret(field) ? field.Value : null, field.Kind)).ToList(),
            entry.Files?.Select(file => new FileShown(file.Name, file.Size)).ToList(), entry.Tags, entry.Favourite == true ? true : null,
            item.Revision, entry.Changed, entry.PasswordChanged, entry.Expires, entry.RotateBy, item.BinnedAt);
    }
}

internal sealed record FieldShown(string Name, string? Value, string Kind);

internal sealed record FileShown(string Name, long Size);

/// <summary>An entry for a person; secrets are dots unless they are to be revealed.</summary>
internal static class ItemText
{
    private const string Hidden = "••••••••";

    public static void Write(Item item, bool reveal)
    {
        var entry = item.Entry;
        Terminal.Write(Safe.Line($"{entry.Title} ({entry.Type})"));
        Field("in", item.Place);
        Field("url", entry.Url);
        Field("username", entry.Username);
        Field("password", entry.Password, !reveal);
        Field("totp", entry.Totp, !reveal);
        foreach (var field in entry.Fields ?? [])
        {
            Field(field.Name, field.Value, !reveal && Search.IsSecret(field));
        }

        foreach (var file in entry.Files ?? [])
        {
            Field("file", $"{file.Name} ({file.Size} bytes)");
        }

        Field("tags", string.Join(", ", entry.Tags ?? []));
        Field("expires", entry.Expires is { } expires ? Times.Local(expires) : null);
        Field("rotate by", entry.RotateBy is { } rotateBy ? Times.Local(rotateBy) : null);
        Field("changed", entry.Changed is { } changed ? Times.Local(changed) : null);
        Field("notes", entry.Notes);
    }

    private static void Field(string name, string? value, bool hidden = false) => ContentText.Field(name, hidden && !string.IsNullOrEmpty(value) ? Hidden : value);
}
