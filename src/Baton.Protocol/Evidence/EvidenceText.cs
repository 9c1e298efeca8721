using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Protocol.Encoding;
using Baton.Protocol.Wire;

namespace Baton.Protocol.Evidence;

/// <summary>The one text of a piece of evidence: what is read is what would be written, byte for byte. spec/evidence.md §1.</summary>
public static class EvidenceText
{
    /// <summary>Bytes of the machine part.</summary>
    public const int Most = 64 << 20;

    /// <summary>Handovers in a file.</summary>
    public const int HandoversMost = 1_000;

    private const string Opens = "<script type=\"application/json\" id=\"evidence\">";
    private const string Closes = "</script>";

    /// <summary>The text of this evidence.</summary>
    /// <exception cref="ArgumentException">A value that can't stand where it stands.</exception>
    public static string Write(EvidenceFile file) =>
        TryWrite(file, signed: true, out var text) ? text : throw new ArgumentException("This is no evidence.", nameof(file));

    /// <summary>What the composer signs. spec/keys.md §3.</summary>
    public static byte[] SignedPart(EvidenceFile file)
    {
        var writer = new EvidenceWriter();
        writer.File(file, signed: false);
        return Labelled.Text(SignPurpose.Evidence, SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(writer.ToString())));
    }

    /// <summary>Reads a machine part; false for a text that <see cref="Write"/> would not write exactly so.</summary>
    public static bool TryParse(string machineText, [NotNullWhen(true)] out EvidenceFile? file)
    {
        file = null;
        if (machineText.Length > Most)
        {
            return false;
        }

        // Half a pair of surrogates becomes another character here, and then it isn't the text any more.
        var bytes = System.Text.Encoding.UTF8.GetBytes(machineText);
        try
        {
            file = bytes.Length <= Most ? JsonSerializer.Deserialize(bytes, EvidenceJson.Default.EvidenceFile) : null;
        }
        catch (JsonException)
        {
            // Not JSON, or not of this shape.
        }

        file = file is not null && TryWrite(file, signed: true, out var text) && text == machineText ? file : null;
        return file is not null;
    }

    /// <summary>The machine part inside a page.</summary>
    public static bool TryFind(string html, [NotNullWhen(true)] out string? machineText)
    {
        var from = html.IndexOf(Opens, StringComparison.Ordinal) + Opens.Length;
        var to = from < Opens.Length ? -1 : html.IndexOf(Closes, from, StringComparison.Ordinal);
        machineText = to < 0 ? null : html[from..to];
        return machineText is not null;
    }

    /// <summary>The machine part as it stands in a page.</summary>
    public static string Script(string machineText) => Opens + machineText + Closes;

    private static bool TryWrite(EvidenceFile file, bool signed, [NotNullWhen(true)] out string? text)
    {
        var writer = new EvidenceWriter();
        writer.File(file, signed);
        text = writer.IsWhole && IsWhole(file) ? writer.ToString() : null;
        return text is not null;
    }

    /// <summary>What §1 says beyond the shape of each member.</summary>
    private static bool IsWhole(EvidenceFile file)
    {
        var agency = file.Kind == "agency";
        return agency == file.Title is not null
            && agency == file.Composer is not null
            && (agency || (file.Handovers.Count == 1 && file.Handovers[0].Title is null))
            && file.Handovers.Count is >= 1 and <= HandoversMost
            && file.Handovers.Select(one => one.Handover).Distinct().Count() == file.Handovers.Count
            && file.Logs.Count >= 1
            && file.Openings.Count == file.Logs.Count - 1
            && file.Openings.Select((opening, i) => opening.Log == i + 1).All(holds => holds)
            && file.Handovers.SelectMany(one => one.Entries).All(entry => entry.Log < file.Logs.Count)
            && Rise(file.Checkpoints, (earlier, later) => earlier.Log <= later.Log)
            && file.Checkpoints.Count >= 1
            && file.Checkpoints[^1].Log == file.Logs.Count - 1
            && file.Consistency.Count == file.Checkpoints.Count - 1
            && file.Checkpoints.All(checkpoint => checkpoint.Stamps.Select((stamp, i) => stamp.Renews is null || stamp.Renews < i).All(holds => holds))
            && file.Handovers.All(IsWhole);
    }

    private static bool IsWhole(EvidenceHandover handover) =>
        handover.Entries.Count >= 1
        && Rise(handover.Entries, (earlier, later) => (earlier.Log, earlier.Index).CompareTo((later.Log, later.Index)) < 0)
        && handover.Items is not { Count: 0 }
        && handover.Addresses is not { Count: 0 }
        && handover.Replies is not { Count: 0 }
        && (handover.Items?.All(item => item.Username != "" && item.Url != "") ?? true)
        && (handover.Addresses is null
            || (handover.Addresses[^1].Entry < handover.Entries.Count && Rise(handover.Addresses, (earlier, later) => earlier.Entry < later.Entry)))
        && (handover.Replies is null
            || (handover.Replies[0].Seq >= 1 && handover.Replies[^1].Seq <= 100 && Rise(handover.Replies, (earlier, later) => earlier.Seq < later.Seq)));

    private static bool Rise<T>(IReadOnlyList<T> list, Func<T, T, bool> inOrder) => list.Zip(list.Skip(1)).All(pair => inOrder(pair.First, pair.Second));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = 8, Converters = [typeof(BytesJsonConverter)])]
[JsonSerializable(typeof(EvidenceFile))]
internal sealed partial class EvidenceJson : JsonSerializerContext;
