using System.Text;
using System.Text.Json;
using Baton.Protocol.Ledger;

namespace Baton.Protocol.Evidence;

/// <summary>An entry and its members as far as they are what they should be; texts come ready to be shown.</summary>
internal sealed class ToldEntry
{
    // More than an entry can nest: what JSON is must be the same here as in the TypeScript twin.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 100_000 };

    private readonly JsonElement json;

    public ToldEntry(EvidenceEntry entry)
    {
        Log = entry.Log;
        Index = entry.Index;
        try
        {
            using var parsed = JsonDocument.Parse(entry.Text, Options);
            json = parsed.RootElement.Clone();
        }
        catch (JsonException)
        {
            // Told as what can't be read.
        }

        Kind = Number("v") == 1 ? Text("kind") ?? "" : "";
    }

    /// <summary>Empty for what isn't an entry.</summary>
    public string Kind { get; }

    public int Log { get; }

    public long Index { get; }

    public long? Number(string name) =>
        Member(name) is { ValueKind: JsonValueKind.Number } member && member.TryGetDouble(out var value) && Math.Abs(value) < 1L << 53 && value == Math.Floor(value) ? (long)value : null;

    public string? Text(string name) => Word(Member(name));

    public IReadOnlyList<string> Texts(string name) =>
        Member(name) is { ValueKind: JsonValueKind.Array } member ? [.. member.EnumerateArray().Select(item => Word(item)).OfType<string>()] : [];

    public bool Flag(string name) => Member(name).ValueKind == JsonValueKind.True;

    private JsonElement Member(string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) ? member : default;

    private static string? Word(JsonElement member)
    {
        try
        {
            return member.ValueKind == JsonValueKind.String ? EvidenceWords.Shown(member.GetString()!) : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair is no text.
            return null;
        }
    }
}

/// <summary>A receipt that an entry of the ledger holds.</summary>
internal sealed record ToldReceipt(ToldEntry Entry, uint Seq, IReadOnlyList<string> Statuses);

/// <summary>
/// What the entries of one handover tell, and the grades that follow from them. Told only: whether the entries hold is the
/// matter of a verifier's steps. spec/evidence.md §3.
/// </summary>
internal sealed class ToldHandover
{
    private static readonly string[] Ends = ["expired", "locked", "revoked", "void", "undisplayed"];

    public ToldHandover(EvidenceHandover handover)
    {
        Entries = [.. handover.Entries.Select(entry => new ToldEntry(entry))];
        var created = First("created");
        HasPassword = ((created?.Number("flags") ?? 0) & 1) == 1;
        Items = created?.Texts("items") ?? [];
        Receipts = [.. Entries.Select(Receipt).OfType<ToldReceipt>().Where(receipt => IsGenuine(handover, receipt.Seq))];
        Reports = [.. Entries.Where(entry => entry.Kind == "reported")];
        End = Entries.LastOrDefault(entry => Ends.Contains(entry.Kind, StringComparer.Ordinal));
        Grades = First("claimed") is null
            ? ["unopened"]
            : [HasPassword ? "password" : "link", .. First("displayed") is null ? [] : new[] { "displayed" }, .. Receipts.Count == 0 ? [] : new[] { "confirmed" }];
    }

    public IReadOnlyList<ToldEntry> Entries { get; }

    /// <summary>The items' commitments.</summary>
    public IReadOnlyList<string> Items { get; }

    public bool HasPassword { get; }

    public IReadOnlyList<ToldReceipt> Receipts { get; }

    /// <summary>The receipt that counts.</summary>
    public ToldReceipt? Last => Receipts.Count == 0 ? null : Receipts[^1];

    public IReadOnlyList<ToldEntry> Reports { get; }

    /// <summary>What ended it before it was displayed.</summary>
    public ToldEntry? End { get; }

    /// <summary>From the weakest on; all of them hold together.</summary>
    public IReadOnlyList<string> Grades { get; }

    /// <summary>The first entry of its kind.</summary>
    public ToldEntry? First(string kind) => Entries.FirstOrDefault(entry => entry.Kind == kind);

    /// <summary>With the reply key in the file, a receipt counts whose reply is there and so opened; once purged, its signature says it.</summary>
    private static bool IsGenuine(EvidenceHandover handover, uint seq) => handover.ReplyKey is null || handover.Replies?.Any(reply => reply.Seq == seq) == true;

    private static ToldReceipt? Receipt(ToldEntry entry) =>
        entry.Kind == "confirmed" && ReceiptStatement.TryParse(entry.Text("statement") ?? "", out var statement)
            ? new(entry, statement.Seq, [.. statement.Items.Select(item => item.Status)])
            : null;
}
