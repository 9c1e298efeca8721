using System.Net;
using System.Security.Cryptography;
using Baton.Protocol.Wire;
using Baton.Server.Storage;
using Baton.Server.Tests.Host;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Handovers;

/// <summary>Unknown, draft, used, expired, revoked, locked, void, another's: nobody can tell which.</summary>
[Collection(Alone.Name)]
public sealed class UniformAnswerTests : HandoverTests
{
    protected override string[] Settings => ["--metrics-listen", "http://127.0.0.1:0"];

    [Fact]
    public async Task Every_link_that_cannot_be_opened_gets_the_same_status_headers_and_bytes()
    {
        var links = await AllThatCannotBeOpened();
        foreach (var call in new[] { "lookup", "claim", "displayed", "file", "receipt" })
        {
            var answers = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (name, handover) in links.Where(link => link.Key != "claimed by another" || call is "claim" or "lookup" or "file"))
            {
                using var answer = await Ask(call, handover);
                answers[name] = await Everything(answer);
            }

            Assert.All(answers, answer => Assert.True(answer.Value == answers["unknown"], $"{call}: {answer.Key}\n{answer.Value}\ninstead of\n{answers["unknown"]}"));
            Assert.Contains("404", answers["unknown"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_wrong_key_for_a_link_without_password_gets_the_uniform_answer_too()
    {
        var open = await Sender.Waiting(password: false);
        using var wrong = await Page.Guess(open);
        using var unknown = await Page.Claim(TestHandover.New(Sender.Group));

        Assert.Equal(await Everything(unknown), await Everything(wrong));
    }

    /// <summary>Who skips the share's read or the comparison, or writes, could be told by time. The last lines show that this sees a write.</summary>
    [Fact]
    public async Task Work_does_not_tell_either()
    {
        var links = await AllThatCannotBeOpened();
        var waiting = await Sender.Waiting();
        using var seen = new WorkSeen();
        foreach (var call in new[] { "lookup", "claim", "file" })
        {
            var unknown = await seen.Of(Ask(call, links["unknown"]));
            Assert.Contains("FROM handovers", unknown, StringComparison.Ordinal);
            foreach (var (name, handover) in links)
            {
                var work = await seen.Of(Ask(call, handover));
                Assert.True(work == unknown, $"{call}: {name}\n{work}\ninstead of\n{unknown}");
            }
        }

        var claim = await seen.Of(Page.Claim(links["unknown"]));
        Assert.Contains("FROM shares", claim, StringComparison.Ordinal);
        Assert.Contains("key compared", claim, StringComparison.Ordinal);
        Assert.Contains("ledger write", await seen.Of(Page.Guess(waiting)), StringComparison.Ordinal);
    }

    private async Task<Dictionary<string, TestHandover>> AllThatCannotBeOpened()
    {
        var links = new Dictionary<string, TestHandover>(StringComparer.Ordinal) { ["unknown"] = TestHandover.New(Sender.Group) };
        using var other = new Reader(Server);

        links["expired"] = await Sender.Waiting(lifeSeconds: 300);
        links["expired and not swept"] = await Sender.Waiting(lifeSeconds: 400);
        links["undisplayed"] = await Sender.Waiting();
        await Open(other, links["undisplayed"]);
        links["void"] = await Sender.Waiting();
        await Server.Services.GetRequiredService<Shares>().Destroy(links["void"].Id);
        Server.Clock.Advance(TimeSpan.FromSeconds(360));
        await Eventually.Holds(async () => await Sender.State(links["expired"]) == "expired" && await Sender.State(links["undisplayed"]) == "undisplayed" && await Sender.State(links["void"]) == "void");
        Server.Clock.Step(TimeSpan.FromSeconds(45));

        links["share lost"] = await Sender.Waiting();
        await Server.Services.GetRequiredService<Shares>().Destroy(links["share lost"].Id);
        links["draft"] = TestHandover.New(Sender.Group, files: [16]);
        await Sender.Create(links["draft"]);
        links["revoked"] = await Sender.Waiting();
        await Expect(HttpStatusCode.OK, Sender.Post($"/api/handovers/{links["revoked"].Id}/revoke"));
        links["locked"] = await Sender.Waiting();
        for (var i = 0; i < 10; i++)
        {
            await Expect(HttpStatusCode.Forbidden, other.Guess(links["locked"]));
        }

        links["displayed"] = await Sender.Waiting();
        await Open(other, links["displayed"]);
        await Expect(HttpStatusCode.NoContent, other.Displayed(links["displayed"]));
        links["claimed by another"] = await Sender.Waiting();
        await Open(other, links["claimed by another"]);
        return links;
    }

    private Task<HttpResponseMessage> Ask(string call, TestHandover handover) => call switch
    {
        "lookup" => Page.Lookup(handover),
        "claim" => Page.Claim(handover),
        "displayed" => Page.Post("displayed", new LinkDisplayed(handover.Locator, RandomNumberGenerator.GetBytes(32))),
        "file" => Page.File(handover, 0, 0, 1),
        _ => Page.Receipt(new LinkReceipt(handover.Locator, handover.Statement(), new byte[64], new byte[64])),
    };

    private static async Task<string> Everything(HttpResponseMessage answer) =>
        $"{(int)answer.StatusCode}\n{string.Join('\n', answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Date").Select(header => $"{header.Key}: {string.Join(',', header.Value)}"))}\n"
        + await answer.Content.ReadAsStringAsync(Cancel);
}
