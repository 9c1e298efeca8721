using System.Net;
using System.Text.Json;
using Baton.Protocol.Wire;
using Baton.Server.Tests.Handovers;

namespace Baton.Server.Tests.Nodes;

/// <summary>What one node decided holds at the other, at once. docs/decisions/0020-nodes.md.</summary>
[Trait(Store.Only, Store.Postgres)]
public sealed class NodesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_that_ended_at_one_node_is_refused_by_the_other_at_once_and_what_it_listened_to_ends()
    {
        await using var nodes = await TwoNodes.Start();
        using var a = nodes.At(nodes.A);
        using var other = await Owner.Make(nodes.B.Client(), nodes.Owner.Email);
        for (var i = 0; i < 5; i++)
        {
            using (var signedIn = await other.Client.Post("/api/sessions", nodes.Owner.SignIn))
            {
                Assert.Equal(HttpStatusCode.OK, signedIn.StatusCode);
                other.Keep(signedIn);
            }

            using var stream = await LiveEvents.Open(other.Client);
            Assert.Equal(HttpStatusCode.OK, await Status(other.Client.GetAsync("/api/session", Cancel)));
            using var list = await a.GetAsync("/api/account/sessions", Cancel);
            var revoked = (await list.Read<LiveSessionList>()).Sessions.Single(session => !session.Current);

            Assert.Equal(HttpStatusCode.NoContent, await Status(a.DeleteAsync($"/api/account/sessions/{revoked.Session}", Cancel)));

            Assert.Equal(HttpStatusCode.Unauthorized, await Status(other.Client.GetAsync("/api/session", Cancel)));
            await Ends(stream);
        }
    }

    [Fact]
    public async Task A_session_that_nobody_uses_any_more_ends_its_stream_at_the_other_node()
    {
        await using var nodes = await TwoNodes.Start();
        using var b = nodes.At(nodes.B);
        using var stream = await LiveEvents.Open(b);

        Assert.Equal(HttpStatusCode.NoContent, await Status(nodes.Owner.Client.DeleteAsync("/api/sessions", Cancel)));

        await Ends(stream);
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(b.GetAsync("/api/session", Cancel)));
    }

    [Fact]
    public async Task Of_200_claims_that_race_over_two_nodes_exactly_one_wins()
    {
        await using var nodes = await TwoNodes.Start();
        using var sender = new Sender(nodes.At(nodes.A), nodes.Owner.Group);
        var pages = Enumerable.Range(0, 200).Select(i => new Reader((i % 2 == 0 ? nodes.A : nodes.B).Client())).ToList();
        for (var round = 0; round < 5; round++)
        {
            var handover = await sender.Waiting();

            var answers = await Task.WhenAll(pages.Select(async page => (page, Status: await Status(page.Claim(handover)))));

            var winner = Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK).page;
            Assert.Equal(199, answers.Count(answer => answer.Status == HttpStatusCode.NotFound));
            Assert.Equal(["created", "claimed"], await sender.Story(handover));

            // The same page gets the same again, at either node.
            foreach (var node in new[] { nodes.A, nodes.B })
            {
                using var client = node.Client();
                using var again = await client.Post("/api/link/claim", winner.ClaimOf(handover));
                Assert.Equal(HttpStatusCode.OK, again.StatusCode);
            }
        }

        pages.ForEach(page => page.Dispose());
    }

    [Fact]
    public async Task Guesses_at_both_nodes_together_never_are_more_than_ten()
    {
        await using var nodes = await TwoNodes.Start();
        using var sender = new Sender(nodes.At(nodes.B), nodes.Owner.Group);
        var pages = Enumerable.Range(0, 40).Select(i => new Reader((i % 2 == 0 ? nodes.A : nodes.B).Client())).ToList();
        var handover = await sender.Waiting();

        var answers = await Task.WhenAll(pages.Select(page => Status(page.Guess(handover))));

        Assert.Equal(10, answers.Count(status => status == HttpStatusCode.Forbidden));
        Assert.Equal(30, answers.Count(status => status == HttpStatusCode.NotFound));
        Assert.Equal("locked", await sender.State(handover));
        pages.ForEach(page => page.Dispose());
    }

    [Fact]
    public async Task Wrong_passwords_at_both_nodes_together_never_are_more_than_the_settings_say()
    {
        foreach (var (account, address) in new[] { ("8", "0"), ("0", "12") })
        {
            await using var nodes = await TwoNodes.Start("--sign-in-failures-per-hour", account, "--sign-in-failures-per-hour-address", address);
            using var a = nodes.A.Client();
            using var b = nodes.B.Client();

            var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Status((i % 2 == 0 ? a : b).Post("/api/sessions", new SignIn(nodes.Owner.Email, new byte[32])))));

            var most = Math.Max(int.Parse(account, null), int.Parse(address, null));
            Assert.Equal(most, answers.Count(status => status == HttpStatusCode.Unauthorized));
            Assert.Equal(40 - most, answers.Count(status => status == HttpStatusCode.TooManyRequests));
        }
    }

    [Fact]
    public async Task Handovers_made_at_both_nodes_together_never_are_more_than_the_setting_says()
    {
        await using var nodes = await TwoNodes.Start("--handovers-per-hour", "40");
        using var a = new Sender(nodes.At(nodes.A), nodes.Owner.Group);
        using var b = new Sender(nodes.At(nodes.B), nodes.Owner.Group);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Status((i % 2 == 0 ? a : b).Post("/api/handovers", TestHandover.New(nodes.Owner.Group).Request))));

        Assert.Equal(40, answers.Count(status => status == HttpStatusCode.Created));
        Assert.Equal(60, answers.Count(status => status == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task What_is_limited_by_the_minute_is_divided_among_the_nodes()
    {
        await using var nodes = await TwoNodes.Start("--link-requests-per-minute", "600", "--trusted-proxy", "127.0.0.1");
        var unknown = TestHandover.New(nodes.Owner.Group);
        var address = 0;

        // As soon as they know of each other, an address that never asked before gets half of it at each; what refills meanwhile comes on top.
        foreach (var node in new[] { nodes.A, nodes.B })
        {
            await Eventually.Holds(async () =>
            {
                using var page = new Reader(node.Client());
                page.Client.DefaultRequestHeaders.Add("X-Forwarded-For", $"192.0.2.{++address}");
                var answers = await Task.WhenAll(Enumerable.Range(0, 600).Select(_ => Status(page.Lookup(unknown))));
                return answers.Count(status => status == HttpStatusCode.TooManyRequests) > 100;
            });
        }
    }

    [Fact]
    public async Task What_is_made_at_one_node_is_heard_of_at_the_other()
    {
        await using var nodes = await TwoNodes.Start();
        using var a = new Sender(nodes.At(nodes.A), nodes.Owner.Group);
        using var b = new Sender(nodes.At(nodes.B), nodes.Owner.Group);
        using var atA = await LiveEvents.Open(a.Client);
        using var atB = await LiveEvents.Open(b.Client);

        var fromA = await a.Waiting();
        Assert.Equal(fromA.Id.ToString(), await NextHandover(atB));
        Assert.Equal(fromA.Id.ToString(), await NextHandover(atA));

        var fromB = await b.Waiting();
        Assert.Equal(fromB.Id.ToString(), await NextHandover(atA));
        Assert.Equal(fromB.Id.ToString(), await NextHandover(atB));
    }

    [Fact]
    public async Task What_a_member_changes_of_itself_at_one_node_the_other_shows()
    {
        await using var nodes = await TwoNodes.Start();
        using var b = nodes.At(nodes.B);
        Assert.Equal(HttpStatusCode.NoContent, await Status(nodes.Owner.Client.Post("/api/account/name", new ChangeName("Ewa Nowak"))));

        using var session = await b.GetAsync("/api/session", Cancel);
        Assert.Equal("Ewa Nowak", (await session.Read<Session>()).Member.Name);
        using var sender = new Sender(nodes.At(nodes.B), nodes.Owner.Group);
        var handover = await sender.Waiting();
        using var page = new Reader(nodes.A.Client());
        using var shown = await page.Lookup(handover);
        Assert.Contains("Ewa Nowak", await shown.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_node_that_leads_is_killed_the_other_takes_the_log_on()
    {
        await using var nodes = await TwoNodes.Start();
        using var b = new Sender(nodes.At(nodes.B), nodes.Owner.Group);
        var before = await b.Waiting();

        // Not the lead: it waits for what the other one does.
        Assert.Equal(HttpStatusCode.OK, await Status(b.Post("/api/evidence", new EvidenceRequest([before.Id]))));

        await nodes.A.Kill();
        var after = await b.Waiting();

        await Eventually.Holds(async () => await Behind(b) == 0);
        Assert.Contains("This node leads", nodes.B.Errors, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await Status(b.Post("/api/evidence", new EvidenceRequest([after.Id]))));
    }

    private static async Task<long> Behind(Sender sender)
    {
        using var answer = await sender.Get("/api/ledger/head");
        return (await answer.Read<LedgerHead>()).Behind;
    }

    /// <summary>Passes over what the organization's beginning, made at one node, still says at the other.</summary>
    private static async Task<string> NextHandover(LiveEvents stream)
    {
        while (true)
        {
            var (name, data) = (await stream.Next().WaitAsync(Patience, Cancel))!.Value;
            if (name == "handover")
            {
                return JsonElement.Parse(data).GetProperty("handover").GetString()!;
            }
        }
    }

    /// <summary>The last thing said is that the session is to be read again.</summary>
    private static async Task Ends(LiveEvents stream)
    {
        (string Name, string Data)? last = null;
        while (await stream.Next().WaitAsync(Patience, Cancel) is { } next)
        {
            last = next;
        }

        Assert.Equal(("organization", "{}"), last);
    }

    private static async Task<HttpStatusCode> Status(Task<HttpResponseMessage> sent)
    {
        using var answer = await sent;
        return answer.StatusCode;
    }
}
