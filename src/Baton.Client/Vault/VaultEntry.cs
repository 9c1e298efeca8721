using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Client.Sealing;
using Baton.Protocol;

namespace Baton.Client.Vault;

/// <summary>An entry of the vault; what is empty is null. Times are Unix milliseconds by the client's clock. spec/vault.md §2.</summary>
/// <param name="Type">login, server, database, mailbox, domain, wifi, card or note; a reader shows another as login.</param>
public sealed record VaultEntry(string Type, string Title)
{
    /// <summary>Most fields, files, folders, tags and earlier passwords of an entry.</summary>
    public const int MaxFields = 500, MaxFiles = 100, MaxFolders = 32, MaxTags = 100, MaxOld = 50;

    /// <summary>The version of this text.</summary>
    [JsonRequired, JsonPropertyOrder(-1)]
    public int V { get; init; } = 1;

    public string? Url { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }

    /// <summary>An <c>otpauth://totp/</c> address.</summary>
    public string? Totp { get; init; }

    public string? Notes { get; init; }

    public IReadOnlyList<EntryField>? Fields { get; init; }

    public IReadOnlyList<VaultFile>? Files { get; init; }

    /// <summary>The path inside the group.</summary>
    public IReadOnlyList<string>? Folder { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public bool? Favourite { get; init; }

    /// <summary>Passwords from before an import, newest first.</summary>
    public IReadOnlyList<OldPassword>? Old { get; init; }

    public long? Created { get; init; }

    public long? Changed { get; init; }

    public long? PasswordChanged { get; init; }

    public long? Expires { get; init; }

    public long? RotateBy { get; init; }

    /// <summary>What a newer client wrote: kept, and written back.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }

    /// <summary>The text that is sealed.</summary>
    public byte[] ToText() => JsonSerializer.SerializeToUtf8Bytes(this, VaultJson.Shared.VaultEntry);

    /// <summary>Reads an entry; false for any text that is none of version 1.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out VaultEntry? entry)
    {
        try
        {
            using var json = JsonDocument.Parse(text.ToArray());
            entry = HasNull(json.RootElement) ? null : json.Deserialize(VaultJson.Shared.VaultEntry);
        }
        catch (JsonException)
        {
            entry = null;
        }

        entry = entry?.IsWhole() == true ? entry : null;
        return entry is not null;
    }

    // What is empty is absent: a null that is written out is neither.
    private static bool HasNull(JsonElement json) =>
        json.ValueKind != JsonValueKind.Object
        || VaultJson.Shared.VaultEntry.Properties.Any(member => json.TryGetProperty(member.Name, out var value) && value.ValueKind == JsonValueKind.Null);

    private bool IsWhole() =>
        V == 1
        && Is(Fields, MaxFields, field => AreTexts(field.Name, field.Value, field.Kind))
        && Is(Files, MaxFiles, file => AreTexts(file.Name) && IsWhole(file.Size) && file.Sha256.Length == SHA256.HashSizeInBytes && file.Key.Length == VaultFile.KeySize)
        && Is(Folder, MaxFolders, name => name.Length > 0 && AreTexts(name))
        && Is(Tags, MaxTags, name => name.Length > 0 && AreTexts(name))
        && Is(Old, MaxOld, old => AreTexts(old.Password) && IsWhole(old.Changed))
        && AreTexts(Type, Title, Url, Username, Password, Totp, Notes)
        && new[] { Created, Changed, PasswordChanged, Expires, RotateBy }.All(time => time is null || IsWhole(time.Value));

    // An element of a list may be null all the same: the serializer keeps only the nullability of members.
    private static bool Is<T>(IReadOnlyList<T>? list, int most, Func<T, bool> check)
        where T : class =>
        list is null || (list.Count > 0 && list.Count <= most && list.All(element => element is not null && check(element)));

    private static bool AreTexts(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            if (text?.Contains('\0', StringComparison.Ordinal) == true)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A whole number that both implementations hold exactly.</summary>
    private static bool IsWhole(long number) => number is >= 0 and < 1L << 53;
}

/// <summary>An attachment.</summary>
/// <param name="Size">Bytes of plaintext.</param>
public sealed record VaultFile(Id Id, string Name, long Size, byte[] Sha256, byte[] Key)
{
    /// <summary>Bytes in its key.</summary>
    public const int KeySize = 32;
}

/// <param name="Changed">When it was replaced.</param>
public sealed record OldPassword(string Password, long Changed);
