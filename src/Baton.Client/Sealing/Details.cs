using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using Baton.Protocol;
using Baton.Protocol.Encoding;

namespace Baton.Client.Sealing;

/// <summary>What the sender's organization keeps of a handover, sealed under the group's history key: no secret is in it. spec/handover.md §7.</summary>
public sealed record Details(
    int V, string Title, string Recipient, byte[] RecipientSalt, IReadOnlyList<DetailsItem> Items, byte[] ReplyKey, IReadOnlyList<string>? Files = null)
{
    /// <summary>The details of this content.</summary>
    /// <param name="sources">Where in the vault each entry came from.</param>
    public static Details Of(Content content, string title, byte[] replyKey, IReadOnlyList<EntrySource?>? sources = null) => new(
        1, title, content.Recipient, content.RecipientSalt,
        [.. content.Entries.Select((entry, i) => new DetailsItem(entry.Type, entry.Title, entry.Salt, entry.Username, entry.Url, sources?[i]?.Entry, sources?[i]?.Revision))],
        replyKey, content.Files?.Select(file => file.Name).ToList());

    /// <summary>Seals them for this place.</summary>
    public byte[] Close(byte[] historyKey, DetailsPlace place) =>
        Seal.Close(historyKey, SealPurpose.Details, place.ToBytes(), JsonSerializer.SerializeToUtf8Bytes(this, ContentJson.Shared.Details));

    /// <summary>Opens sealed details; false whatever the reason.</summary>
    public static bool TryOpen(byte[] historyKey, DetailsPlace place, byte[] sealedDetails, [NotNullWhen(true)] out Details? details)
    {
        details = null;
        if (!Seal.TryOpen(historyKey, SealPurpose.Details, place.ToBytes(), sealedDetails, out var text))
        {
            return false;
        }

        try
        {
            details = JsonSerializer.Deserialize(text, ContentJson.Shared.Details);
        }
        catch (JsonException)
        {
            // Stays null: sealed by a member, but no details.
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
        }

        return details is { V: 1 };
    }
}

/// <summary>One item, without its secrets.</summary>
/// <param name="Entry">The vault's entry that it was taken from, as it was at <paramref name="Revision"/>.</param>
public sealed record DetailsItem(string Type, string Title, byte[] Salt, string? Username = null, string? Url = null, Id? Entry = null, long? Revision = null);

/// <summary>Where details lie: they open there only.</summary>
public readonly record struct DetailsPlace(Id Organization, Id Group, int GroupVersion, Id Handover)
{
    internal byte[] ToBytes() => Fields.Join(Organization.ToBytes(), Group.ToBytes(), Fields.Number((uint)GroupVersion), Handover.ToBytes());
}

/// <summary>An entry of the vault as it was at one revision.</summary>
public sealed record EntrySource(Id Entry, long Revision);
