using Baton.Chaos.Recording;

namespace Baton.Chaos.Checking;

/// <summary>
/// Nothing is readable after its end: no byte of it on the disk, no row in the stores, no answer from an old backup; and what another program
/// said of the stores, <c>baton-server ledger check</c> among them.
/// </summary>
internal static class Destroyed
{
    public static IEnumerable<Violation> Check(History history) =>
    [
        .. history.Found.Leftovers.Select(leftover => new Violation("destroyed", leftover, "is still there")),
        .. history.Operations.Where(operation => operation is { Kind: "open-copy", Outcome: Outcome.Done })
            .Select(operation => new Violation("destroyed", operation.Subject, "a restored backup opened it")),
        .. history.Found.Verdicts.Where(verdict => verdict.ExitCode != 0).Select(verdict => new Violation("sound stores", verdict.Command, verdict.Output)),
    ];
}
