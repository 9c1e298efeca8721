using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.RegularExpressions;
using Baton.Protocol.Encoding;
using Baton.Protocol.Signing;

namespace Baton.Protocol.Evidence;

/// <summary>
/// A ledger entry as far as a verifier takes it for what it says: its text is what is hashed, so two readers must read the same in it.
/// spec/ledger.md §1.
/// </summary>
public sealed partial class ReadEntry
{
    private const int TextMost = 64 << 10;
    private const long NumberMost = (1L << 53) - 1;

    private static readonly JsonDocumentOptions Reading = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>What each kind adds.</summary>
    private static readonly Dictionary<string, (string Name, Func<JsonElement, bool> Fits)[]> Kinds = new(StringComparer.Ordinal)
    {
        ["created"] =
        [
            ("member", IsId), ("group", IsId), ("life", IsLife), ("expires", IsTime), ("flags", UpTo(3)),
            ("channel", OneOf("phone", "sms", "messenger", "in-person", "post", "other", "none")), ("files", UpTo(100)), ("sealed", IsHash), ("displayedTag", IsHash),
            ("recipient", IsHash), ("items", AreHashes), ("card", IsHash), ("signature", IsSignature),
        ],
        ["claimed"] = [("readerKey", Bytes(PublicKey.Size)), ("address", IsHash)],
        ["displayed"] = [("proof", IsHash)],
        ["confirmed"] = [("seq", UpTo(100, 1)), ("statement", IsText), ("reply", IsHash), ("signature", IsSignature)],
        ["guess-failed"] = [("left", UpTo(10))],
        ["locked"] = [],
        ["expired"] = [],
        ["undisplayed"] = [],
        ["revoked"] = [],
        ["void"] = [],
        ["extended"] = [("life", IsLife), ("expires", IsTime)],
        ["re-issued"] = [("by", IsId)],
        ["follow-up"] = [("item", IsHash), ("step", OneOf("rotated", "access-removed")), ("done", IsFlag)],
        ["reported"] = [("reason", OneOf("not-me", "more")), ("address", IsHash)],
        ["erased"] = [("details", IsFlag)],
        ["log"] = [("origin", IsText), ("previous", IsText), ("reason", IsText)],
    };

    private readonly JsonElement members;

    private ReadEntry(JsonElement members, string kind)
    {
        this.members = members;
        Kind = kind;
    }

    /// <summary>A kind of spec/ledger.md §1: about a handover, or <c>log</c>.</summary>
    public string Kind { get; }

    /// <summary>Unix milliseconds by the server's clock.</summary>
    public long Time => Number("time");

    /// <summary>A member of the entry that its kind has.</summary>
    public string Text(string name) => members.GetProperty(name).GetString()!;

    /// <summary>As <see cref="Text"/>; empty where there is no such member.</summary>
    public byte[] Bytes(string name) => members.TryGetProperty(name, out var value) && TryBytes(value, out var bytes) ? bytes : [];

    /// <summary>As <see cref="Text"/>.</summary>
    public long Number(string name) => members.GetProperty(name).GetInt64();

    /// <summary>Reads an entry of this organization and, unless it opens a log, of this handover; false for any other text.</summary>
    public static bool TryParse(string text, Id organization, Id? handover, [NotNullWhen(true)] out ReadEntry? entry)
    {
        entry = null;
        if (System.Text.Encoding.UTF8.GetByteCount(text) > TextMost || !Plain().IsMatch(Strings().Replace(text, "\"\"")))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(text, Reading);
            var members = document.RootElement;
            if (members.TryGetProperty("kind", out var word) && word.ValueKind == JsonValueKind.String && word.GetString() is { } kind
                && Kinds.TryGetValue(kind, out var adds)
                && (kind == "log") == handover is null
                && Has(members, "v", UpTo(1, 1))
                && Has(members, "org", value => IsOf(value, organization))
                && (handover is { } about ? Has(members, "handover", value => IsOf(value, about)) : !members.TryGetProperty("handover", out _))
                && Has(members, "time", IsTime)
                && Has(members, "actor", OneOf("member", "recipient", "server"))
                && (members.GetProperty("actor").ValueEquals("member") ? Has(members, "member", IsId) : !members.TryGetProperty("member", out _))
                && Has(members, "nonce", IsId)
                && adds.All(add => Has(members, add.Name, add.Fits)))
            {
                entry = new ReadEntry(members.Clone(), kind);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            // No JSON, no object, or half a pair of surrogates.
        }

        return entry is not null;
    }

    private static bool Has(JsonElement members, string name, Func<JsonElement, bool> fits) => members.TryGetProperty(name, out var value) && fits(value);

    private static bool TryBytes(JsonElement value, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        return value.ValueKind == JsonValueKind.String && Base64Url.TryDecode(value.GetString(), out bytes);
    }

    private static Func<JsonElement, bool> Bytes(int length) => value => TryBytes(value, out var bytes) && bytes.Length == length;

    private static Func<JsonElement, bool> UpTo(long most, long least = 0) =>
        value => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= least && number <= most;

    private static Func<JsonElement, bool> OneOf(params string[] words) =>
        value => value.ValueKind == JsonValueKind.String && words.Contains(value.GetString(), StringComparer.Ordinal);

    private static bool IsOf(JsonElement value, Id id) => value.ValueKind == JsonValueKind.String && value.ValueEquals(id.ToString());

    private static bool IsId(JsonElement value) => Bytes(Id.Size)(value);

    private static bool IsHash(JsonElement value) => Bytes(32)(value);

    private static bool IsSignature(JsonElement value) => Bytes(Signatures.Size)(value);

    private static bool IsLife(JsonElement value) => UpTo(uint.MaxValue)(value);

    private static bool IsTime(JsonElement value) => UpTo(NumberMost)(value);

    private static bool IsFlag(JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False;

    private static bool IsText(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { } text && !text.Contains('\0', StringComparison.Ordinal);

    private static bool AreHashes(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().All(IsHash);

    // No white space outside strings and no number but plain digits: so nobody can read it otherwise.
    [GeneratedRegex(@"\A\{(?:[{}\[\]:,]|""""|[0-9]+|true|false|null)*\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Plain();

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"", RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Strings();
}
