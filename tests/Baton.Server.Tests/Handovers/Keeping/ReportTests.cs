using System.Net;
using System.Text;
using System.Text.Json;
using Baton.Protocol.Wire;

namespace Baton.Server.Tests.Handovers;

public sealed class ReportTests : HandoverTests
{
    [Fact]
    public async Task The_senders_open_app_hears_of_a_report_at_once()
    {
        var handover = await Sender.Waiting();
        using var stream = await LiveEvents.Open(Sender.Client);

        await Expect(HttpStatusCode.Accepted, Report(handover, "not-me"));

        var (name, data) = (await stream.Next())!.Value;
        Assert.Equal("handover", name);
        var summary = JsonSerializer.Deserialize<HandoverSummary>(data, WireJson.Shared)!;
        Assert.Equal((handover.Id, 1, "waiting"), (summary.Handover, summary.Reports, summary.State));
    }

    [Theory]
    [InlineData("not-me")]
    [InlineData("more")]
    public async Task A_report_is_an_entry_with_its_reason_and_a_commitment_to_the_address(string reason)
    {
        var handover = await Sender.Waiting();
        await Open(Page, handover);
        await Expect(HttpStatusCode.NoContent, Page.Displayed(handover));

        await Expect(HttpStatusCode.Accepted, Report(handover, reason));
        await Eventually.Holds(async () => (await Sender.Detail(handover)).Summary.Reports == 1);

        var detail = await Sender.Detail(handover);
        var entry = JsonElement.Parse(detail.Entries[^1].Text);
        Assert.Equal(("reported", reason, "recipient"), (entry.GetProperty("kind").GetString(), entry.GetProperty("reason").GetString(), entry.GetProperty("actor").GetString()));
        var observed = detail.Entries[^1].Observed!;
        byte[] committed = [.. observed.AddressSalt!, .. "address\0"u8, .. Encoding.UTF8.GetBytes(observed.Address!)];
        Assert.Equal(Protocol.Encoding.Base64Url.Encode(System.Security.Cryptography.SHA256.HashData(committed)), entry.GetProperty("address").GetString());
        Assert.Equal("displayed", detail.Summary.State);
    }

    [Fact]
    public async Task The_first_five_are_kept_and_every_one_is_answered_the_same()
    {
        var handover = await Sender.Waiting();
        var unknown = TestHandover.New(Sender.Group);
        using var first = await Report(handover, "more");
        using var strange = await Report(unknown, "more");
        Assert.Equal(HttpStatusCode.Accepted, strange.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(Cancel), await strange.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(first.Headers.Select(header => header.Key), strange.Headers.Select(header => header.Key));
        for (var i = 0; i < 6; i++)
        {
            await Expect(HttpStatusCode.Accepted, Report(handover, "more"));
        }

        // Reports are taken in order: once the last one is there, all before it were looked at.
        var last = await Sender.Waiting();
        await Expect(HttpStatusCode.Accepted, Report(last, "not-me"));
        await Eventually.Holds(async () => (await Sender.Detail(last)).Summary.Reports == 1);
        Assert.Equal(5, (await Sender.Detail(handover)).Summary.Reports);
        Assert.Equal(6, Entries.Of(Server, "reported").Count);
    }

    [Fact]
    public async Task What_was_answered_is_written_before_the_server_stops()
    {
        var handover = await Sender.Waiting();
        await Expect(HttpStatusCode.Accepted, Report(handover, "not-me"));
        await Restart();
        Assert.Equal(1, (await Sender.Detail(handover)).Summary.Reports);
    }

    [Fact]
    public async Task Anything_but_a_locator_and_a_reason_is_refused()
    {
        var handover = await Sender.Waiting();
        foreach (var report in new[] { new LinkReport(handover.Locator[..15], "more"), new LinkReport(handover.Locator, "other"), new LinkReport([], "") })
        {
            using var answer = await Page.Post("report", report);
            Assert.Equal("invalid-request", await answer.Problem());
        }
    }

    private Task<HttpResponseMessage> Report(TestHandover handover, string reason) => Page.Post("report", new LinkReport(handover.Locator, reason));
}
