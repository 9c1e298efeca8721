using System.Security.Cryptography.X509Certificates;
using System.Text;
using Baton.Protocol.Evidence;

namespace Baton.Client.Evidence;

/// <summary>What a step comes to. spec/evidence.md §4.</summary>
public enum Verdict
{
    Ok,
    Failed,

    /// <summary>Valid as far as it goes, by keys that are known from this file alone.</summary>
    Unknown,

    /// <summary>Nothing of that kind is in the file.</summary>
    None,

    /// <summary>Not done: step 1 failed, or what the grades follow from.</summary>
    Skipped,
}

/// <param name="Number">From 1.</param>
/// <param name="Where">Where it failed, as jq writes the place; absent when it did not.</param>
public sealed record EvidenceStep(int Number, string Name, Verdict Verdict, string? Where);

/// <summary>The eleven steps. spec/evidence.md §4.</summary>
/// <param name="Verdict">Unknown when nothing failed and the ledger's key is known from the file alone.</param>
/// <param name="File">Absent when step 1 failed.</param>
/// <param name="Grades">Of each handover, from the weakest on; absent where a step before failed.</param>
public sealed record EvidenceVerification(Verdict Verdict, IReadOnlyList<EvidenceStep> Steps, EvidenceFile? File, IReadOnlyList<Graded>? Grades)
{
    /// <summary>The steps in their order.</summary>
    public static IReadOnlyList<string> StepNames { get; } =
        ["bytes", "leaf", "proof", "checkpoint", "signature", "stamps", "commitments", "sender", "receipt", "composer", "grades"];

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Verifies a whole file: a page, or a machine part.</summary>
    /// <param name="key">The ledger's verifying key as the verifier knows it.</param>
    /// <param name="roots">The time-stamping authorities' roots that the verifier trusts.</param>
    public static EvidenceVerification Of(ReadOnlySpan<byte> bytes, string? key = null, X509Certificate2Collection? roots = null)
    {
        var (file, fault) = Open(bytes);
        if (file is null)
        {
            return new EvidenceVerification(Verdict.Failed, Numbered([Finding.Failed(fault), .. Enumerable.Repeat(Finding.Skipped, StepNames.Count - 1)]), null, null);
        }

        var read = EvidenceReading.Of(file);
        var roster = PeopleSteps.RosterOf(file);
        List<Finding> found =
        [
            Finding.Ok,
            LogSteps.Leaf(read),
            LogSteps.Proof(read),
            LogSteps.Checkpoints(read),
            LogSteps.Signature(read, key),
            Stamps(file, roots),
            PeopleSteps.Commitments(read),
            PeopleSteps.Sender(read, roster?.Cards),
            PeopleSteps.Receipts(read),
            PeopleSteps.Composer(read, roster?.Roster),
        ];

        // The grades are told as far as steps 2 to 9 hold.
        var tellable = found[..9].TrueForAll(finding => finding.Verdict != Verdict.Failed);
        found.Add(tellable ? Finding.First(read.Handovers.Select(handover => (Func<Finding>)(() => EntryOrder.Of(handover)))) : Finding.Skipped);
        var verdict = found.Exists(finding => finding.Verdict == Verdict.Failed) ? Verdict.Failed : found[4].Verdict;
        return new EvidenceVerification(verdict, Numbered(found), file, found[^1].Verdict == Verdict.Ok ? Story.Of(file).Graded : null);
    }

    private static List<EvidenceStep> Numbered(IReadOnlyList<Finding> found) =>
        [.. found.Select((finding, i) => new EvidenceStep(i + 1, StepNames[i], finding.Verdict, finding.Where))];

    /// <summary>Step 1: the file, or which part of it isn't what it should be.</summary>
    private static (EvidenceFile? File, string Fault) Open(ReadOnlySpan<byte> bytes)
    {
        string text;
        try
        {
            text = Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return (null, "machine part");
        }

        var isPage = !text.StartsWith('{');
        var machineText = text;
        return (isPage && !EvidenceText.TryFind(text, out machineText)) || !EvidenceText.TryParse(machineText!, out var file) ? (null, "machine part")
            : isPage && Rendering.Render(file, machineText!) != text ? (null, "page")
            : (file, "");
    }

    /// <summary>Step 6. Without roots: whether each token is one over its note.</summary>
    private static Finding Stamps(EvidenceFile file, X509Certificate2Collection? roots)
    {
        if (file.Checkpoints.All(checkpoint => checkpoint.Stamps.Count == 0))
        {
            return Finding.None;
        }

        var found = Finding.Each(
            file.Checkpoints,
            (checkpoint, at) => roots is null
                ? checkpoint.Stamps.All(stamp => TimeStamp.TryRead(stamp.Token, MessageOf(checkpoint, stamp), out _))
                : TimeStamp.AllHold(checkpoint.Note, checkpoint.Stamps, roots),
            (_, i) => $"checkpoints[{i}].stamps");
        return found.Verdict == Verdict.Ok && roots is null ? new Finding(Verdict.Unknown) : found;
    }

    private static byte[] MessageOf(EvidenceCheckpoint checkpoint, EvidenceStamp stamp) =>
        stamp.Renews is { } renews ? TimeStamp.Message(checkpoint.Note, checkpoint.Stamps[renews].Token) : TimeStamp.Message(checkpoint.Note);
}
