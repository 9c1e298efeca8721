using Xunit;

namespace Baton.Protocol.Tests;

/// <summary>spec/keys.md §9: a policy is one exact text.</summary>
public sealed class PolicyTests
{
    private const string Spec =
        """{"v":1,"number":1,"lifeMax":2592000,"password":true,"passwordBits":40,"handOver":"member","files":true,"fileBytes":33554432,"idle":1800,"session":43200,"breachCheck":false}""";

    [Fact]
    public void The_text_of_the_spec_reads_and_writes_to_itself()
    {
        Assert.True(Policy.TryParse(Spec, out var policy));
        Assert.Equal(new Policy(1, 2_592_000, true, 40, Role.Member, true, 33_554_432, 1800, 43_200, false), policy);
        Assert.Equal(Spec, policy.ToText());
    }

    [Theory]
    [InlineData("\"v\":1", "\"v\":2")]
    [InlineData("\"v\":1", "\"v\": 1")]
    [InlineData("\"number\":1", "\"number\":0")]
    [InlineData("\"number\":1", "\"number\":01")]
    [InlineData("\"number\":1", "\"number\":-1")]
    [InlineData("2592000", "2592001")]
    [InlineData("2592000", "299")]
    [InlineData("2592000", "2.592e6")]
    [InlineData("\"password\":true", "\"password\":\"true\"")]
    [InlineData("\"password\":true", "\"password\":null")]
    [InlineData("\"passwordBits\":40", "\"passwordBits\":-1")]
    [InlineData("\"passwordBits\":40", "\"passwordBits\":257")]
    [InlineData("\"member\"", "\"auditor\"")]
    [InlineData("\"member\"", "\"Member\"")]
    [InlineData("\"member\"", "\"removed\"")]
    [InlineData("33554432", "268435457")]
    [InlineData("\"idle\":1800", "\"idle\":59")]
    [InlineData("\"session\":43200", "\"session\":2592001")]
    [InlineData(",\"breachCheck\":false", "")]
    [InlineData("\"breachCheck\":false", "\"breachCheck\":false,\"more\":1")]
    [InlineData("\"breachCheck\":false", "\"breachCheck\":false,\"breachCheck\":false")]
    [InlineData("false}", "false} ")]
    public void Any_other_text_is_refused(string part, string instead)
    {
        var text = Spec.Replace(part, instead, StringComparison.Ordinal);
        Assert.NotEqual(Spec, text);
        Assert.False(Policy.TryParse(text, out _), text);
    }

    [Theory]
    [InlineData(Role.Owner, Role.Owner, true)]
    [InlineData(Role.Owner, Role.Admin, false)]
    [InlineData(Role.Admin, Role.Admin, true)]
    [InlineData(Role.Admin, Role.Member, false)]
    [InlineData(Role.Member, Role.Member, true)]
    [InlineData(Role.Member, Role.Auditor, false)]
    [InlineData(Role.Member, Role.Removed, false)]
    public void The_least_role_and_those_above_hand_over(Role least, Role role, bool may) =>
        Assert.Equal(may, new Policy(1, 300, false, 0, least, false, 0, 60, 60, false).MayHandOver(role));
}
