using System.Net;

namespace Baton.Server.Tests.Handovers;

public sealed class QuotaTests : HandoverTests
{
    protected override string[] Settings => ["--handovers-per-hour", "3", "--handovers-per-hour-organization", "5"];

    [Fact]
    public async Task A_member_makes_as_many_handovers_as_the_quota_allows_and_repeating_costs_nothing()
    {
        var first = await Sender.Waiting();
        await Sender.Waiting();
        for (var i = 0; i < 5; i++)
        {
            await Expect(HttpStatusCode.Created, Sender.Post("/api/handovers", first.Request));
        }

        await Sender.Waiting();
        var refused = TestHandover.New(Sender.Group);
        using var answer = await Sender.Post("/api/handovers", refused.Request);

        Assert.Equal("quota-exceeded", await answer.Problem());
        Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Null(Stored.Share(Server, refused));
        Server.Clock.Advance(TimeSpan.FromHours(1));
        await Expect(HttpStatusCode.Created, Sender.Post("/api/handovers", refused.Request));
    }

    [Fact]
    public async Task A_refused_request_costs_nothing()
    {
        var known = await Sender.Waiting();
        for (var i = 0; i < 5; i++)
        {
            await Expect(HttpStatusCode.Conflict, Sender.Post("/api/handovers", known.Request with { LifeSeconds = 400 + i }));
        }

        await Sender.Waiting();
        await Sender.Waiting();
    }
}
