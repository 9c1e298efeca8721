using Baton.Chaos.Recording;

namespace Baton.Chaos.Checking;

/// <summary>A session that was ended opens nothing any more, on any node, from the acknowledgement on; one that was not goes on.</summary>
internal static class SessionEnds
{
    private const string Promise = "sessions";

    public static IEnumerable<Violation> Check(History history)
    {
        var ended = history.Operations.Where(operation => operation.Kind == "sign-out").ToLookup(operation => operation.Subject);
        foreach (var use in history.Operations.Where(operation => operation.Kind == "use"))
        {
            if (use.Outcome == Outcome.Done && ended[use.Subject].Any(end => end.Outcome == Outcome.Done && end.End < use.Begin))
            {
                yield return new Violation(Promise, use.Subject, "used after it was ended");
            }

            if (use.Said == "sign-in-required" && !ended[use.Subject].Any(end => end.MayHaveHappened && end.Begin < use.End))
            {
                yield return new Violation(Promise, use.Subject, "ended by nobody");
            }
        }
    }
}
