using System.Security.Cryptography;
using Baton.Protocol.Ledger;

namespace Baton.Client.Evidence;

/// <summary>Steps 2 to 5: that the entries are in the log, and the log is the one whose key is known. spec/evidence.md §4.</summary>
internal static class LogSteps
{
    /// <summary>Step 2.</summary>
    public static Finding Leaf(EvidenceReading read) => Finding.Each(
        [.. read.Entries],
        (entry, _) => entry.Members is not null && CryptographicOperations.FixedTimeEquals(Protocol.Ledger.Leaf.Hash(entry.Part.Text), entry.Part.Leaf),
        (entry, _) => entry.Where);

    /// <summary>Step 3.</summary>
    public static Finding Proof(EvidenceReading read)
    {
        var last = read.File.Logs.Select((_, log) => read.LastOf(log)).ToList();
        return Finding.Each(
            [.. read.Entries],
            (entry, _) => last[entry.Part.Log] is { } checkpoint
                && MerkleTree.VerifyInclusion(entry.Part.Index, checkpoint.Size, entry.Part.Leaf, entry.Part.Proof, checkpoint.Root),
            (entry, _) => entry.Where);
    }

    /// <summary>Step 4.</summary>
    public static Finding Checkpoints(EvidenceReading read)
    {
        var file = read.File;
        return Finding.First(
        [
            () => Finding.Each(read.Checkpoints, (one, i) => one is not null && one.Origin == file.Logs[file.Checkpoints[i].Log].Origin, (_, i) => $"checkpoints[{i}]"),
            () => Finding.Each(file.Consistency, (hashes, i) => Joins(read, i, hashes), (_, i) => $"consistency[{i}]"),
            () => Finding.Each(
                read.Openings,
                (one, i) => one.Part.Index == 0 && one.Members is { } members && members.Text("origin") == file.Logs[i + 1].Origin && Continues(read, i, members.Text("previous")),
                (one, _) => one.Where),
        ]);
    }

    /// <summary>Step 5.</summary>
    /// <param name="key">The newest log's key as the verifier knows it.</param>
    public static Finding Signature(EvidenceReading read, string? key)
    {
        var file = read.File;
        var found = Finding.First(
        [
            () => Finding.Each(read.Keys, (one, i) => one is not null && one.Name == file.Logs[i].Origin, (_, i) => $"logs[{i}]"),
            () => Finding.Each(
                read.Notes, (note, i) => note is not null && read.Checkpoints[i] is not null && note.IsSignedBy(read.Keys[file.Checkpoints[i].Log]!), (_, i) => $"checkpoints[{i}]"),
        ]);
        if (found.Verdict == Verdict.Failed || key is null)
        {
            return found.Verdict == Verdict.Failed ? found : new Finding(Verdict.Unknown);
        }

        // The key of an earlier log says nothing of the one that follows it.
        return file.Logs[^1].Key == key.Trim() ? Finding.Ok
            : file.Logs.Any(log => log.Key == key.Trim()) ? new Finding(Verdict.Unknown)
            : Finding.Failed("logs");
    }

    /// <summary>Whether checkpoint i + 1 comes after checkpoint i, of the same log or as the first of a later one.</summary>
    private static bool Joins(EvidenceReading read, int i, IReadOnlyList<byte[]> hashes)
    {
        var (before, after) = (read.Checkpoints[i]!, read.Checkpoints[i + 1]!);
        return read.File.Checkpoints[i].Log != read.File.Checkpoints[i + 1].Log
            ? hashes.Count == 0
            : before.Size < after.Size && MerkleTree.VerifyConsistency(before.Size, before.Root, after.Size, after.Root, hashes);
    }

    /// <summary>Whether the quoted note is the end of the log before, as the file has it.</summary>
    private static bool Continues(EvidenceReading read, int log, string previous)
    {
        var last = read.LastOf(log);
        return previous.Length == 0
            ? last is null
            : last is not null
                && SignedNote.TryParse(previous, out var note)
                && Checkpoint.TryParse(note, out var quoted)
                && quoted.Origin == last.Origin
                && quoted.Size == last.Size
                && CryptographicOperations.FixedTimeEquals(quoted.Root, last.Root);
    }
}
