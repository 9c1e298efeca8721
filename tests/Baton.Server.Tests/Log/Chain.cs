using System.Text;
using Baton.Protocol.Ledger;
using Baton.Protocol.Wire;

namespace Baton.Server.Tests.Log;

/// <summary>Verifies what a server gave as a stranger would: spec/evidence.md §4, steps 2 to 5.</summary>
internal static class Chain
{
    /// <summary>The last checkpoint of each log, in order.</summary>
    public static List<Checkpoint> Heads(LedgerProofs proofs)
    {
        var heads = new Dictionary<int, Checkpoint>();
        foreach (var proven in proofs.Checkpoints)
        {
            Assert.True(VerifyingKey.TryParse(proofs.Logs[proven.Log].Key, out var key));
            Assert.Equal(proofs.Logs[proven.Log].Origin, key.Name);
            Assert.True(Checkpoint.TryOpen(proven.Note, key, out var head));
            heads[proven.Log] = head;
        }

        return [.. proofs.Logs.Select((_, log) => heads[log])];
    }

    public static void Holds(LedgerProofs proofs, IEnumerable<ProvenEntry> entries)
    {
        var heads = Heads(proofs);
        Assert.All([.. entries, .. proofs.Openings], entry =>
        {
            Assert.Equal(Leaf.Hash(Encoding.UTF8.GetBytes(entry.Text)), entry.Leaf);
            Assert.True(MerkleTree.VerifyInclusion(entry.Index, heads[entry.Log].Size, entry.Leaf, entry.Proof, heads[entry.Log].Root));
        });
        Assert.Equal(proofs.Logs.Count - 1, proofs.Openings.Count);
        Assert.Equal(proofs.Checkpoints.Count - 1, proofs.Consistency.Count);
        foreach (var (opening, number) in proofs.Openings.Select((opening, i) => (opening, i + 1)))
        {
            Assert.Equal((number, 0), (opening.Log, opening.Index));
            var log = System.Text.Json.JsonElement.Parse(opening.Text);
            Assert.Equal("log", log.GetProperty("kind").GetString());
            Assert.Equal(proofs.Logs[number].Origin, log.GetProperty("origin").GetString());
            Assert.Equal(proofs.Checkpoints.Last(checkpoint => checkpoint.Log == number - 1).Note, log.GetProperty("previous").GetString());
        }
    }

    public static string[] Kinds(IEnumerable<ProvenEntry> entries) => [.. entries.Select(entry => EntryHead.TryParse(entry.Text, out var head) ? head.Kind : "?")];
}
