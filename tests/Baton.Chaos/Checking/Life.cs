using System.Text.Json;
using Baton.Chaos.Recording;

namespace Baton.Chaos.Checking;

/// <summary>An entry of a handover, as far as the checker reads it.</summary>
internal sealed record Told(string Kind, string Text, JsonElement Json)
{
    public long Time => Json.GetProperty("time").GetInt64();

    public static Told Read(string text)
    {
        var json = JsonElement.Parse(text);
        return new Told(json.GetProperty("kind").GetString()!, text, json);
    }
}

/// <summary>Everything that clients did to one handover, beside everything that was found of it. spec/handover.md §4 and §5.</summary>
/// <param name="Found">Null: it is not in the database.</param>
/// <param name="ClockStepped">Whether a read window may have ended and begun again without a trace.</param>
internal sealed record Life(string Handover, IReadOnlyList<Operation> Operations, FoundHandover? Found, IReadOnlyList<Told> Entries, bool ClockStepped)
{
    /// <summary>The fault that moves a server's clock.</summary>
    public const string ClockStep = "clock step";

    private static readonly HashSet<string> Kinds = ["create", "lookup", "claim", "guess", "displayed", "receipt", "revoke", "extend"];

    public static List<Life> All(History history)
    {
        var operations = history.Operations.Where(operation => Kinds.Contains(operation.Kind)).ToLookup(operation => operation.Subject);
        var stepped = history.Faults.Any(fault => fault.Kind == ClockStep);
        return
        [
            .. operations.Select(of => of.Key).Union(history.Found.Handovers.Keys).Select(handover =>
            {
                var found = history.Found.Handovers.GetValueOrDefault(handover);
                return new Life(handover, [.. operations[handover]], found, [.. found?.Entries.Select(Told.Read) ?? []], stepped);
            }),
        ];
    }

    public IEnumerable<Operation> Of(string kind) => Operations.Where(operation => operation.Kind == kind);

    public IEnumerable<Operation> Done(string kind) => Of(kind).Where(operation => operation.Outcome == Outcome.Done);

    public IEnumerable<Told> Tells(string kind) => Entries.Where(entry => entry.Kind == kind);

    /// <summary>How many of this kind were acknowledged at least, and can have happened at most.</summary>
    public (int Least, int Most) Count(string kind) => (Done(kind).Count(), Of(kind).Count(operation => operation.MayHaveHappened));
}
