using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Baton.Client.Evidence;
using Baton.Protocol.Evidence;
using Baton.Protocol.Wire;

namespace Baton.Protocol.Tests.Vectors;

/// <summary>spec/evidence.md §1 and §4.</summary>
internal static class EvidenceOperations
{
    /// <summary>As on the wire, and lists of what is there.</summary>
    public static JsonSerializerOptions Options { get; } = new(WireJson.Shared) { TypeInfoResolver = JsonTypeInfoResolver.Combine(WireJson.Shared.TypeInfoResolver, new DefaultJsonTypeInfoResolver()) };

    public static Dictionary<string, Func<JsonObject, Answer>> All { get; } = new(StringComparer.Ordinal)
    {
        ["evidence.parse"] = input => EvidenceText.TryParse(input.Text("text"), out var file) && EvidenceText.Write(file) == input.Text("text")
            ? Answer.Of(("handovers", file.Handovers.Count))
            : Answer.Refused,
        ["evidence.verify"] = Verify,
        ["proofs.join"] = Join,
    };

    private static Answer Join(JsonObject input)
    {
        var parts = input["parts"].Deserialize<List<LedgerProofs>>(Options)!;
        var given = input["given"]!.AsArray().Select(node => node!.AsObject()).ToList();
        var joined = JoinedProofs.Of(parts, (log, from, to) => Task.FromResult(
            given.Find(one => one.Number("log") == log && one.Number("from") == from && one.Number("to") == to)?["proof"].Deserialize<IReadOnlyList<byte[]>>(Options))).GetAwaiter().GetResult();
        return joined is null ? Answer.Refused : new Answer(JsonSerializer.SerializeToNode(joined, Options)!.AsObject());
    }

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
