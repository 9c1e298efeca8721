using System.Net;
using System.Text.Json.Nodes;
using Baton.Protocol.Wire;

namespace Baton.Server.Tests.Handovers;

/// <summary>Lives by the server's clock: what is refused, and that a deadline holds over restarts and clock steps.</summary>
public sealed class LifeTests : HandoverTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("299")]
    [InlineData("2592001")]
    [InlineData("2147483648")]
    [InlineData("9223372036854775808")]
    [InlineData("1e300")]
    [InlineData("3600.5")]
    [InlineData("NaN")]
    [InlineData("\"3600\"")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[3600]")]
    [InlineData("")]
    public async Task An_absurd_life_is_refused(string life)
    {
        var handover = TestHandover.New(Sender.Group);
        var body = Text(handover).Replace("\"lifeSeconds\":3600", life.Length == 0 ? "\"language\":\"pl\"" : "\"lifeSeconds\":" + life, StringComparison.Ordinal);

        using var answer = await Sender.Client.PostText("/api/handovers", body);

        Assert.Equal("invalid-request", await answer.Problem());
        await Expect(HttpStatusCode.NotFound, Page.Lookup(handover));
    }

    [Theory]
    [InlineData(300)]
    [InlineData(2_592_000)]
    public async Task The_shortest_and_the_longest_life_are_kept_to_the_second(long life)
    {
        var handover = await Sender.Waiting(lifeSeconds: life);

        Server.Clock.Step(TimeSpan.FromSeconds(life) - TimeSpan.FromMilliseconds(1));
        await Expect(HttpStatusCode.OK, Page.Lookup(handover));
        Server.Clock.Step(TimeSpan.FromMilliseconds(1));
        await Expect(HttpStatusCode.NotFound, Page.Lookup(handover));
        await Expect(HttpStatusCode.NotFound, Page.Claim(handover));
    }

    [Fact]
    public async Task An_extension_with_an_absurd_life_is_refused()
    {
        var handover = await Sender.Waiting();
        foreach (var life in new[] { "0", "-1", "299", "2592001", "9223372036854775808", "null", "\"3600\"" })
        {
            using var answer = await Sender.Client.PostText($"/api/handovers/{handover.Id}/extend", $$"""{"lifeSeconds":{{life}}}""");
            Assert.Equal("invalid-request", await answer.Problem());
        }
    }

    [Fact]
    public async Task A_deadline_holds_over_a_restart_and_the_sweep_catches_up_after_downtime()
    {
        var over = await Sender.Waiting(lifeSeconds: 300);
        var still = await Sender.Waiting(lifeSeconds: 3600);

        Server.Clock.Step(TimeSpan.FromSeconds(301));
        await Restart();

        Assert.Equal("expired", await Sender.State(over));
        Assert.Equal(["created", "expired"], await Sender.Story(over));
        await Expect(HttpStatusCode.OK, Page.Lookup(still));
    }

    [Fact]
    public async Task A_clock_set_back_revives_nothing_that_ended()
    {
        var handover = await Sender.Waiting(lifeSeconds: 300);
        Server.Clock.Advance(TimeSpan.FromSeconds(360));
        await Eventually.Holds(async () => await Sender.State(handover) == "expired");

        Server.Clock.Step(TimeSpan.FromHours(-1));

        await Expect(HttpStatusCode.NotFound, Page.Lookup(handover));
        await Expect(HttpStatusCode.NotFound, Page.Claim(handover));
    }

    [Fact]
    public async Task The_read_window_moves_with_file_reads_and_never_beyond_half_an_hour()
    {
        var handover = TestHandover.New(Sender.Group, files: [16 + 10]);
        await Sender.Create(handover);
        await Sender.PutChunk(handover, 0, 0, new byte[26]);
        await Expect(HttpStatusCode.OK, Sender.Post($"/api/handovers/{handover.Id}/commit"));
        await Open(Page, handover);

        for (var minute = 4; minute < 30; minute += 4)
        {
            Server.Clock.Step(TimeSpan.FromMinutes(4));
            await Expect(HttpStatusCode.OK, Page.File(handover, 0, 0, 1));
        }

        Server.Clock.Step(TimeSpan.FromMinutes(2));
        await Expect(HttpStatusCode.NotFound, Page.File(handover, 0, 0, 1));
        await Expect(HttpStatusCode.NotFound, Page.Claim(handover));
    }

    [Fact]
    public async Task A_claim_just_before_the_expiry_leaves_the_whole_window()
    {
        var handover = await Sender.Waiting(lifeSeconds: 300);
        Server.Clock.Step(TimeSpan.FromSeconds(299));
        await Open(Page, handover);

        Server.Clock.Advance(TimeSpan.FromSeconds(290));

        await Open(Page, handover);
    }

    private static string Text(TestHandover handover) => JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(handover.Request, WireJson.Shared))!.ToJsonString();
}
