using System.Net;
using System.Text.Json;
using Baton.Protocol;
using Baton.Protocol.Wire;

namespace Baton.Server.Tests.Handovers;

/// <summary>What is purged by hand and by time, and what stays. spec/ledger.md §8.</summary>
public sealed class ErasureTests : HandoverTests
{
    [Fact]
    public async Task Erasing_takes_what_concerns_the_recipient_and_leaves_the_record()
    {
        var (handover, receipt) = await Confirmed();
        var before = await Sender.Detail(handover);
        Assert.NotNull(before.Entries[1].Observed);

        var summary = await Erase(handover, details: false);

        Assert.Null(summary.Personal);
        Assert.Equal(handover.Request.Details, summary.Details);
        var after = await Sender.Detail(handover);
        Assert.Equal(before.Entries.Select(entry => entry.Text), after.Entries.SkipLast(1).Select(entry => entry.Text));
        Assert.All(after.Entries, entry => Assert.Null(entry.Observed));
        Assert.Equal((receipt.Statement, null), (after.Replies.Single().Statement, after.Replies.Single().Reply));
        var erased = JsonElement.Parse(after.Entries[^1].Text);
        Assert.Equal("erased", erased.GetProperty("kind").GetString());
        Assert.Equal(Sender.Member.Member.ToString(), erased.GetProperty("member").GetString());
        Assert.False(erased.GetProperty("details").GetBoolean());
    }

    [Fact]
    public async Task The_items_go_when_asked_for_also_later_and_repeating_is_fine()
    {
        var (handover, _) = await Confirmed();
        await Erase(handover, details: false);
        await Erase(handover, details: false);
        Assert.Null((await Erase(handover, details: true)).Details);
        await Erase(handover, details: true);
        await Erase(handover, details: false);
        Assert.Equal([false, true], Entries.Of(Server, "erased").Select(entry => entry.GetProperty("details").GetBoolean()));
        using var list = await Sender.Get("/api/handovers");
        Assert.Null((await list.Read<HandoverPage>()).Handovers.Single().Details);
    }

    [Fact]
    public async Task The_bytes_are_gone_from_the_data_directory()
    {
        var (handover, receipt) = await Confirmed();
        Assert.True(Server.Store.Holds(handover.Request.Personal));
        await Erase(handover, details: true);
        await Server.Restart();
        Assert.False(Server.Store.Holds(handover.Request.Personal));
        Assert.False(Server.Store.Holds(handover.Request.Details));
        Assert.False(Server.Store.Holds(receipt.Reply));
    }

    [Fact]
    public async Task What_waits_or_is_being_read_is_not_erased()
    {
        var handover = await Sender.Waiting();
        foreach (var state in new[] { "waiting", "claimed" })
        {
            using var refused = await Sender.Post($"/api/handovers/{handover.Id}/erase", new EraseHandover(true));
            var problem = await refused.Read<Problem>();
            Assert.Equal((409, state), (problem.Status, problem.State));
            await Open(Page, handover);
        }

        Assert.NotNull((await Sender.Detail(handover)).Summary.Personal);
    }

    [Fact]
    public async Task What_comes_after_it_is_an_entry_and_is_not_kept()
    {
        var handover = await Sender.Waiting();
        var opened = await Open(Page, handover);
        await Expect(HttpStatusCode.NoContent, Page.Displayed(handover));
        await Erase(handover, details: false);

        var receipt = Page.Sign(handover, opened, handover.Statement());
        await Expect(HttpStatusCode.OK, Page.Receipt(receipt));
        await Expect(HttpStatusCode.OK, Page.Receipt(receipt));
        await Expect(HttpStatusCode.Conflict, Page.Receipt(Page.Sign(handover, opened, handover.Statement())));
        await Expect(HttpStatusCode.Accepted, Page.Post("report", new LinkReport(handover.Locator, "more")));
        await Eventually.Holds(async () => (await Sender.Detail(handover)).Summary.Reports == 1);

        var detail = await Sender.Detail(handover);
        Assert.Equal("confirmed", detail.Summary.State);
        Assert.Null(detail.Replies.Single().Reply);
        Assert.All(detail.Entries, entry => Assert.Null(entry.Observed));
    }

