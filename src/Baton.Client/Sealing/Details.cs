using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Baton.Protocol;
using Baton.Protocol.Encoding;

namespace Baton.Client.Sealing;

/// <summary>What the sender's organization keeps of the things handed over, sealed under the group's history key: no secret is in it. spec/handover.md §7.</summary>
public sealed record Details(int V, string Title, IReadOnlyList<DetailsItem> Items, IReadOnlyList<string>? Files = null)
{
    /// <summary>The details of this content.</summary>
    /// <param name="sources">Where in the vault each entry came from.</param>
    public static Details Of(Content content, string title, IReadOnlyList<EntrySource?>? sources = null) => new(
        1, title,
        [.. content.Entries.Select((entry, i) => new DetailsItem(entry.Type, entry.Title, entry.Salt, entry.Username, entry.Url, sources?[i]?.Entry, sources?[i]?.Revision))],
        content.Files?.Select(file => file.Name).ToList());

    /// <summary>Seals them for this place.</summary>
    public byte[] Close(byte[] historyKey, DetailsPlace place) => place.Close(historyKey, SealPurpose.Details, this, ContentJson.Shared.Details);

    /// <summary>Opens sealed details; false whatever the reason.</summary>
    public static bool TryOpen(byte[] historyKey, DetailsPlace place, byte[] sealedDetails, [NotNullWhen(true)] out Details? details) =>
        place.TryOpen(historyKey, SealPurpose.Details, sealedDetails, ContentJson.Shared.Details, out details) && details.V == 1;
}

/// <summary>One item, without its secrets.</summary>
/// <param name="Entry">The vault's entry that it was taken from, as it was at <paramref name="Revision"/>.</param>
public sealed record DetailsItem(string Type, string Title, byte[] Salt, string? Username = null, string? Url = null, Id? Entry = null, long? Revision = null);

/// <summary>What it keeps of the recipient: sealed apart, so that it can be purged alone. spec/ledger.md §8.</summary>
/// <param name="ReplyKey">Opens what the recipient replies.</param>
public sealed record Personal(int V, string Recipient, byte[] RecipientSalt, byte[] ReplyKey)
{
    /// <summary>The personal part of this content.</summary>
    public static Personal Of(Content content, byte[] replyKey) => new(1, content.Recipient, content.RecipientSalt, replyKey);

    /// <summary>Seals it for this place.</summary>
    public byte[] Close(byte[] historyKey, DetailsPlace place) => place.Close(historyKey, SealPurpose.Personal, this, ContentJson.Shared.Personal);

    /// <summary>Opens a sealed personal part; false whatever the reason.</summary>
    public static bool TryOpen(byte[] historyKey, DetailsPlace place, byte[] sealedPersonal, [NotNullWhen(true)] out Personal? personal) =>
        place.TryOpen(historyKey, SealPurpose.Personal, sealedPersonal, ContentJson.Shared.Personal, out personal) && personal.V == 1;
}

/// <summary>Where details and personal lie: they open there only.</summary>
public readonly record struct DetailsPlace(Id Organization, Id Group, int GroupVersion, Id Handover)
{
    internal byte[] ToBytes() => Fields.Join(Organization.ToBytes(), Group.ToBytes(), Fields.Number((uint)GroupVersion), Handover.ToBytes());

    internal byte[] Close<T>(byte[] historyKey, string purpose, T what, JsonTypeInfo<T> type)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(what, type);
        var closed = Seal.Close(historyKey, purpose, ToBytes(), text);
        CryptographicOperations.ZeroMemory(text);
        return closed;
    }

    internal bool TryOpen<T>(byte[] historyKey, string purpose, byte[] closed, JsonTypeInfo<T> type, [NotNullWhen(true)] out T? what)
        where T : class
    {
        what = null;
        if (!Seal.TryOpen(historyKey, purpose, ToBytes(), closed, out var text))
        {
            return false;
        }

        try
        {
            what = JsonSerializer.Deserialize(text, type);
        }
        catch (JsonException)
        {
            // Stays null: sealed by a member, but not what it should be.
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
        }

        return what is not null;
    }
}

/// <summary>An entry of the vault as it was at one revision.</summary>
public sealed record EntrySource(Id Entry, long Revision);
