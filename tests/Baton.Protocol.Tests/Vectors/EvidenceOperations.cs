using System.Text.Json.Nodes;
using Baton.Client.Evidence;
using Baton.Protocol.Evidence;

namespace Baton.Protocol.Tests.Vectors;

/// <summary>spec/evidence.md §1 and §4.</summary>
internal static class EvidenceOperations
{
    public static Dictionary<string, Func<JsonObject, Answer>> All { get; } = new(StringComparer.Ordinal)
    {
        ["evidence.parse"] = input => EvidenceText.TryParse(input.Text("text"), out var file) && EvidenceText.Write(file) == input.Text("text")
            ? Answer.Of(("handovers", file.Handovers.Count))
            : Answer.Refused,
        ["evidence.verify"] = Verify,
    };

    private static Answer Verify(JsonObject input)
    {
        var verification = EvidenceVerification.Of(System.Text.Encoding.UTF8.GetBytes(input.Text("file")), input["key"]?.GetValue<string>());
        var steps = new JsonObject();
        foreach (var step in verification.Steps)
        {
            steps[step.Name] = step.Where is null ? Word(step.Verdict) : $"{Word(step.Verdict)} {step.Where}";
        }

        return Answer.Of(
            ("verdict", Word(verification.Verdict)), ("steps", steps),
            ("grades", verification.Grades is null ? null : new JsonArray([.. verification.Grades.Select(graded => JsonValue.Create(string.Join(' ', graded.Grades)))])));
    }

    private static string Word(Verdict verdict) => verdict.ToString().ToLowerInvariant();
}
