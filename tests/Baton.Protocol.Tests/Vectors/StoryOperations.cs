using System.Text.Json.Nodes;
using Baton.Protocol.Evidence;

namespace Baton.Protocol.Tests.Vectors;

/// <summary>What people read of a piece of evidence.</summary>
internal static class StoryOperations
{
    public static Dictionary<string, Func<JsonObject, Answer>> All { get; } = new(StringComparer.Ordinal)
    {
        ["evidence.render"] = Render,
    };

    private static Answer Render(JsonObject input)
    {
        if (!EvidenceText.TryParse(input.Text("text"), out var file))
        {
            return Answer.Refused;
        }

        var grades = Story.Of(file).Graded.Select(graded => (JsonNode)string.Join(' ', graded.Grades));
        return Answer.Of(("grades", new JsonArray([.. grades])), ("page", Rendering.Render(file, input.Text("text"))));
    }
}
