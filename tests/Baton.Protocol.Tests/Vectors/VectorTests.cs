using System.Text.Json.Nodes;
using Xunit;

namespace Baton.Protocol.Tests.Vectors;

public sealed class VectorTests
{
    private static readonly Dictionary<string, Func<JsonObject, Answer>> Operations =
        new([.. PrimitiveOperations.All, .. HandoverOperations.All, .. MemberOperations.All, .. VaultOperations.All, .. LedgerOperations.All, .. EvidenceOperations.All, .. StoryOperations.All], StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. Vector.Names()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_vector_gives_what_it_says(string name)
    {
        var vector = Vector.Load(name);
        Assert.NotEmpty(vector.Cases);
        foreach (var example in vector.Cases)
        {
            var answer = Operations[vector.Operation](example.Input);
            Assert.True((example.Output is null) != (example.Refused is null), "A case has an output or is refused.");
            Assert.True(JsonNode.DeepEquals(example.Output, answer.Output), $"{vector.About}\nexpected {example.Output?.ToJsonString()}\nbut was {answer.Output?.ToJsonString()}");
            if (answer.Fault is not null)
            {
                Assert.Equal(example.Refused, answer.Fault);
            }
        }
    }

    [Fact]
    public void Every_operation_has_a_good_vector_and_every_refusal_stands_alone()
    {
        var vectors = Vector.Names().Select(Vector.Load).ToList();
        Assert.All(Operations.Keys, operation =>
            Assert.Contains(vectors, vector => vector.Operation == operation && vector.Cases.All(example => example.Output is not null)));
        Assert.All(vectors.Where(vector => vector.Cases.Any(example => example.Refused is not null)), vector => Assert.Single(vector.Cases));
    }
}
