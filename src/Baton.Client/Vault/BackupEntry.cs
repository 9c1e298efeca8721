using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Baton.Client.Vault;

/// <summary>An entry in a backup: the vault's text, with each file's bytes in place of its id and key. spec/vault.md §6.</summary>
/// <param name="Entry">Without files.</param>
[JsonConverter(typeof(BackupEntryConverter))]
public sealed record BackupEntry(VaultEntry Entry, IReadOnlyList<BackupFile>? Files = null);

/// <summary>A file of an entry with its bytes.</summary>
public sealed record BackupFile(string Name, long Size, byte[] Sha256, byte[] Data)
{
    internal bool IsWhole =>
        Data.Length == Size && Sha256.Length == SHA256.HashSizeInBytes && !Name.Contains('\0', StringComparison.Ordinal);
}

internal sealed class BackupEntryConverter : JsonConverter<BackupEntry>
{
    private const string FilesName = "files";

    public override BackupEntry Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (JsonNode.Parse(ref reader) is not JsonObject json)
        {
            throw new JsonException("An entry is an object.");
        }

        IReadOnlyList<BackupFile>? files = null;
        if (json.Remove(FilesName, out var sent))
        {
            files = sent.Deserialize(VaultJson.Shared.IReadOnlyListBackupFile) is { Count: > 0 and <= VaultEntry.MaxFiles } found && found.All(file => file?.IsWhole == true)
                ? found
                : throw new JsonException("These are no files.");
        }

        return VaultEntry.TryParse(JsonSerializer.SerializeToUtf8Bytes(json, VaultJson.Shared.JsonObject), out var entry)
            ? new BackupEntry(entry, files)
            : throw new JsonException("This is no entry.");
    }

    public override void Write(Utf8JsonWriter writer, BackupEntry value, JsonSerializerOptions options)
    {
        var json = JsonSerializer.SerializeToNode(value.Entry with { Files = null }, VaultJson.Shared.VaultEntry)!.AsObject();
        if (value.Files is { Count: > 0 })
        {
            json[FilesName] = JsonSerializer.SerializeToNode(value.Files, VaultJson.Shared.IReadOnlyListBackupFile);
        }

        json.WriteTo(writer);
    }
}
