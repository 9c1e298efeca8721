using System.Net;
using System.Text.Json;
using Baton.Protocol.Wire;

namespace Baton.Server.Tests.Handovers;

/// <summary>Lists and live updates.</summary>
public sealed class HistoryTests : HandoverTests
{
    [Fact]
    public async Task The_list_comes_newest_first_page_by_page_and_drafts_are_not_in_it()
    {
        var made = new List<TestHandover>();
        for (var i = 0; i < 5; i++)
        {
            made.Add(await Sender.Waiting());
        }

        await Sender.Create(TestHandover.New(Sender.Group, files: [16]));

        var seen = new List<Protocol.Id>();
        string? next = null;
        do
        {
            using var answer = await Sender.Get("/api/handovers?limit=2" + (next is null ? "" : "&before=" + next));
            var page = await answer.Read<HandoverPage>();
            Assert.InRange(page.Handovers.Count, 1, 2);
            seen.AddRange(page.Handovers.Select(handover => handover.Handover));
            next = page.Next;
        }
        while (next is not null);

        Assert.Equal(made.AsEnumerable().Reverse().Select(handover => handover.Id), seen);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("limit=x")]
    [InlineData("limit=-1")]
    [InlineData("before=0")]
    [InlineData("before=%20")]
    [InlineData("before=99999999999999999999")]
    public async Task A_page_that_cannot_be_is_refused(string query)
    {
        using var answer = await Sender.Get("/api/handovers?" + query);

        Assert.Equal("invalid-request", await answer.Problem());
    }

    [Fact]
    public async Task Live_updates_tell_every_step_to_those_who_may_see_it_and_to_nobody_else()
    {
        using var stranger = await Sender.In(Server);
        using var mine = await Listen(Sender);
        using var theirs = await Listen(stranger);

        var handover = await Sender.Waiting();
        Assert.Equal("waiting", (await Next(mine, handover)).State);
        await Expect(HttpStatusCode.Forbidden, Page.Guess(handover));
        Assert.Equal(9, (await Next(mine, handover)).GuessesLeft);
        await Open(Page, handover);
        Assert.Equal("claimed", (await Next(mine, handover)).State);
        await Expect(HttpStatusCode.NoContent, Page.Displayed(handover));
        Assert.Equal("displayed", (await Next(mine, handover)).State);

        var other = await stranger.Waiting();
        Assert.Equal(other.Id, (await Next(theirs, other)).Handover);
    }

    [Fact]
    public async Task A_quiet_stream_says_something_every_20_seconds()
    {
        using var stream = await Listen(Sender);

        Server.Clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(":", await stream.ReadLineAsync(Cancel));
    }

    private static async Task<StreamReader> Listen(Sender sender)
    {
        var answer = await sender.Client.GetAsync(new Uri("/api/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.ToString());
        var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancel));
        Assert.Equal(":", await reader.ReadLineAsync(Cancel));
        Assert.Equal("", await reader.ReadLineAsync(Cancel));
        return reader;
    }

    private static async Task<HandoverSummary> Next(StreamReader stream, TestHandover of)
    {
        Assert.Equal("event: handover", await stream.ReadLineAsync(Cancel));
        var data = await stream.ReadLineAsync(Cancel);
        Assert.Equal("", await stream.ReadLineAsync(Cancel));
        var summary = JsonSerializer.Deserialize<HandoverSummary>(data!["data: ".Length..], WireJson.Shared)!;
        Assert.Equal(of.Id, summary.Handover);
        return summary;
    }
}
