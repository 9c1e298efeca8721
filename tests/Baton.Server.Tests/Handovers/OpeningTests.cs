using System.Net;
using System.Text.Json;
using Baton.Protocol.Ledger;
using Baton.Protocol.Wire;

namespace Baton.Server.Tests.Handovers;

/// <summary>One handover from create to confirmed, and every way out of order.</summary>
public sealed class OpeningTests : HandoverTests
{
    [Fact]
    public async Task A_handover_goes_from_waiting_to_confirmed_and_its_story_tells_each_step()
    {
        var handover = TestHandover.New(Sender.Group);
        var created = await Sender.Create(handover);
        Assert.Equal("waiting", created.State);

        using var looked = await Page.Lookup(handover);
        var ready = await looked.Read<LinkReady>();
        Assert.True(ready.HasPassword);
        Assert.Equal("Studio Północ", ready.Organization);
        Assert.Equal("Ewa", ready.Sender);
        Assert.Equal("pl", ready.Language);
        Assert.Equal(created.ExpiresAt, ready.ExpiresAt);

        using var claimed = await Page.Claim(handover);
        var opened = await claimed.Read<LinkOpened>();
        Assert.Equal(handover.Request.Sealed, opened.Sealed);
        Assert.Equal(handover.Request.Share, opened.Share);
        Assert.Equal(created.Created, opened.Created);
        Assert.True(ClaimedEntry.TryParse(opened.Claimed, out var entry));
        Assert.Equal(Page.Key, entry.ReaderKey);

        using var displayed = await Page.Displayed(handover);
        Assert.Equal(HttpStatusCode.NoContent, displayed.StatusCode);

        using var confirmed = await Page.Receipt(Page.Sign(handover, opened, handover.Statement()));
        var receipt = await confirmed.Read<ReceiptAccepted>();
        Assert.Equal("confirmed", receipt.State);

        var detail = await Sender.Detail(handover);
        Assert.Equal("confirmed", detail.Summary.State);
        Assert.Equal(["created", "claimed", "displayed", "confirmed"], await Sender.Story(handover));
        Assert.Equal(receipt.Confirmed, detail.Entries[3].Text);
        Assert.Equal("127.0.0.1", detail.Entries[1].Observed?.Address);
        Assert.Equal(handover.Statement(), detail.Replies.Single().Statement);
        Assert.Equal(handover.Request.Details, detail.Summary.Details);
        Assert.Equal(handover.Request.Personal, detail.Summary.Personal);
    }

