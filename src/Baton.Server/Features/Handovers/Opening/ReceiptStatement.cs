using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Baton.Protocol.Encoding;

namespace Baton.Server.Features.Handovers;

/// <summary>What the recipient says of each item. spec/handover.md §6. There is exactly one text for it.</summary>
internal sealed class ReceiptStatement
{
    private static readonly string[] Statuses = ["received", "works", "problem"];

    private readonly IReadOnlyList<byte[]> named;

    private ReceiptStatement(int seq, IReadOnlyList<byte[]> commitments)
    {
        Seq = seq;
        named = commitments;
    }

    public int Seq { get; }

    /// <summary>Reads the text; false for any that this statement would not be written as.</summary>
    public static bool TryParse(string text, out ReceiptStatement? statement)
    {
        statement = null;
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 3 });
            var canonical = new StringBuilder(text.Length);
            var commitments = new List<byte[]>();
            if (!json.RootElement.GetProperty("seq"u8).TryGetInt32(out var seq) || seq is < 1 or > HandoverRules.ReceiptsMax)
            {
                return false;
            }

            canonical.Append(CultureInfo.InvariantCulture, $$"""{"seq":{{seq}},"items":[""");
            foreach (var item in json.RootElement.GetProperty("items"u8).EnumerateArray())
            {
                var status = item.GetProperty("status"u8).GetString();
                if (!Statuses.Contains(status, StringComparer.Ordinal)
                    || !Base64Url.TryDecode(item.GetProperty("commitment"u8).GetString(), out var commitment)
                    || commitment.Length != SHA256.HashSizeInBytes)
                {
                    return false;
                }

                canonical.Append(commitments.Count == 0 ? "" : ",")
                    .Append(CultureInfo.InvariantCulture, $$"""{"commitment":"{{Base64Url.Encode(commitment)}}","status":"{{status}}"}""");
                commitments.Add(commitment);
            }

            statement = canonical.Append("]}").Equals(text) ? new ReceiptStatement(seq, commitments) : null;
            return statement is not null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Whether it names every item once, in order.</summary>
    public bool IsAbout(IReadOnlyList<byte[]> items) =>
        named.Count == items.Count && named.Zip(items).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));
}
