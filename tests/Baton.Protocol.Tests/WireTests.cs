using System.Text.Json;
using Baton.Protocol.Wire;
using Xunit;

namespace Baton.Protocol.Tests;

public sealed class WireTests
{
    [Theory]
    [InlineData("""{"locator":"AAAA","more":1}""", "a member that isn't known")]
    [InlineData("""{}""", "a missing member")]
    [InlineData("""{"locator":null}""", "null for a member that must be there")]
    [InlineData("""{"locator":7}""", "another type")]
    [InlineData("""{"locator":"AAAA","locator":"AAAA"}""", "a member twice")]
    [InlineData("""{"Locator":"AAAA"}""", "another case")]
    [InlineData("""{"locator":"AAA="}""", "padding")]
    [InlineData("""[{"locator":"AAAA"}]""", "an array")]
    public void The_wire_refuses(string json, string what)
    {
        Assert.NotEmpty(what);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<LinkLookup>(json, WireJson.Shared));
    }

    [Fact]
    public void What_may_be_null_may_be_absent()
    {
        var draft = JsonSerializer.Deserialize<HandoverCreated>("""{"handover":"AAAAAAAAAAAAAAAAAAAAAA","state":"draft","createdAt":1}""", WireJson.Shared)!;
        Assert.Null(draft.ExpiresAt);
        Assert.Null(draft.Created);
        var ready = JsonSerializer.Deserialize<LinkReady>(
            """{"hasPassword":true,"expiresAt":1,"language":"pl","organization":"Studio","files":[]}""", WireJson.Shared)!;
        Assert.Null(ready.Sender);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<LinkReady>(
            """{"hasPassword":true,"expiresAt":1,"language":"pl","files":[]}""", WireJson.Shared));
    }

    [Fact]
    public void What_is_null_is_left_out() =>
        Assert.Equal(
            """{"handover":"AAAAAAAAAAAAAAAAAAAAAA","state":"draft","createdAt":1}""",
            JsonSerializer.Serialize(new HandoverCreated(default, "draft", 1, null, null), WireJson.Shared));
}
