using System.Globalization;
using System.Text.Json;
using Baton.Client.Sealing;

namespace Baton.Cli.Import.OnePassword;

/// <summary>The fields in the sections of a 1Password item: a value has one member, named after its kind.</summary>
internal sealed class OnePuxFields(string title)
{
    private readonly List<EntryField> fields = [];
    private readonly List<(string Id, string Name)> documents = [];

    public IReadOnlyList<EntryField> Fields => fields;

    public IReadOnlyList<(string Id, string Name)> Documents => documents;

    /// <summary>Of categories without login fields: a server, a database, a mailbox.</summary>
    public string? Username { get; private set; }

    public string? Password { get; private set; }

    public string? Url { get; private set; }

    public string? Totp { get; private set; }

    public void Take(JsonElement field)
    {
        var (id, name, value) = (field.Text("id") ?? "", field.Text("title") ?? "", field.At("value"));
        if (value.ValueKind != JsonValueKind.Object || value.EnumerateObject().ToList() is not [var only, ..])
        {
            return;
        }

        switch (only.Name)
        {
            case "totp" when Totp is null && value.Text("totp") is { } seed && Import.Totp.Normalize(seed, title) is { } totp:
                Totp = totp;
                break;
            case "file":
                documents.Add((value.Text("file", "documentId") ?? "", value.Text("file", "fileName") ?? "file"));
                break;
            case "concealed" when id is "password" or "wireless_password" or "pop_password" && Password is null:
                Password = value.Text("concealed");
                break;
            case "string" when id is "username" or "pop_username" && Username is null:
                Username = value.Text("string");
                break;
            case "url" or "string" when id is "url" or "hostname" && Url is null:
                Url = value.Text(only.Name);
                break;
            default:
                Add(name, TextOf(only), only.Name is "concealed" or "creditCardNumber" or "sshKey" or "totp");
                break;
        }
    }

    public void Add(string name, string? value, bool hidden)
    {
        if (value is not null)
        {
            fields.Add(new EntryField(name, value, EntryType.KindOf(value, hidden)));
        }
    }

    private static string? TextOf(JsonProperty value) => value.Name switch
    {
        "date" => value.Value.ValueKind == JsonValueKind.Number && value.Value.TryGetInt64(out var seconds) && Math.Abs(seconds) < 100_000_000_000
            ? DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : null,
        "email" => value.Value.Text("email_address") ?? TextOf(value.Value),
        "sshKey" => value.Value.Text("privateKey"),
        _ => TextOf(value.Value),
    };

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => EntryType.Some(value.GetString()),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.Object => EntryType.Some(string.Join(", ", value.EnumerateObject().Select(member => TextOf(member.Value)).OfType<string>())),
        _ => null,
    };
}
