using Baton.Protocol;
using Baton.Protocol.Evidence;
using Baton.Protocol.Ledger;

namespace Baton.Client.Evidence;

/// <summary>What a step found.</summary>
/// <param name="Where">Where it failed, as jq writes the place.</param>
internal readonly record struct Finding(Verdict Verdict, string? Where = null)
{
    public static readonly Finding Ok = new(Verdict.Ok);
    public static readonly Finding None = new(Verdict.None);
    public static readonly Finding Skipped = new(Verdict.Skipped);

    public static Finding Failed(string where) => new(Verdict.Failed, where);

    /// <summary>The first place where it doesn't hold.</summary>
    public static Finding Each<T>(IReadOnlyList<T> list, Func<T, int, bool> holds, Func<T, int, string> where)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (!holds(list[i], i))
            {
                return Failed(where(list[i], i));
            }
        }

        return Ok;
    }

    /// <summary>The first that failed.</summary>
    public static Finding First(IEnumerable<Func<Finding>> findings)
    {
        foreach (var find in findings)
        {
            if (find() is { Verdict: Verdict.Failed } found)
            {
                return found;
            }
        }

        return Ok;
    }
}

/// <summary>An entry of the file; its members, where it is one.</summary>
/// <param name="Where">As jq writes the place.</param>
internal sealed record EntryReading(EvidenceEntry Part, string Where, ReadEntry? Members);

/// <summary>A handover of the file with its entries read.</summary>
internal sealed record HandoverReading(EvidenceHandover Part, string Where, IReadOnlyList<EntryReading> Entries)
{
    public CreatedEntry? Created { get; } =
        Entries.FirstOrDefault(entry => entry.Members?.Kind == "created") is { } created && CreatedEntry.TryParse(created.Part.Text, out var read) ? read : null;

    /// <summary>The first of its kind.</summary>
    public EntryReading? First(string kind) => Entries.FirstOrDefault(entry => entry.Members?.Kind == kind);

    public IReadOnlyList<EntryReading> All(string kind) => [.. Entries.Where(entry => entry.Members?.Kind == kind)];
}

/// <summary>
/// A file with its texts parsed once. What doesn't parse is null: the step whose matter that is fails, and the others go on with the rest.
/// </summary>
internal sealed record EvidenceReading(
    EvidenceFile File, IReadOnlyList<VerifyingKey?> Keys, IReadOnlyList<SignedNote?> Notes, IReadOnlyList<Checkpoint?> Checkpoints,
    IReadOnlyList<EntryReading> Openings, IReadOnlyList<HandoverReading> Handovers)
{
    /// <summary>In the installation's own entries.</summary>
    private static readonly Id NoOrganization = new(new byte[Id.Size]);

    public IEnumerable<EntryReading> Entries => Openings.Concat(Handovers.SelectMany(handover => handover.Entries));

    public static EvidenceReading Of(EvidenceFile file)
    {
        var notes = file.Checkpoints.Select(checkpoint => SignedNote.TryParse(checkpoint.Note, out var note) ? note : null).ToList();
        return new EvidenceReading(
            file,
            [.. file.Logs.Select(log => VerifyingKey.TryParse(log.Key, out var key) ? key : null)],
            notes,
            [.. notes.Select(note => note is not null && Checkpoint.TryParse(note, out var checkpoint) ? checkpoint : null)],
            [.. file.Openings.Select((opening, i) => Read(opening, $"openings[{i}]", NoOrganization, null))],
            [.. file.Handovers.Select((part, i) => new HandoverReading(
                part, $"handovers[{i}]", [.. part.Entries.Select((entry, n) => Read(entry, $"handovers[{i}].entries[{n}]", file.Organization.Id, part.Handover))]))]);
    }

    /// <summary>The last checkpoint of a log.</summary>
    public Checkpoint? LastOf(int log)
    {
        var last = File.Checkpoints.Select((checkpoint, i) => checkpoint.Log == log ? i : -1).Max();
        return last < 0 ? null : Checkpoints[last];
    }

    private static EntryReading Read(EvidenceEntry part, string where, Id organization, Id? handover) =>
        new(part, where, ReadEntry.TryParse(part.Text, organization, handover, out var members) ? members : null);
}
