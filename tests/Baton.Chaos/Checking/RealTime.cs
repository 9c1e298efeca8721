using Baton.Chaos.Recording;

namespace Baton.Chaos.Checking;

/// <summary>
/// Who asks after an acknowledgement meets what was acknowledged, on whichever node: a handover that exists is found, one that has been opened or
/// ended is not ready for anybody else.
/// </summary>
internal static class RealTime
{
    private const string Promise = "acknowledged = seen";

    public static IEnumerable<Violation> Check(Life life)
    {
        var opened = life.Done("claim").Select(claim => (claim.End, claim.By)).OrderBy(claim => claim.End).ToList();
        var ended = Ends(life).Select(end => end.End).DefaultIfEmpty(long.MaxValue).Min();
        foreach (var lookup in life.Done("lookup"))
        {
            if (lookup.Begin > ended || (opened.Count > 0 && lookup.Begin > opened[0].End))
            {
                yield return Broken(life, "it was ready after it had been opened or ended");
            }
        }

        foreach (var claim in life.Done("claim").Where(claim => claim.Begin > ended))
        {
            yield return Broken(life, $"{claim.By} opened it after its end");
        }

        var created = life.Done("create").Select(create => create.End).DefaultIfEmpty(long.MaxValue).Min();
        foreach (var missed in life.Operations.Where(operation => operation.Kind is "lookup" or "claim" && operation.Said == "unavailable" && operation.Begin > created))
        {
            if (!life.Operations.Any(other => MayHaveTaken(life, other, missed)) && !EndedByTime(life))
            {
                yield return Broken(life, $"{missed.Kind} did not find what had been created");
            }
        }
    }

    /// <summary>What was acknowledged and left nothing to open.</summary>
    private static IEnumerable<Operation> Ends(Life life) =>
        life.Operations.Where(operation => operation is { Kind: "displayed" or "revoke", Outcome: Outcome.Done } or { Kind: "guess", Said: "wrong-password", Left: 0 });

    /// <summary>Whether the other one, begun before this one was answered, can be why there was nothing.</summary>
    private static bool MayHaveTaken(Life life, Operation other, Operation missed) =>
        !ReferenceEquals(other, missed) && other.Begin < missed.End
        && other switch
        {
            { Kind: "claim" } => other.MayHaveHappened && (missed.Kind == "lookup" || other.By != missed.By || life.ClockStepped),
            { Kind: "revoke" or "displayed" } => other.MayHaveHappened,
            { Kind: "guess" } => other.Outcome == Outcome.Unknown || other.Left == 0,
            _ => false,
        };

    private static bool EndedByTime(Life life) => life.Entries.Any(entry => entry.Kind is "expired" or "undisplayed");

    private static Violation Broken(Life life, string what) => new(Promise, life.Handover, what);
}
