using System.Globalization;
using System.Text.Json;
using Baton.Client.Sealing;

namespace Baton.Cli.Import.OnePassword;

/// <summary>
/// 1Password's export: the JSON <c>export.data</c> of a 1pux archive, with the files beside it.
/// https://support.1password.com/1pux-format/
/// </summary>
internal static class OnePux
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["002"] = "card", ["003"] = "note", ["004"] = "note", ["006"] = "note", ["100"] = "note", ["101"] = "note", ["102"] = "database", ["103"] = "note",
        ["104"] = "note", ["105"] = "note", ["106"] = "note", ["107"] = "note", ["108"] = "note", ["109"] = "wifi", ["110"] = "server", ["111"] = "mailbox",
    };

    /// <param name="fileOf">The bytes of a document by its id and name; null where the archive lacks it.</param>
    public static PortableFileContent Read(JsonElement json, Func<string, string, byte[]?> fileOf)
    {
        var (entries, missing, passkeys) = (new List<PortableEntry>(), 0, 0);
        foreach (var vault in json.Items("accounts").SelectMany(account => account.Items("vaults")))
        {
            var folder = vault.Text("attrs", "name");
            foreach (var item in vault.Items("items").Select(item => item.At("item") is { ValueKind: JsonValueKind.Object } inner ? inner : item))
            {
                passkeys += item.At("details", "passkey").ValueKind == JsonValueKind.Object ? 1 : 0;
                entries.Add(EntryOf(item, folder is null ? null : [folder.ReplaceLineEndings(" ")], fileOf, ref missing));
            }
        }

        string Number(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}");
        return new PortableFileContent(
            "1Password (1pux)", entries, [.. missing == 0 ? (string[])[] : [Number(missing, "files that the archive lacks")], .. passkeys == 0 ? (string[])[] : [Number(passkeys, "items' passkeys")]]);
    }

    private static PortableEntry EntryOf(JsonElement item, IReadOnlyList<string>? folder, Func<string, string, byte[]?> fileOf, ref int missing)
    {
        var (details, overview) = (item.At("details"), item.At("overview"));
        var urls = new[] { overview.Text("url") }.Concat(overview.Items("urls").Select(url => url.Text("url"))).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var designated = details.Items("loginFields").Where(field => field.Text("designation") is not null)
            .DistinctBy(field => field.Text("designation"), StringComparer.Ordinal).ToDictionary(field => field.Text("designation")!, field => field.Text("value"), StringComparer.Ordinal);
        var title = (overview.Text("title") ?? EntryType.HostOf(urls.FirstOrDefault()) ?? "").ReplaceLineEndings(" ");
        var taken = new OnePuxFields(title);
        foreach (var field in details.Items("sections").SelectMany(section => section.Items("fields")))
        {
            taken.Take(field);
        }

        foreach (var field in details.Items("loginFields").Where(field => field.Text("designation") is null && field.Text("fieldType") is "P" or "T" or "E"))
        {
            taken.Add(field.Text("name") ?? "", field.Text("value"), field.Text("fieldType") == "P");
        }

        var files = new List<PortableFile>();
        foreach (var (id, name) in taken.Documents.Append((details.Text("documentAttributes", "documentId") ?? "", details.Text("documentAttributes", "fileName") ?? "file")))
        {
            if (id.Length > 0 && fileOf(id, name) is { } bytes)
            {
                files.Add(new PortableFile(name, bytes));
            }
            else
            {
                missing += id.Length > 0 ? 1 : 0;
            }
        }

        var password = designated.GetValueOrDefault("password") ?? details.Text("password") ?? taken.Password;
        var username = designated.GetValueOrDefault("username") ?? taken.Username;
        var url = urls.FirstOrDefault() ?? taken.Url;
        for (var i = 1; i < urls.Count; i++)
        {
            taken.Add(string.Create(CultureInfo.InvariantCulture, $"URL {i + 1}"), urls[i], false);
        }

        var tags = overview.Items("tags").Select(tag => tag.GetString() ?? "").Where(tag => tag.Length > 0)
            .Concat(item.Text("state") == "archived" ? ["archived"] : (string[])[]).Distinct(StringComparer.Ordinal).ToList();
        var old = details.Items("passwordHistory").Where(past => past.Text("value") is not null)
            .Select(past => new PortableOldPassword(past.Text("value")!, past.Seconds("time"))).OrderByDescending(past => past.Changed ?? 0).Take(50).ToList();
        return new PortableEntry(
            Types.GetValueOrDefault(item.Text("categoryUuid") ?? "") ?? EntryType.Of(url, true), title, url, username, password, taken.Totp, details.Text("notesPlain"),
            taken.Fields.Count == 0 ? null : taken.Fields, files.Count == 0 ? null : files, folder, tags.Count == 0 ? null : tags,
            item.Number("favIndex") > 0, old.Count == 0 ? null : old, item.Seconds("createdAt"), item.Seconds("updatedAt"),
            password is null ? null : old.FirstOrDefault()?.Changed ?? item.Seconds("createdAt"));
    }
}
