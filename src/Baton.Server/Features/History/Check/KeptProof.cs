using System.Diagnostics.CodeAnalysis;
using System.Text;
using Baton.Protocol.Evidence;
using Baton.Protocol.Ledger;

namespace Baton.Server.Features.History;

/// <summary>What somebody kept of a log, wherever it came from: one checkpoint, or a piece of evidence with its checkpoints and entries.</summary>
/// <param name="Entries">Origin of the log, place in it, exact text.</param>
internal sealed record KeptProof(IReadOnlyList<string> Notes, IReadOnlyList<(string Origin, long Index, string Text)> Entries)
{
    /// <summary>Reads a signed note, or evidence as JSON or as the page.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out KeptProof? kept)
    {
        kept = null;
        if (SignedNote.TryParse(text, out _))
        {
            kept = new KeptProof([text], []);
        }
        else if (EvidenceText.TryParse(EvidenceText.TryFind(text, out var machine) ? machine : text.TrimEnd('\n'), out var file)
            && file.Openings.Concat(file.Handovers.SelectMany(handover => handover.Entries)).All(entry => entry.Log < file.Logs.Count))
        {
            kept = new KeptProof(
                [.. file.Checkpoints.Select(checkpoint => checkpoint.Note)],
                [.. file.Openings.Concat(file.Handovers.SelectMany(handover => handover.Entries)).Select(entry => (file.Logs[entry.Log].Origin, entry.Index, entry.Text))]);
        }

        return kept is not null;
    }

    /// <summary>What the logs do not have as it was kept.</summary>
    public IEnumerable<string> Missing(IReadOnlyList<(LogRow Row, LogCheck Check)> chain)
    {
        foreach (var note in Notes)
        {
            if (Fault(note, chain) is { } fault)
            {
                yield return fault;
            }
        }

        foreach (var (origin, index, text) in Entries)
        {
            var (row, check) = chain.FirstOrDefault(log => log.Row.Origin == origin);
            if (row is not null && check.LeafAt(index)?.AsSpan().SequenceEqual(Leaf.Hash(Encoding.UTF8.GetBytes(text))) != true)
            {
                yield return new Damage(row, index, "it is another than the one that was kept").ToString();
            }
        }
    }

    private static string? Fault(string note, IReadOnlyList<(LogRow Row, LogCheck Check)> chain)
    {
        if (!SignedNote.TryParse(note, out var signed) || !Checkpoint.TryParse(signed, out var checkpoint))
        {
            return "What was kept is not a checkpoint.";
        }

        var (row, check) = chain.FirstOrDefault(log => log.Row.Origin == checkpoint.Origin);
        return row is null ? $"There is no log {checkpoint.Origin} here."
            : !VerifyingKey.TryParse(row.Key, out var key) || !signed.IsSignedBy(key) ? $"The checkpoint that was kept is not signed by {row.Key}."
            : checkpoint.Size > row.Size ? $"{row.Origin} has {row.Size} entries, and had {checkpoint.Size} in the checkpoint that was kept."
            : check.RootOf(checkpoint.Size)?.AsSpan().SequenceEqual(checkpoint.Root) != true ? $"{row.Origin} does not contain the checkpoint that was kept ({checkpoint.Size} entries): its history is another."
            : null;
    }
}
