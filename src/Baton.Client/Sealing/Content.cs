using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using Baton.Protocol;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;

namespace Baton.Client.Sealing;

/// <summary>Everything the recipient gets, but the bytes of the files. spec/handover.md §2.</summary>
/// <param name="LedgerKey">The ledger's verifying key as the sender knew it.</param>
/// <param name="Recipient">As typed, may be empty.</param>
/// <param name="Message">Absent when empty.</param>
/// <param name="Files">Absent without files.</param>
public sealed record Content(
    int V, Id Handover, string Origin, string LedgerKey, OrganizationName Organization, ContentSender Sender,
    string Recipient, byte[] RecipientSalt, string Language, IReadOnlyList<Entry> Entries, string? Message = null, IReadOnlyList<ContentFile>? Files = null)
{
    /// <summary>Most entries in one handover.</summary>
    public const int MaxEntries = 500;

    /// <summary>Most files in one handover.</summary>
    public const int MaxFiles = 100;

    /// <summary>Most fields of one entry.</summary>
    public const int MaxFields = 500;

    /// <summary>The text that is sealed.</summary>
    public byte[] ToText() => JsonSerializer.SerializeToUtf8Bytes(this, ContentJson.Shared.Content);

    /// <summary>Reads a content; false for anything that is not a whole one. Members it does not know are skipped.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out Content? content)
    {
        try
        {
            content = JsonSerializer.Deserialize(text, ContentJson.Shared.Content);
        }
        catch (JsonException)
        {
            content = null;
        }

        if (content is not null && content.IsWhole())
        {
            return true;
        }

        content = null;
        return false;
    }

    private bool IsWhole() =>
        V == 1
        && Entries.Count is > 0 and <= MaxEntries
        && Files?.Count is null or (> 0 and <= MaxFiles)
        && RecipientSalt.Length == Commitment.SaltSize
        && Entries.All(entry => entry?.Salt.Length == Commitment.SaltSize
            && entry.Fields?.Count is null or (> 0 and <= MaxFields)
            && (entry.Fields ?? []).All(field => field is not null)
            && entry.Files?.Count is null or (> 0 and <= MaxFiles)
            && (entry.Files ?? []).All(index => index >= 0 && index < (Files?.Count ?? 0)))
        && (Files ?? []).All(file => file?.Size >= 0 && file.Sha256.Length == SHA256.HashSizeInBytes)
        && !Texts().Any(text => text is not null && text.Contains('\0', StringComparison.Ordinal));

    private IEnumerable<string?> Texts() =>
    [
        Origin, LedgerKey, Organization.Name, Sender.Name, Recipient, Language, Message,
        .. Entries.SelectMany(entry => entry.Texts()),
        .. (Files ?? []).Select(file => file.Name),
    ];
}

/// <summary>Who hands over, with the card that the signature is checked with.</summary>
public sealed record ContentSender(string Name, byte[] Card, byte[] CardSignature);

/// <summary>One login or secret; what is empty is absent.</summary>
/// <param name="Type">login, server, database, mailbox, domain, wifi, card or note; a reader shows another as login.</param>
/// <param name="Totp">An <c>otpauth://totp/</c> address.</param>
/// <param name="Files">Indices into the content's files.</param>
public sealed record Entry(
    string Type, string Title, byte[] Salt, string? Url = null, string? Username = null, string? Password = null, string? Totp = null,
    string? Notes = null, IReadOnlyList<EntryField>? Fields = null, IReadOnlyList<int>? Files = null)
{
    internal IEnumerable<string?> Texts() =>
        [Type, Title, Url, Username, Password, Totp, Notes, .. (Fields ?? []).SelectMany(field => (string[])[field.Name, field.Value, field.Kind])];
}

/// <summary>A field of the sender's own.</summary>
/// <param name="Kind">text, hidden, link or key.</param>
public sealed record EntryField(string Name, string Value, string Kind);

/// <summary>A file behind the same link.</summary>
public sealed record ContentFile(string Name, long Size, byte[] Sha256);
