using System.Globalization;
using Baton.Client.Sealing;

namespace Baton.Cli.Vault;

/// <summary>What ls is asked for. Words are found in everything that isn't secret.</summary>
internal sealed record Search(IReadOnlyList<string> Words, string? Folder, string? Tag, string? Type, bool Binned)
{
    private const CompareOptions Loose = CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace;

    public bool Takes(Item item) =>
        item.IsBinned == Binned
        && (Folder is null || item.Folder.Equals(Folder, StringComparison.OrdinalIgnoreCase) || item.Folder.StartsWith(Folder + "/", StringComparison.OrdinalIgnoreCase))
        && (Tag is null || item.Entry.Tags?.Contains(Tag, StringComparer.OrdinalIgnoreCase) == true)
        && (Type is null || item.Entry.Type == Type)
        && Words.All(word => TextsOf(item).Any(text => Holds(text, word)));

    // Without case and accents: "zolw" finds "Żółw", but for ł, which is a letter of its own.
    private static bool Holds(string? text, string word) => text is not null && CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, word, Loose) >= 0;

    private static IEnumerable<string?> TextsOf(Item item) =>
    [
        item.Entry.Title, item.Entry.Username, item.Entry.Url, item.Entry.Notes, item.Folder, item.Shelf.Name, .. item.Entry.Tags ?? [],
        .. (item.Entry.Fields ?? []).Where(field => !IsSecret(field)).SelectMany(field => (string[])[field.Name, field.Value]),
        .. (item.Entry.Files ?? []).Select(file => file.Name),
    ];

    public static bool IsSecret(EntryField field) => field.Kind is "hidden" or "key";
}
