using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Protocol.Encoding;
using Baton.Protocol.Wire;

namespace Baton.Protocol.Ledger;

/// <summary>What the recipient says of one item.</summary>
/// <param name="Status"><c>received</c>, <c>works</c> or <c>problem</c>.</param>
public sealed record ReceiptItem(byte[] Commitment, string Status);

/// <summary>What the recipient confirms, item by item, as one exact text. spec/handover.md §6.</summary>
public sealed record ReceiptStatement(uint Seq, IReadOnlyList<ReceiptItem> Items)
{
    /// <summary>The statuses there are.</summary>
    public static IReadOnlyList<string> Statuses { get; } = ["received", "works", "problem"];

    /// <summary>The exact text that is signed.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{{\"seq\":{Seq},\"items\":[");
        for (var i = 0; i < Items.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ",")}{{\"commitment\":\"{Base64Url.Encode(Items[i].Commitment)}\",\"status\":\"{Items[i].Status}\"}}");
        }

        return text.Append("]}").ToString();
    }

    /// <summary>Reads a statement; false for any text that <see cref="ToText"/> would not write.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ReceiptStatement? statement)
    {
        if (EntryText.TryRead(text, StatementJson.Default.ReceiptStatement, out statement)
            && statement.Seq > 0
            && EntryText.AreHashes(statement.Items.Select(item => item?.Commitment))
            && statement.Items.All(item => Statuses.Contains(item.Status, StringComparer.Ordinal))
            && statement.ToText() == text)
        {
            return true;
        }

        statement = null;
        return false;
    }

    /// <summary>Whether it names every one of these items once, in this order.</summary>
    public bool Covers(IReadOnlyList<byte[]> items) =>
        items.Count == Items.Count
        && items.Zip(Items).All(pair => CryptographicOperations.FixedTimeEquals(pair.First, pair.Second.Commitment));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    Converters = [typeof(BytesJsonConverter)])]
[JsonSerializable(typeof(ReceiptStatement))]
internal sealed partial class StatementJson : JsonSerializerContext;
