using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Protocol.Tests.Vectors;

namespace Baton.Protocol.Tests.Generator;

/// <summary>A vector file as the generator writes it.</summary>
internal sealed record VectorFile(string Name, string Operation, string About, IReadOnlyList<JsonObject> Cases)
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, IndentSize = 2, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>Cases that must give what the code gives now: a change of the protocol shows as a change of the file.</summary>
    public static VectorFile Good(string name, string operation, string about, Func<JsonObject, Answer> run, params ReadOnlySpan<JsonObject> inputs)
    {
        var cases = new List<JsonObject>();
        foreach (var input in inputs)
        {
            var output = run(input).Output ?? throw new InvalidOperationException($"{name} is refused.");
            cases.Add(new JsonObject { ["input"] = input, ["output"] = output });
        }

        return new VectorFile(name, operation, about, cases);
    }

    /// <summary>One input that must be refused.</summary>
    public static VectorFile Bad(string name, string operation, string about, string refused, JsonObject input) =>
        new(name, operation, about, [new JsonObject { ["input"] = input, ["refused"] = refused }]);

    public string ToText() => new JsonObject
    {
        ["operation"] = Operation,
        ["about"] = About,
        ["cases"] = new JsonArray([.. Cases.Select(example => example.DeepClone())]),
    }.ToJsonString(Format) + "\n";
}
