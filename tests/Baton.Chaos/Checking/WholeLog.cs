using Baton.Chaos.Recording;
using Baton.Protocol.Ledger;

namespace Baton.Chaos.Checking;

/// <summary>
/// One log without gap or fork: its whole tree is made again from the entries' exact texts, and every checkpoint that anybody was ever given has to
/// be a head of that tree. spec/ledger.md §3 to §6.
/// </summary>
internal static class WholeLog
{
    private const string Promise = "ledger";

    public static IEnumerable<Violation> Check(History history)
    {
        var found = history.Found;
        var placed = found.Ledger.Where(entry => entry.Index is not null).OrderBy(entry => entry.Index).ToList();
        if (placed.Count < found.Ledger.Count)
        {
            yield return Broken(found.Head, $"{found.Ledger.Count - placed.Count} entries have no place in the log");
        }

        for (var i = 0; i < placed.Count; i++)
        {
            if (placed[i].Index != i)
            {
                yield return Broken($"entry {i}", "a gap, or two entries at one place");
                yield break;
            }
        }

        if (placed.DistinctBy(entry => entry.Text).Count() != placed.Count)
        {
            yield return Broken(found.Head, "an entry stands in it twice");
        }

        var told = placed.Select(entry => entry.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var (handover, its) in found.Handovers)
        {
            if (its.Entries.Any(text => !told.Contains(text)))
            {
                yield return Broken(handover, "an entry of it is not in the log");
            }
        }

        foreach (var violation in Heads(history, placed))
        {
            yield return violation;
        }
    }

    private static IEnumerable<Violation> Heads(History history, List<FoundEntry> placed)
    {
        if (!VerifyingKey.TryParse(history.Found.Key, out var key))
        {
            yield return Broken(history.Found.Key, "the log's key is none");
            yield break;
        }

        var given = history.Operations.SelectMany(operation => operation.Texts.Where(text => text.StartsWith(key.Name + "\n", StringComparison.Ordinal)).Select(note => (operation.Begin, operation.End, Note: note)))
            .Append((long.MaxValue, long.MaxValue, history.Found.Head));
        var roots = new Roots(placed);
        var heads = new List<(long Begin, long End, long Size)>();
        foreach (var (begin, end, note) in given)
        {
            if (!Checkpoint.TryOpen(note, key, out var head))
            {
                yield return Broken(note, "a checkpoint that the log's key did not sign");
            }
            else if (head.Size > placed.Count || !roots.Of(head.Size).AsSpan().SequenceEqual(head.Root))
            {
                yield return Broken($"size {head.Size} of {placed.Count}", "a checkpoint that the log does not lead to: a fork");
            }
            else
            {
                heads.Add((begin, end, head.Size));
            }
        }

        long newest = 0;
        var answered = heads.OrderBy(head => head.End).ToList();
        var next = 0;
        foreach (var (begin, _, size) in heads.OrderBy(head => head.Begin))
        {
            while (next < answered.Count && answered[next].End < begin)
            {
                newest = Math.Max(newest, answered[next++].Size);
            }

            if (size < newest)
            {
                yield return Broken($"size {size}", $"given after a head of size {newest}");
            }
        }
    }

    private static Violation Broken(string subject, string what) => new(Promise, subject, what);

    /// <summary>Heads of the tree at every size, from the leaves up, each level kept.</summary>
    private sealed class Roots
    {
        private readonly List<List<byte[]>> levels = [];

        public Roots(List<FoundEntry> entries)
        {
            levels.Add(entries.ConvertAll(entry => Leaf.Hash(entry.Text)));
            while (levels[^1].Count > 1)
            {
                var below = levels[^1];
                levels.Add([.. Enumerable.Range(0, below.Count / 2).Select(i => MerkleTree.Node(below[2 * i], below[(2 * i) + 1]))]);
            }
        }

        public byte[] Of(long size) => MerkleTree.Root(size, (level, index) => levels[level][(int)index]);
    }
}
