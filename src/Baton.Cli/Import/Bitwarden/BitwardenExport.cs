using System.Globalization;
using System.Text.Json;
using Baton.Client.Sealing;

namespace Baton.Cli.Import.Bitwarden;

/// <summary>
/// Bitwarden's JSON export, plain or protected by a password, and its .zip with the attachments beside it.
/// https://bitwarden.com/help/condition-bitwarden-import/
/// </summary>
internal static class BitwardenExport
{
    private const int Login = 1;
    private const int Card = 3;
    private const int Identity = 4;
    private const int SshKey = 5;

    /// <summary>Whether a JSON text is one.</summary>
    public static bool Is(JsonElement json) => json.At("encrypted").ValueKind is JsonValueKind.True or JsonValueKind.False;

    /// <param name="password">Asked for only where the export has one.</param>
    /// <param name="filesOf">The attachments of an item, by its id.</param>
    public static PortableFileContent Read(JsonElement json, Func<string> password, Func<string, IReadOnlyList<PortableFile>>? filesOf = null)
    {
        if (!json.IsTrue("encrypted"))
        {
            return Read(json, filesOf, "Bitwarden");
        }

        if (!json.IsTrue("passwordProtected"))
        {
            throw new CommandFailedException(
                ExitCode.Input, "This Bitwarden export opens only inside the account that made it.", "Export it again as \"Password protected\", or unencrypted.");
        }

        try
        {
            using var opened = JsonDocument.Parse(BitwardenLock.Open(json, password()));
            return Read(opened.RootElement, filesOf, "Bitwarden (password-protected)");
        }
        catch (JsonException)
        {
            throw new CommandFailedException(ExitCode.Input, "The Bitwarden export is damaged: its content is no JSON.", "Export it again.");
        }
    }

    private static PortableFileContent Read(JsonElement json, Func<string, IReadOnlyList<PortableFile>>? filesOf, string format)
    {
        var folders = json.Items("folders").Concat(json.Items("collections"))
            .Where(folder => folder.Text("id") is not null)
            .DistinctBy(folder => folder.Text("id"), StringComparer.Ordinal)
            .ToDictionary(folder => folder.Text("id")!, folder => folder.Text("name") ?? "–", StringComparer.Ordinal);
        var (entries, binned, passkeys, collections) = (new List<PortableEntry>(), 0, 0, 0);
        foreach (var item in json.Items("items"))
        {
            if (item.Text("deletedDate") is not null)
            {
                binned++;
                continue;
            }

            passkeys += item.Items("login", "fido2Credentials").Any() ? 1 : 0;
            var homes = item.Items("collectionIds").Select(id => id.GetString() ?? "").Where(folders.ContainsKey).ToList();
            collections += homes.Count > 1 ? 1 : 0;
            var home = item.Text("folderId") is { } folder && folders.TryGetValue(folder, out var own) ? own : homes.Count > 0 ? folders[homes[0]] : null;
            entries.Add(EntryOf(item, home?.Split('/', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), filesOf?.Invoke(item.Text("id") ?? "")));
        }

        return new PortableFileContent(format, entries,
        [
            .. Told(binned, "items in the trash"), .. Told(passkeys, "items' passkeys"), .. Told(collections, "items are in several collections; each goes into the first"),
            .. filesOf is null ? ["attachments, if there were any: only Bitwarden's .zip export has them"] : (string[])[],
        ]);
    }

    private static PortableEntry EntryOf(JsonElement item, IReadOnlyList<string>? folder, IReadOnlyList<PortableFile>? files)
    {
        var kind = item.Number("type") ?? 0;
        var login = item.At("login");
        var uris = login.Items("uris").Select(uri => uri.Text("uri")).OfType<string>().ToList();
        var username = login.Text("username");
        var title = (item.Text("name") ?? EntryType.HostOf(uris.FirstOrDefault()) ?? username ?? "").ReplaceLineEndings(" ");
        var seed = login.Text("totp");
        var totp = seed is null ? null : Totp.Normalize(seed, title);
        List<EntryField> fields =
        [
            .. uris.Skip(1).Select((uri, i) => new EntryField(string.Create(CultureInfo.InvariantCulture, $"URL {i + 2}"), uri, "link")),
            .. seed is not null && totp is null ? [new EntryField("TOTP", seed, "hidden")] : (EntryField[])[],
            .. kind switch
            {
                Card => Members(item.At("card"), "number", "code"),
                Identity => Members(item.At("identity"), "ssn", "passportNumber", "licenseNumber"),
                SshKey => Members(item.At("sshKey"), "privateKey"),
                _ => [],
            },
            .. item.Items("fields").Select(FieldOf).OfType<EntryField>(),
        ];
        var old = item.Items("passwordHistory").Where(past => past.Text("password") is not null)
            .Select(past => new PortableOldPassword(past.Text("password")!, past.Time("lastUsedDate"))).Take(50).ToList();
        var password = login.Text("password");
        return new PortableEntry(
            kind switch { Card => "card", Login => EntryType.Of(uris.FirstOrDefault(), true), SshKey => "server", _ => "note" },
            title, uris.FirstOrDefault(), username, password, totp, item.Text("notes"),
            fields.Count == 0 ? null : fields, files is { Count: > 0 } ? files : null, folder is { Count: > 0 } ? folder : null, null,
            item.IsTrue("favorite"), old.Count == 0 ? null : old, item.Time("creationDate"), item.Time("revisionDate"),
            password is null ? null : login.Time("passwordRevisionDate") ?? item.Time("creationDate"));
    }

    private static EntryField? FieldOf(JsonElement field)
    {
        const int hidden = 1;
        const int linked = 3;
        var (name, kind) = (field.Text("name") ?? "", field.Number("type"));
        return kind == linked || field.Text("value") is not { } value ? null : new EntryField(name, value, EntryType.KindOf(value, kind == hidden));
    }

    // A card's or an identity's members under names that people read: cardholderName → Cardholder name.
    private static IEnumerable<EntryField> Members(JsonElement json, params string[] hidden) =>
        json.ValueKind != JsonValueKind.Object ? [] : json.EnumerateObject()
            .Select(member => (member.Name, Value: json.Text(member.Name)))
            .Where(member => member.Value is not null)
            .Select(member => new EntryField(Spaced(member.Name), member.Value!, EntryType.KindOf(member.Value!, hidden.Contains(member.Name, StringComparer.Ordinal))));

    private static string Spaced(string name)
    {
        var spaced = string.Concat(name.Select(character => char.IsUpper(character) ? " " + char.ToLowerInvariant(character) : character.ToString()));
        return char.ToUpperInvariant(spaced[0]) + spaced[1..];
    }

    private static IEnumerable<string> Told(int count, string what) => count == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{count} {what}")];
}
