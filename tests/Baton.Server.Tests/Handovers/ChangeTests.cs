using System.Net;
using Baton.Protocol.Wire;

namespace Baton.Server.Tests.Handovers;

/// <summary>Revoke and extend, in every state.</summary>
public sealed class ChangeTests : HandoverTests
{
    [Theory]
    [InlineData("waiting", HttpStatusCode.OK)]
    [InlineData("claimed", HttpStatusCode.OK)]
    [InlineData("displayed", HttpStatusCode.Conflict)]
    [InlineData("confirmed", HttpStatusCode.Conflict)]
    [InlineData("undisplayed", HttpStatusCode.Conflict)]
    [InlineData("expired", HttpStatusCode.Conflict)]
    [InlineData("revoked", HttpStatusCode.Conflict)]
    [InlineData("locked", HttpStatusCode.Conflict)]
    public async Task Revoke_is_taken_while_waiting_and_claimed(string state, HttpStatusCode status)
    {
        var handover = await In(state);

        using var answer = await Sender.Post($"/api/handovers/{handover.Id}/revoke");

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(status == HttpStatusCode.OK ? "revoked" : state, await Sender.State(handover));
        await Expect(HttpStatusCode.NotFound, Page.Claim(handover));
        Assert.Null(Stored.Share(Server, handover));
    }

    [Theory]
    [InlineData("waiting", HttpStatusCode.OK)]
    [InlineData("claimed", HttpStatusCode.Conflict)]
    [InlineData("displayed", HttpStatusCode.Conflict)]
    [InlineData("confirmed", HttpStatusCode.Conflict)]
    [InlineData("undisplayed", HttpStatusCode.Conflict)]
    [InlineData("expired", HttpStatusCode.Conflict)]
    [InlineData("revoked", HttpStatusCode.Conflict)]
    [InlineData("locked", HttpStatusCode.Conflict)]
    public async Task Extend_is_taken_while_waiting(string state, HttpStatusCode status)
    {
        var handover = await In(state);

        using var answer = await Sender.Post($"/api/handovers/{handover.Id}/extend", new ExtendHandover(86_400));

        Assert.Equal(status, answer.StatusCode);
        if (status == HttpStatusCode.OK)
        {
            var summary = await answer.Read<HandoverSummary>();
            Assert.Equal(Server.Clock.GetUtcNow().ToUnixTimeMilliseconds() + 86_400_000, summary.ExpiresAt);
            Assert.Equal(["created", "extended"], await Sender.Story(handover));
        }
        else
        {
            Assert.Equal(state, (await answer.Read<Problem>()).State);
        }
    }

    [Fact]
    public async Task A_life_that_is_over_but_not_swept_can_be_neither_extended_nor_revoked()
    {
        var handover = await Sender.Waiting(lifeSeconds: 300);
        Server.Clock.Step(TimeSpan.FromSeconds(301));

        await Expect(HttpStatusCode.Conflict, Sender.Post($"/api/handovers/{handover.Id}/extend", new ExtendHandover(86_400)));
        await Expect(HttpStatusCode.Conflict, Sender.Post($"/api/handovers/{handover.Id}/revoke"));
    }

    [Fact]
    public async Task Another_organization_finds_nothing_there()
    {
        var handover = await Sender.Waiting();
        using var stranger = await Sender.In(Server);

        await Expect(HttpStatusCode.NotFound, stranger.Get($"/api/handovers/{handover.Id}"));
        await Expect(HttpStatusCode.NotFound, stranger.Post($"/api/handovers/{handover.Id}/revoke"));
        await Expect(HttpStatusCode.NotFound, stranger.Post($"/api/handovers/{handover.Id}/extend", new ExtendHandover(86_400)));
        using var list = await stranger.Get("/api/handovers");
        Assert.Empty((await list.Read<HandoverPage>()).Handovers);
        Assert.Equal("waiting", await Sender.State(handover));
    }

    private async Task<TestHandover> In(string state)
    {
        var handover = await Sender.Waiting(lifeSeconds: 300);
        if (state is "claimed" or "displayed" or "confirmed" or "undisplayed")
        {
            var opened = await Open(Page, handover);
            if (state is "displayed" or "confirmed")
            {
                await Expect(HttpStatusCode.NoContent, Page.Displayed(handover));
            }

            if (state == "confirmed")
            {
                await Expect(HttpStatusCode.OK, Page.Receipt(Page.Sign(handover, opened, handover.Statement())));
            }
        }

        if (state == "revoked")
        {
            await Expect(HttpStatusCode.OK, Sender.Post($"/api/handovers/{handover.Id}/revoke"));
        }

        for (var i = 0; state == "locked" && i < 10; i++)
        {
            await Expect(HttpStatusCode.Forbidden, Page.Guess(handover));
        }

        if (state is "expired" or "undisplayed")
        {
            Server.Clock.Advance(TimeSpan.FromMinutes(7));
        }

        await Eventually.Holds(async () => await Sender.State(handover) == state && (state is "waiting" or "claimed" || Stored.Share(Server, handover) is null));
        return handover;
    }
}