    [Fact]
    public async Task The_created_entry_holds_what_the_sender_signed()
    {
        var handover = TestHandover.New(Sender.Group);
        var created = await Sender.Create(handover);

        Assert.True(CreatedEntry.TryParse(created.Created!, out var entry));
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(handover.Request.Sealed), entry.Sealed);
        Assert.Equal(handover.Request.DisplayedTag, entry.DisplayedTag);
        Assert.Equal(handover.Request.Signature, entry.Signature);
        Assert.Equal(handover.Request.Commitments.Items, entry.Items);
        Assert.Equal(3600u, entry.Life);
        Assert.Equal(Server.Clock.GetUtcNow().ToUnixTimeMilliseconds() + 3_600_000, entry.Expires);
        Assert.Equal(entry.Expires, created.ExpiresAt);
    }

    [Fact]
    public async Task A_claim_again_by_the_same_reader_within_its_window_gives_the_same_bytes()
    {
        var handover = await Sender.Waiting();

        var first = await Bytes(await Page.Claim(handover));
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(first, await Bytes(await Page.Claim(handover)));
        }

        Assert.Equal(["created", "claimed"], await Sender.Story(handover));
        Server.Clock.Advance(TimeSpan.FromSeconds(301));
        using var late = await Page.Claim(handover);
        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
    }

    [Fact]
    public async Task Another_reader_never_gets_it()
    {
        var handover = await Sender.Waiting();
        (await Page.Claim(handover)).Dispose();
        using var other = new Reader(Server);

        using var answer = await other.Claim(handover);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("unavailable", await answer.Problem());
    }

    [Fact]
    public async Task Nothing_opens_after_displayed_not_even_for_the_reader()
    {
        var handover = await Sender.Waiting();
        (await Page.Claim(handover)).Dispose();
        (await Page.Displayed(handover)).Dispose();

        using var answer = await Page.Claim(handover);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Displayed_may_be_repeated_and_is_told_once()
    {
        var handover = await Sender.Waiting();
        (await Page.Claim(handover)).Dispose();
        for (var i = 0; i < 3; i++)
        {
            using var displayed = await Page.Displayed(handover);
            Assert.Equal(HttpStatusCode.NoContent, displayed.StatusCode);
        }

        Assert.Equal(["created", "claimed", "displayed"], await Sender.Story(handover));
    }

    [Fact]
    public async Task Displayed_takes_the_proof_and_a_claim_before_it()
    {
        var handover = await Sender.Waiting();
        using var early = await Page.Displayed(handover);
        (await Page.Claim(handover)).Dispose();
        using var wrong = await Page.Post("displayed", new LinkDisplayed(handover.Locator, new byte[32]));

        Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, wrong.StatusCode);
        Assert.Equal("claimed", await Sender.State(handover));
    }

    [Fact]
    public async Task Displayed_is_taken_for_a_day_even_when_the_window_is_over()
    {
        var late = await Sender.Waiting();
        var tooLate = await Sender.Waiting();
        (await Page.Claim(late)).Dispose();
        (await Page.Claim(tooLate)).Dispose();
        Server.Clock.Advance(TimeSpan.FromHours(2));
        await Eventually.Holds(async () => await Sender.State(late) == "undisplayed");

        using var taken = await Page.Displayed(late);
        Server.Clock.Advance(TimeSpan.FromHours(22));
        using var refused = await Page.Displayed(tooLate);

        Assert.Equal(HttpStatusCode.NoContent, taken.StatusCode);
        Assert.Equal(["created", "claimed", "undisplayed", "displayed"], await Sender.Story(late));
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task A_wrong_password_spends_one_guess_and_burns_nothing()
    {
        var handover = await Sender.Waiting();

        using var wrong = await Page.Guess(handover);

        Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
        Assert.Equal(9, (await wrong.Read<Problem>()).GuessesLeft);
        using var right = await Page.Claim(handover);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Equal(["created", "guess-failed", "claimed"], await Sender.Story(handover));
    }

    [Fact]
    public async Task Without_a_password_a_wrong_key_is_uniform_and_spends_nothing()
    {
        var handover = await Sender.Waiting(password: false);
        for (var i = 0; i < 12; i++)
        {
            using var wrong = await Page.Guess(handover);
            Assert.Equal(HttpStatusCode.NotFound, wrong.StatusCode);
        }

        using var right = await Page.Claim(handover);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Equal(["created", "claimed"], await Sender.Story(handover));
    }

    [Fact]
    public async Task The_tenth_wrong_password_locks_and_destroys()
    {
        var handover = await Sender.Waiting();
        for (var left = 9; left >= 0; left--)
        {
            using var wrong = await Page.Guess(handover);
            Assert.Equal(left, (await wrong.Read<Problem>()).GuessesLeft);
        }

        using var right = await Page.Claim(handover);

        Assert.Equal(HttpStatusCode.NotFound, right.StatusCode);
        Assert.Equal("locked", await Sender.State(handover));
        Assert.Equal("locked", (await Sender.Story(handover))[^1]);
        var last = JsonDocument.Parse((await Sender.Detail(handover)).Entries[^2].Text).RootElement;
        Assert.Equal(0, last.GetProperty("left").GetInt32());
    }

    [Fact]
    public async Task The_guess_budget_survives_a_restart()
    {
        var handover = await Sender.Waiting();
        for (var i = 0; i < 9; i++)
        {
            (await Page.Guess(handover)).Dispose();
        }

        await Restart();

        using var wrong = await Page.Guess(handover);
        Assert.Equal(0, (await wrong.Read<Problem>()).GuessesLeft);
        using var right = await Page.Claim(handover);
        Assert.Equal(HttpStatusCode.NotFound, right.StatusCode);
    }

    [Fact]
    public async Task Parallel_guesses_cannot_overrun_the_budget()
    {
        var handover = await Sender.Waiting();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Page.Guess(handover)));

        var left = new List<int>();
        foreach (var answer in answers.Where(answer => answer.StatusCode == HttpStatusCode.Forbidden))
        {
            left.Add((await answer.Read<Problem>()).GuessesLeft!.Value);
        }

        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], left.Order());
        Assert.Equal(90, answers.Count(answer => answer.StatusCode == HttpStatusCode.NotFound));
    }
}
