using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Protocol.Wire;

namespace Baton.Protocol.Ledger;

// The entries that clients read. spec/ledger.md §1. Their exact text is what counts: it is hashed as it came, never written again.

/// <summary>The handover became waiting.</summary>
/// <param name="Life">Seconds, as the sender signed them.</param>
/// <param name="Expires">Unix milliseconds by the server's clock.</param>
/// <param name="Sealed">SHA-256 of the sealed content.</param>
/// <param name="Card">SHA-256 of the sender's card.</param>
public sealed record CreatedEntry(
    int V, string Kind, Id Org, Id Handover, long Time, Id Member, Id Group, uint Life, long Expires, byte Flags, string Channel, int Files,
    byte[] Sealed, byte[] DisplayedTag, byte[] Recipient, IReadOnlyList<byte[]> Items, byte[] Card, byte[] Signature)
{
    /// <summary>The signed commitments.</summary>
    public HandoverCommitments Commitments() => new(Recipient, Items);

    /// <summary>Reads a created entry; false for any other text.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out CreatedEntry? entry) =>
        EntryText.TryRead(text, LedgerJson.Default.CreatedEntry, out entry)
        && entry is { V: 1, Kind: "created" }
        && EntryText.AreHashes([entry.Sealed, entry.DisplayedTag, entry.Recipient, entry.Card, .. entry.Items]);
}

/// <summary>A reader opened the handover.</summary>
public sealed record ClaimedEntry(int V, string Kind, Id Org, Id Handover, long Time, byte[] ReaderKey)
{
    /// <summary>Reads a claimed entry; false for any other text.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ClaimedEntry? entry) =>
        EntryText.TryRead(text, LedgerJson.Default.ClaimedEntry, out entry) && entry is { V: 1, Kind: "claimed" };
}

/// <summary>The reader confirmed item by item.</summary>
/// <param name="Statement">The exact text that was signed.</param>
/// <param name="Reply">SHA-256 of the reply.</param>
public sealed record ConfirmedEntry(int V, string Kind, Id Org, Id Handover, long Time, uint Seq, string Statement, byte[] Reply, byte[] Signature)
{
    /// <summary>Reads a confirmed entry; false for any other text.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ConfirmedEntry? entry) =>
        EntryText.TryRead(text, LedgerJson.Default.ConfirmedEntry, out entry)
        && entry is { V: 1, Kind: "confirmed" }
        && EntryText.AreHashes([entry.Reply]);
}

/// <summary>What a time line needs of any entry.</summary>
public sealed record EntryHead(int V, string Kind, long Time, string Actor, Id? Member = null, int? Left = null, long? Expires = null)
{
    /// <summary>Reads the head of any entry.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out EntryHead? entry) =>
        EntryText.TryRead(text, LedgerJson.Default.EntryHead, out entry) && entry.V == 1;
}

/// <summary>An entry's members beyond those read here are skipped: a newer server may add some, and the text stays what it is.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false, Converters = [typeof(BytesJsonConverter)])]
[JsonSerializable(typeof(CreatedEntry))]
[JsonSerializable(typeof(ClaimedEntry))]
[JsonSerializable(typeof(ConfirmedEntry))]
[JsonSerializable(typeof(EntryHead))]
internal sealed partial class LedgerJson : JsonSerializerContext;

internal static class EntryText
{
    public static bool TryRead<T>(string text, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, [NotNullWhen(true)] out T? entry)
        where T : class
    {
        try
        {
            entry = JsonSerializer.Deserialize(text, type);
        }
        catch (JsonException)
        {
            entry = null;
        }

        return entry is not null;
    }

    // An element of a list may still be null: the serializer keeps only the nullability of members.
    public static bool AreHashes(IEnumerable<byte[]?> hashes) => hashes.All(hash => hash?.Length == SHA256.HashSizeInBytes);
}
