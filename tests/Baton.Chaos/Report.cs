using System.Globalization;
using Baton.Chaos.Checking;
using Baton.Chaos.Recording;

namespace Baton.Chaos;

/// <summary>What a run came to, in numbers; every violation in words, up to a page of them.</summary>
internal static class Report
{
    private const int Page = 40;

    /// <returns>How many violations.</returns>
    public static int Print(string name, History history)
    {
        var violations = Checker.Check(history);
        var (operations, found) = (history.Operations, history.Found);
        var seconds = operations.Count == 0 ? 0 : operations.Max(operation => operation.End) / 1_000_000;
        Line($"{name}: {Count(operations, Outcome.Done)} operations acknowledged, {Count(operations, Outcome.Refused)} refused, {Count(operations, Outcome.Unknown)} without an answer, in {seconds} s");
        Line($"  by kind: {string.Join(", ", operations.GroupBy(operation => operation.Kind, StringComparer.Ordinal).OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => $"{kind.Key} {kind.Count()}"))}");
        Line($"  faults: {history.Faults.Count}: {string.Join(", ", history.Faults.GroupBy(fault => fault.Kind, StringComparer.Ordinal).OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => $"{kind.Key} {kind.Count()}"))}");
        Line($"  found: {found.Handovers.Count} handovers ({string.Join(", ", found.Handovers.Values.GroupBy(handover => handover.State, StringComparer.Ordinal).OrderBy(state => state.Key, StringComparer.Ordinal).Select(state => $"{state.Key} {state.Count()}"))}), {found.Vault.Values.Sum(entry => entry.Count)} revisions, {found.Ledger.Count} ledger entries; {Notes(history)} checkpoints remembered");
        Line($"  lost acknowledged writes: {violations.Count(violation => violation.Promise is "acknowledged = kept" or "acknowledged = seen" or "vault")}");
        Line($"  violations: {violations.Count}");
        foreach (var violation in violations.Take(Page))
        {
            Line($"    {violation}");
        }

        return violations.Count;
    }

    private static int Notes(History history) =>
        history.Operations.SelectMany(operation => operation.Texts).Where(text => !text.StartsWith('{')).Distinct(StringComparer.Ordinal).Count();

    private static int Count(IReadOnlyList<Operation> operations, Outcome outcome) => operations.Count(operation => operation.Outcome == outcome);

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
