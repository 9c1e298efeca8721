using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Client.Sealing;

namespace Baton.Cli.Import;

/// <summary>An entry as `baton open` writes it and `baton hand-over` reads it: no salt, what is empty is absent.</summary>
internal sealed record PlainEntry(
    string? Type = null, string? Title = null, string? Url = null, string? Username = null, string? Password = null, string? Totp = null,
    string? Notes = null, IReadOnlyList<PlainField>? Fields = null)
{
    public static PlainEntry Of(Entry entry) => new(
        entry.Type, entry.Title, entry.Url, entry.Username, entry.Password, entry.Totp, entry.Notes,
        entry.Fields?.Select(field => new PlainField(field.Name, field.Value, field.Kind)).ToList());

    public Entry ToEntry() => new(
        Type ?? "login", Title ?? "", Commitment.NewSalt(), Empty(Url), Empty(Username), Empty(Password),
        Empty(Totp) is { } seed ? Import.Totp.Normalize(seed, Title ?? "") ?? throw new JsonException("totp is no otpauth://totp/ address.") : null,
        Empty(Notes), Fields is { Count: > 0 } ? [.. Fields.Select(field => new EntryField(field.Name, field.Value, field.Kind ?? "text"))] : null);

    private static string? Empty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

internal sealed record PlainField(string Name, string Value, string? Kind = null);

/// <summary>Reads `{"entries":[…]}` or an array of entries.</summary>
internal static class EntriesJson
{
    /// <exception cref="CommandFailedException">It is no such JSON.</exception>
    public static IReadOnlyList<Entry> Read(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var list = json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.GetProperty("entries") : json.RootElement;
            return [.. list.Deserialize(CliJson.Shared.IReadOnlyListPlainEntry)!.Select(entry => entry.ToEntry())];
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or NullReferenceException)
        {
            throw new CommandFailedException(
                ExitCode.Input, $"The JSON holds no entries: {fault.Message}", """It should be something like: {"entries":[{"title":"Panel","username":"ewa","password":"…"}]}""");
        }
    }
}

[JsonSourceGenerationOptions]
[JsonSerializable(typeof(IReadOnlyList<PlainEntry>))]
[JsonSerializable(typeof(SessionFile))]
[JsonSerializable(typeof(ImportJournal))]
[JsonSerializable(typeof(IReadOnlyList<Vault.ItemShown>))]
[JsonSerializable(typeof(Vault.ItemShown))]
[JsonSerializable(typeof(IReadOnlyList<Vault.GroupShown>))]
[JsonSerializable(typeof(Vault.GroupShown))]
[JsonSerializable(typeof(Vault.ImportPreview))]
[JsonSerializable(typeof(Vault.Imported))]
[JsonSerializable(typeof(Vault.Exported))]
[JsonSerializable(typeof(Evidence.VerifiedShown))]
[JsonSerializable(typeof(SeenFile))]
[JsonSerializable(typeof(Output.Failure))]
[JsonSerializable(typeof(Output.Opened))]
[JsonSerializable(typeof(Output.HandedOver))]
[JsonSerializable(typeof(Output.SignedIn))]
[JsonSerializable(typeof(Output.NewOwnerShown))]
[JsonSerializable(typeof(IReadOnlyList<Output.HistoryRow>))]
[JsonSerializable(typeof(Output.HistoryRow))]
[JsonSerializable(typeof(Output.Story))]
internal sealed partial class CliJson : JsonSerializerContext
{
    public static CliJson Shared { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    });
}