    [Fact]
    public async Task Personal_data_is_purged_when_its_days_are_over_and_everything_else_stays()
    {
        var (ended, _) = await Confirmed();
        await Retain(30);
        Server.Clock.Step(TimeSpan.FromDays(20));
        using var again = await Again();
        var later = await again.Waiting();
        await Expect(HttpStatusCode.OK, again.Post($"/api/handovers/{later.Id}/revoke"));
        var waiting = await again.Waiting(lifeSeconds: 2_592_000);

        Server.Clock.Step(TimeSpan.FromDays(10));
        Hour();
        using var then = await Again();
        await Eventually.Holds(async () => (await then.Detail(ended)).Summary.Personal is null);

        Assert.NotNull((await then.Detail(ended)).Summary.Details);
        Assert.NotNull((await then.Detail(later)).Summary.Personal);
        Assert.NotNull((await then.Detail(waiting)).Summary.Personal);
        var erased = Assert.Single(Entries.Of(Server, "erased"));
        Assert.Equal(("server", ended.Id.ToString()), (erased.GetProperty("actor").GetString(), erased.GetProperty("handover").GetString()));

        Server.Clock.Step(TimeSpan.FromDays(20));
        Hour();
        using var last = await Again();
        await Eventually.Holds(async () => (await last.Detail(later)).Summary.Personal is null);
    }

    [Fact]
    public async Task Other_organizations_keep_theirs()
    {
        using var other = await Sender.In(Server);
        var theirs = await other.Waiting();
        await Expect(HttpStatusCode.OK, other.Post($"/api/handovers/{theirs.Id}/revoke"));
        var (ours, _) = await Confirmed();
        await Retain(1);
        Server.Clock.Step(TimeSpan.FromDays(2));
        Hour();
        await Eventually.Holds(async () => (await Sender.Detail(ours)).Summary.Personal is null);
        Assert.NotNull((await other.Detail(theirs)).Summary.Personal);
    }

    [Fact]
    public async Task Retention_is_an_entry_and_every_client_reads_it_in_its_session()
    {
        using var stream = await LiveEvents.Open(Sender.Client);
        await Retain(90);
        await Retain(90);
        Assert.Equal(("organization", "{}"), await stream.Next());
        using var session = await Sender.Get("/api/session");
        Assert.Equal(90, (await session.Read<Session>()).Organization.PersonalDays);
        Assert.Equal(90, Assert.Single(Entries.Of(Server, "retention")).GetProperty("days").GetInt32());
        foreach (var days in new[] { -1, 36_501 })
        {
            using var refused = await Put(days);
            Assert.Equal("invalid-request", await refused.Problem());
        }

        await Retain(0);
        Assert.Equal(2, Entries.Of(Server, "retention").Count);
    }

    private async Task<(TestHandover Handover, LinkReceipt Receipt)> Confirmed()
    {
        var handover = await Sender.Waiting();
        var opened = await Open(Page, handover);
        await Expect(HttpStatusCode.NoContent, Page.Displayed(handover));
        var receipt = Page.Sign(handover, opened, handover.Statement());
        await Expect(HttpStatusCode.OK, Page.Receipt(receipt));
        return (handover, receipt);
    }

    private async Task<HandoverSummary> Erase(TestHandover handover, bool details)
    {
        using var answer = await Sender.Post($"/api/handovers/{handover.Id}/erase", new EraseHandover(details));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Read<HandoverSummary>();
    }

    private Task<HttpResponseMessage> Put(int days) => Sender.Client.PutAsync(
        new Uri("/api/retention", UriKind.Relative), System.Net.Http.Json.JsonContent.Create(new Retention(days), options: WireJson.Shared), Cancel);

    private Task Retain(int days) => Expect(HttpStatusCode.NoContent, Put(days));

    /// <summary>Somebody of the organization who signed in now: sessions don't last as long as these tests.</summary>
    private async Task<Sender> Again() => new((await Server.SignedIn(Role.Owner, Sender.Member.Organization, (Sender.Group, Right.Manage))).Client, Sender.Group);

    private void Hour() => Server.Clock.Advance(TimeSpan.FromHours(1));
}
