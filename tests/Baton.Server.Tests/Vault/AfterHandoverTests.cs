using System.Net;
using System.Text.Json;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Tests.Handovers;

namespace Baton.Server.Tests.Vault;

/// <summary>Made again, and followed up: both handovers tell of each other, and every tick is in the story.</summary>
public sealed class AfterHandoverTests : VaultTests
{
    private Id group;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        group = await Admin.Group((Anna, Right.Share), (Piotr, Right.Edit));
    }

    [Fact]
    public async Task Made_again_the_old_link_is_dead_at_once_and_both_are_tied()
    {
        var old = await Waiting();
        using var page = new Reader(Server);
        var again = Again(old);

        await Colleague.Expect(HttpStatusCode.Created, Anna.Post("/api/handovers", again.Request));

        using (var dead = await page.Claim(old))
        {
            Assert.Equal("unavailable", await dead.Problem());
        }

        Assert.Null(Stored.Share(Server, old));
        Assert.Equal(("revoked", (Id?)null, again.Id), await Ties(old));
        Assert.Equal(("waiting", old.Id, (Id?)null), await Ties(again));
        Assert.Equal(["created", "revoked", "re-issued"], await Story(old));
        Assert.Equal(again.Id.ToString(), Entries.Of(Server, "re-issued").Single().GetProperty("by").GetString());
        using var opened = await page.Claim(again);
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);

        // The same bytes again are the same answer; another is too late.
        await Colleague.Expect(HttpStatusCode.Created, Anna.Post("/api/handovers", again.Request));
        await Colleague.Refused("conflict", Anna.Post("/api/handovers", Again(old).Request));
        Assert.Equal(2, Stored.Count(Server, "handovers"));
    }

    [Fact]
    public async Task What_is_made_again_with_files_replaces_once_they_are_complete()
    {
        var old = await Waiting();
        var again = TestHandover.New(group, files: [16]);
        again = again with { Request = again.Request with { Replaces = old.Id } };
        await Colleague.Expect(HttpStatusCode.Created, Anna.Post("/api/handovers", again.Request));
        Assert.Equal("waiting", (await Ties(old)).State);
        using var content = new ByteArrayContent(Colleague.Bytes(16));
        content.Headers.ContentType = new("application/octet-stream");
        await Colleague.Expect(HttpStatusCode.NoContent, Anna.Client.PutAsync(new Uri($"/api/handovers/{again.Id}/files/0/0", UriKind.Relative), content, Cancel));
        await Colleague.Expect(HttpStatusCode.OK, Anna.Post($"/api/handovers/{again.Id}/commit", new object()));
        Assert.Equal(("revoked", (Id?)null, again.Id), await Ties(old));
        Assert.Null(Stored.Share(Server, old));
    }

    [Fact]
    public async Task In_a_race_a_handover_is_made_again_once()
    {
        var old = await Waiting();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? Anna : Admin).Post("/api/handovers", Again(old).Request)));
        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        foreach (var lost in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
        {
            Assert.Equal("conflict", await lost.Problem());
        }

        Assert.Equal(2, Stored.Count(Server, "handovers"));
        Assert.Single(Entries.Of(Server, "re-issued"));
    }

    [Fact]
    public async Task What_was_received_is_not_made_again_but_what_ended_unread_is()
    {
        using var page = new Reader(Server);
        var read = await Waiting();
        await Colleague.Expect(HttpStatusCode.OK, page.Claim(read));
        await Colleague.Expect(HttpStatusCode.NoContent, page.Displayed(read));
        Assert.Equal("displayed", (await Colleague.Refused("wrong-state", Anna.Post("/api/handovers", Again(read).Request))).State);

        var claimed = await Waiting();
        await Colleague.Expect(HttpStatusCode.OK, page.Claim(claimed));
        await Colleague.Expect(HttpStatusCode.Created, Anna.Post("/api/handovers", Again(claimed).Request));
        Assert.Equal("revoked", (await Ties(claimed)).State);

        var expired = await Waiting();
        Server.Clock.Advance(TimeSpan.FromHours(2));
        await Eventually.Holds(async () => (await Ties(expired)).State == "expired");
        await Colleague.Expect(HttpStatusCode.Created, Anna.Post("/api/handovers", Again(expired).Request));
        Assert.Equal(["created", "expired", "re-issued"], await Story(expired));
    }

    [Fact]
    public async Task Only_what_the_member_may_share_is_made_again()
    {
        var old = await Waiting();
        await Colleague.Refused("forbidden", Piotr.Post("/api/handovers", Again(old, Piotr.Own).Request));
        await Colleague.Refused("not-found", Owner.Post("/api/handovers", Again(old, Owner.Own).Request));
        using var stranger = await Colleague.In(Server);
        await Colleague.Refused("not-found", stranger.Post("/api/handovers", Again(old, stranger.Own).Request));
        await Colleague.Refused("not-found", Anna.Post("/api/handovers", Again(TestHandover.New(group)).Request));
        Assert.Equal("waiting", (await Ties(old)).State);
        Assert.Equal(1, Stored.Count(Server, "handovers"));
    }

    [Fact]
    public async Task What_was_done_afterwards_is_ticked_off_item_by_item()
    {
        var handover = await Waiting();
        var path = $"/api/handovers/{handover.Id}/follow-ups";
        var (first, second) = (handover.Request.Commitments.Items[0], handover.Request.Commitments.Items[1]);
        await Colleague.Expect(HttpStatusCode.OK, Anna.Post(path, new FollowUp(first, "rotated", Done: true)));
        await Colleague.Expect(HttpStatusCode.OK, Anna.Post(path, new FollowUp(first, "rotated", Done: true)));
        await Colleague.Expect(HttpStatusCode.OK, Admin.Post(path, new FollowUp(second, "access-removed", Done: true)));
        await Colleague.Expect(HttpStatusCode.OK, Admin.Post(path, new FollowUp(second, "rotated", Done: false)));
        var followUps = (await Detail(handover)).Summary.FollowUps!;
        Assert.Equal(
            new HashSet<(string, string)> { (Hex(first), "rotated"), (Hex(second), "access-removed") }, followUps.Select(one => (Hex(one.Item), one.Step)).ToHashSet());
        Assert.All(followUps, one => Assert.Equal("Ewa", one.By));
        await Colleague.Expect(HttpStatusCode.OK, Admin.Post(path, new FollowUp(first, "rotated", Done: false)));
        Assert.Single((await Detail(handover)).Summary.FollowUps!);
        Assert.Equal([true, true, false], Entries.Of(Server, "follow-up").Select(entry => entry.GetProperty("done").GetBoolean()));

        await Colleague.Refused("forbidden", Piotr.Post(path, new FollowUp(first, "rotated", Done: true)));
        await Colleague.Refused("not-found", Owner.Post(path, new FollowUp(first, "rotated", Done: true)));
        await Colleague.Refused("invalid-request", Anna.Post(path, new FollowUp(Colleague.Bytes(32), "rotated", Done: true)));
        await Colleague.Refused("invalid-request", Anna.Post(path, new FollowUp(Colleague.Bytes(31), "rotated", Done: true)));
        await Colleague.Refused("invalid-request", Anna.Post(path, new FollowUp(first, "burnt", Done: true)));
    }

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes);

    private TestHandover Again(TestHandover old, Id? where = null)
    {
        var again = TestHandover.New(where ?? group);
        return again with { Request = again.Request with { Replaces = old.Id } };
    }

    private async Task<TestHandover> Waiting()
    {
        var handover = TestHandover.New(group);
        await Colleague.Expect(HttpStatusCode.Created, Anna.Post("/api/handovers", handover.Request));
        return handover;
    }

    private async Task<HandoverDetail> Detail(TestHandover handover)
    {
        using var answer = await Anna.Get($"/api/handovers/{handover.Id}");
        return await answer.Read<HandoverDetail>();
    }

    private async Task<(string State, Id? Replaces, Id? ReplacedBy)> Ties(TestHandover handover)
    {
        var summary = (await Detail(handover)).Summary;
        return (summary.State, summary.Replaces, summary.ReplacedBy);
    }

    private async Task<string[]> Story(TestHandover handover) =>
        [.. (await Detail(handover)).Entries.Select(entry => JsonElement.Parse(entry.Text).GetProperty("kind").GetString()!)];
}
