using System.Net;
using Baton.Protocol.Wire;

namespace Baton.Server.Tests.Handovers;

/// <summary>The promise itself: exactly one reader.</summary>
public sealed class OneReaderTests : HandoverTests
{
    private const int Racing = 200;
    private const int Rounds = 20;

    [Fact]
    public async Task Of_200_racing_claims_exactly_one_wins_in_each_of_20_rounds()
    {
        var pages = Enumerable.Range(0, Racing).Select(_ => new Reader(Server)).ToList();
        for (var round = 0; round < Rounds; round++)
        {
            var handover = await Sender.Waiting();

            var answers = await Task.WhenAll(pages.Select(page => page.Claim(handover)));

            Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
            var secret = Protocol.Encoding.Base64Url.Encode(handover.Request.Sealed)[..100];
            foreach (var loser in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
            {
                Assert.Equal(HttpStatusCode.NotFound, loser.StatusCode);
                Assert.DoesNotContain(secret, await loser.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
            }

            Assert.Equal(["created", "claimed"], await Sender.Story(handover));
        }

        pages.ForEach(page => page.Dispose());
    }

    [Fact]
    public async Task With_the_server_killed_in_the_middle_of_the_race_there_is_still_one_reader_at_most_and_it_gets_its_answer_again()
    {
        await using var server = await RealServer.Start();
        var pages = Enumerable.Range(0, 64).Select(_ => new Reader(server.Client())).ToList();
        for (var round = 0; round < 5; round++)
        {
            using var sender = server.Sender();
            var handover = await sender.Waiting();
            var claims = pages.Select(page => Try(page, handover)).ToList();
            await Task.WhenAny(claims);
            await server.Kill();
            var before = (await Task.WhenAll(claims)).Index().Where(claim => claim.Item).Select(claim => claim.Index).ToList();
            await server.StartAgain();

            // Everyone asks again, one after the other: whoever won before the kill wins again, and nobody else does.
            pages.ForEach(page => page.Connect(server.Client()));
            var after = new List<int>();
            foreach (var (index, page) in pages.Index())
            {
                if (await Try(page, handover))
                {
                    after.Add(index);
                }
            }

            Assert.Single(after);
            Assert.True(before.Count <= 1, "Two readers before the kill.");
            Assert.All(before, winner => Assert.Equal(winner, after[0]));
        }

        pages.ForEach(page => page.Dispose());
    }

    [Fact]
    public async Task The_connection_cut_before_during_and_after_the_answer_ten_times_the_same_page_still_gets_it_and_another_never_does()
    {
        var handover = await Sender.Waiting();
        using var other = new Reader(Server);
        var body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(Page.ClaimOf(handover), WireJson.Shared);
        for (var i = 0; i < 10; i++)
        {
            // Read nothing, the first bytes, or nearly all of the answer; then reset the connection.
            await CutConnection.Send(Server.Address, "/api/link/claim", body, readAtMost: i % 3 * 1000);
            var opened = await Open(Page, handover);
            Assert.Equal(handover.Request.Sealed, opened.Sealed);
            await Expect(HttpStatusCode.NotFound, other.Claim(handover));
        }

        Assert.Equal(["created", "claimed"], await Sender.Story(handover));
    }

    private static async Task<bool> Try(Reader page, TestHandover handover)
    {
        try
        {
            using var answer = await page.Claim(handover);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
