using System.Collections.Concurrent;
using System.Net;
using Baton.Server.Storage;

namespace Baton.Server.Tests.Handovers;

/// <summary>SIGKILL at any moment under load: what was acknowledged is there, and nothing is half.</summary>
public sealed class CrashTests
{
    private static readonly string[] Steps = ["created", "claimed", "displayed"];

    [Fact]
    public async Task After_kill_9_under_load_every_acknowledged_write_is_there_and_none_half()
    {
        await using var server = await RealServer.Start();
        for (var life = 0; life < 4; life++)
        {
            var acknowledged = new ConcurrentDictionary<TestHandover, string>();
            using var sender = server.Sender();
            var load = Enumerable.Range(0, 16).Select(_ => Cycles(server, sender, acknowledged)).ToList();
            await Eventually.Holds(() => acknowledged.Count(pair => pair.Value == "displayed") > 40 * (life + 1));
            await server.Kill();
            await Task.WhenAll(load);

            await server.StartAgain();

            using var again = server.Sender();
            foreach (var (handover, last) in acknowledged)
            {
                // The step that was under way at the kill may have happened without its answer: never fewer than acknowledged.
                var story = await again.Story(handover);
                Assert.Contains(last, story);
                Assert.Equal(Steps.Take(story.Length), story);
            }

            CheckWhole(server.Store);
        }
    }

    /// <summary>Rows, entries and shares tell one and the same story.</summary>
    private static void CheckWhole(Store store)
    {
        store.CheckFiles();
        using var main = store.OpenMain();
        Assert.Equal(0L, main.Scalar(
            "SELECT count(*) FROM handovers h WHERE (SELECT count(*) FROM ledger l WHERE l.handover = h.number) <> CASE h.state WHEN 'waiting' THEN 1 WHEN 'claimed' THEN 2 ELSE 3 END"));
        Assert.Equal(0L, main.Scalar(
            "SELECT count(*) FROM handovers h WHERE (h.state IN ('waiting', 'claimed')) <> EXISTS (SELECT 1 FROM sealed s WHERE s.handover = h.number)"));
        Assert.Equal(0L, main.Scalar("SELECT count(*) FROM ledger l WHERE l.handover IS NOT NULL AND NOT EXISTS (SELECT 1 FROM handovers h WHERE h.number = l.handover)"));
        using var shares = store.OpenShares();
        using var alive = main.Query("SELECT handover, CASE WHEN state IN ('waiting', 'claimed') THEN 1 ELSE 0 END FROM handovers");
        while (alive.Read())
        {
            Assert.Equal(alive.GetInt64(1), shares.Scalar("SELECT count(*) FROM shares WHERE handover = @id", ("@id", alive.Bytes(0))));
        }
    }

    private static async Task Cycles(RealServer server, Sender sender, ConcurrentDictionary<TestHandover, string> acknowledged)
    {
        using var page = new Reader(server.Client());
        try
        {
            while (true)
            {
                var handover = TestHandover.New(server.Group);
                await Step(sender.Post("/api/handovers", handover.Request), HttpStatusCode.Created);
                acknowledged[handover] = "created";
                await Step(page.Claim(handover), HttpStatusCode.OK);
                acknowledged[handover] = "claimed";
                await Step(page.Displayed(handover), HttpStatusCode.NoContent);
                acknowledged[handover] = "displayed";
            }
        }
        catch (HttpRequestException)
        {
            // Killed.
        }
    }

    private static async Task Step(Task<HttpResponseMessage> call, HttpStatusCode status)
    {
        using var answer = await call;
        Assert.Equal(status, answer.StatusCode);
    }
}
