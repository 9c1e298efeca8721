using System.Text.Json.Nodes;
using Baton.Protocol.Ledger;

namespace Baton.Protocol.Tests.Vectors;

/// <summary>spec/ledger.md §2 to §4.</summary>
internal static class LedgerOperations
{
    public static Dictionary<string, Func<JsonObject, Answer>> All { get; } = new(StringComparer.Ordinal)
    {
        ["vkey.parse"] = input => VerifyingKey.TryParse(input.Text("text"), out var key) ? Answer.Of(("name", key.Name), ("spki", key.Spki.ToHex())) : Answer.Refused,
        ["checkpoint.open"] = input =>
            VerifyingKey.TryParse(input.Text("key"), out var key) && Checkpoint.TryOpen(input.Text("note"), key, out var checkpoint)
                ? Answer.Of(("origin", checkpoint.Origin), ("size", checkpoint.Size), ("root", checkpoint.Root.ToHex()))
                : Answer.Refused,
        ["inclusion.verify"] = input => Answer.When(MerkleTree.VerifyInclusion(
            input.Number("index"), input.Number("size"), input.Hex("leaf"), Hashes(input), input.Hex("root"))),
        ["consistency.verify"] = input => Answer.When(MerkleTree.VerifyConsistency(
            input.Number("first"), input.Hex("firstRoot"), input.Number("second"), input.Hex("secondRoot"), Hashes(input))),
    };

    private static List<byte[]> Hashes(JsonObject input) => [.. input["proof"]!.AsArray().Select(hash => Convert.FromHexString(hash!.GetValue<string>()))];
}
