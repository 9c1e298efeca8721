using Baton.Protocol.Ledger;
using Baton.Protocol.Wire;

namespace Baton.Client.Evidence;

/// <summary>The proofs of several answers of the server, made under the same newest checkpoints, as one list.</summary>
public static class JoinedProofs
{
    /// <summary>
    /// Checkpoints that stood in different answers are joined by proofs asked for here; null where the answers contradict each other or a
    /// proof isn't given.
    /// </summary>
    public static async Task<LedgerProofs?> Of(IReadOnlyList<LedgerProofs> parts, Func<int, long, long, Task<IReadOnlyList<byte[]>?>> ask)
    {
        var known = new Dictionary<(int Log, long From, long To), IReadOnlyList<byte[]>>();
        var kept = new SortedDictionary<(int Log, long Size), ProvenCheckpoint>();
        foreach (var part in parts)
        {
            if (!SameLogs(part, parts[0]))
            {
                return null;
            }

            for (var i = 0; i < part.Checkpoints.Count; i++)
            {
                var (checkpoint, size) = (part.Checkpoints[i], SizeOf(part.Checkpoints[i]));
                // The same checkpoint may have been signed twice: what it says has to be the same.
                if (kept.TryGetValue((checkpoint.Log, size), out var before) && TextOf(before) != TextOf(checkpoint))
                {
                    return null;
                }

                kept[(checkpoint.Log, size)] = before is not null && before.Stamps.Count >= checkpoint.Stamps.Count ? before : checkpoint;
                if (i < part.Consistency.Count)
                {
                    known[(checkpoint.Log, size, SizeOf(part.Checkpoints[i + 1]))] = part.Consistency[i];
                }
            }
        }

        var consistency = new List<IReadOnlyList<byte[]>>();
        foreach (var (first, second) in kept.Keys.Zip(kept.Keys.Skip(1)))
        {
            var proof = first.Log != second.Log ? []
                : known.TryGetValue((first.Log, first.Size, second.Size), out var given) ? given
                : await ask(first.Log, first.Size, second.Size);
            if (proof is null)
            {
                return null;
            }

            consistency.Add(proof);
        }

        return new LedgerProofs(parts[0].Logs, parts[0].Openings, [.. kept.Values], consistency);
    }

    /// <summary>The size that a checkpoint's note names; -1 when it is none.</summary>
    public static long SizeOf(ProvenCheckpoint checkpoint) =>
        SignedNote.TryParse(checkpoint.Note, out var note) && Checkpoint.TryParse(note, out var read) ? read.Size : -1;

    private static string TextOf(ProvenCheckpoint checkpoint) => SignedNote.TryParse(checkpoint.Note, out var note) ? note.Text : checkpoint.Note;

    private static string SaidIn(ProvenCheckpoint checkpoint) => checkpoint.Note.Split("\n\n")[0];

    private static bool SameLogs(LedgerProofs part, LedgerProofs other) =>
        part.Logs.Count == other.Logs.Count
        && part.Logs.Zip(other.Logs).All(pair => pair.First == pair.Second)
        && part.Openings.Count == other.Openings.Count
        && part.Openings.Zip(other.Openings).All(pair => pair.First.Text == pair.Second.Text && Same(pair.First.Proof, pair.Second.Proof));

    private static bool Same(IReadOnlyList<byte[]> proof, IReadOnlyList<byte[]> other) =>
        proof.Count == other.Count && proof.Zip(other).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));
}
