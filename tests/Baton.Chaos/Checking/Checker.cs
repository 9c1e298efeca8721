using Baton.Chaos.Recording;

namespace Baton.Chaos.Checking;

/// <summary>A promise that was broken, and where.</summary>
internal sealed record Violation(string Promise, string Subject, string What)
{
    public override string ToString() => $"{Promise}: {Subject}: {What}";
}

/// <summary>
/// The one checker: a history of what all clients did, and what was found in the end, against every promise. It knows nothing of faults: none
/// of them excuses anything. An operation without an answer may have happened or not, at any moment from its beginning on.
/// </summary>
internal static class Checker
{
    public static List<Violation> Check(History history)
    {
        var lives = Life.All(history);
        return
        [
            .. lives.SelectMany(OneReader.Check),
            .. lives.SelectMany(GuessBudget.Check),
            .. lives.SelectMany(Kept.Check),
            .. lives.SelectMany(States.Check),
            .. lives.SelectMany(RealTime.Check),
            .. VaultRevisions.Check(history),
            .. SessionEnds.Check(history),
            .. WholeLog.Check(history),
            .. Destroyed.Check(history),
        ];
    }
}
