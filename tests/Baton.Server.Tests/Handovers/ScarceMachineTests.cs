using System.Net;

namespace Baton.Server.Tests.Handovers;

/// <summary>A disk that is full, and a server that has just started and is asked by everybody at once.</summary>
public sealed class ScarceMachineTests
{
    [Fact]
    [Trait(Store.Only, Store.Sqlite)]
    public async Task A_full_disk_is_told_plainly_and_loses_nothing_that_was_acknowledged()
    {
        await using var server = await RealServer.Start(fileKiB: 4096);
        using var sender = server.Sender();
        using var page = new Reader(server.Client());
        var acknowledged = new List<TestHandover>();
        TestHandover? refused = null;
        while (refused is null)
        {
            var handover = TestHandover.New(server.Group, sealedSize: 294_912 + 16);
            using var answer = await sender.Post("/api/handovers", handover.Request);
            if (answer.StatusCode == HttpStatusCode.Created)
            {
                acknowledged.Add(handover);
                Assert.True(acknowledged.Count < 100, "The disk never filled.");
                continue;
            }

            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Equal("urn:baton:problem:not-ready", (await answer.Read<Protocol.Wire.Problem>()).Type);
            Assert.True(answer.Headers.RetryAfter is not null);
            refused = handover;
        }

        Assert.NotEmpty(acknowledged);
        using (var lookup = await page.Lookup(acknowledged[0]))
        {
            Assert.Equal(HttpStatusCode.OK, lookup.StatusCode);
        }

        await server.Kill();
        await server.StartAgain();
        using var again = server.Sender();
        using var reader = new Reader(server.Client());
        foreach (var handover in acknowledged)
        {
            using var claim = await reader.Claim(handover);
            Assert.Equal(HttpStatusCode.OK, claim.StatusCode);
        }

        // The refused request was not half done: repeated, it is made.
        using var repeated = await again.Post("/api/handovers", refused.Request);
        Assert.Equal(HttpStatusCode.Created, repeated.StatusCode);
    }

    [Fact]
    public async Task Asked_by_256_connections_the_moment_it_has_started_it_answers_every_one()
    {
        await using var server = await RealServer.Start();
        var handovers = Enumerable.Range(0, 256).Select(_ => TestHandover.New(server.Group)).ToList();
        await server.Kill();
        await server.StartAgain();
        var told = await Task.WhenAll(handovers.Select(async handover =>
        {
            using var sender = server.Sender();
            using var page = new Reader(server.Client());
            using var created = await sender.Post("/api/handovers", handover.Request);
            using var claimed = await page.Claim(handover);
            using var displayed = await page.Displayed(handover);
            return (created.StatusCode, claimed.StatusCode, displayed.StatusCode);
        })).WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        Assert.All(told, codes => Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.NoContent), codes));
    }
}
