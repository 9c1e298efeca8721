using System.Collections.Concurrent;
using System.Net;
using Baton.Server.Tests.Handovers;

namespace Baton.Server.Tests.Nodes;

/// <summary>Every node restarted, one after the other, behind a real balancer and under load. docs/operate.md, "Several nodes".</summary>
[Trait(Store.Only, Store.Postgres)]
public sealed class RollingRestartTests(ITestOutputHelper output)
{
    private const int Clients = 8;

    [Fact]
    public async Task A_rolling_restart_fails_no_request()
    {
        await using var nodes = await TwoNodes.Start("--drain", "3s", "--trusted-proxy", "127.0.0.1");
        await using var nginx = await Nginx.Before(nodes.A.Address, nodes.B.Address);
        using var stop = new CancellationTokenSource();
        var (failed, done) = (new ConcurrentQueue<string>(), new int[Clients]);
        var cookie = nodes.Owner.Client.DefaultRequestHeaders.GetValues("Cookie").Single();
        var load = Enumerable.Range(0, Clients).Select(client => Task.Run(() => Load(client), CancellationToken.None)).ToList();

        await Progress();
        await nodes.Restart(nodes.A);
        await Progress();
        await nodes.Restart(nodes.B);
        await Progress();
        await stop.CancelAsync();
        await Task.WhenAll(load);

        output.WriteLine($"rolling restart of two nodes: {done.Sum()} requests, {failed.Count} failed");
        Assert.Empty(failed);

        async Task Load(int client)
        {
            using var http = nginx.Client();
            http.DefaultRequestHeaders.Add("Cookie", cookie);
            using var sender = new Sender(http, nodes.Owner.Group);
            while (!stop.IsCancellationRequested)
            {
                var handover = TestHandover.New(nodes.Owner.Group);
                using var page = new Reader(nginx.Client());
                await Expect(client, HttpStatusCode.Created, sender.Post("/api/handovers", handover.Request));
                await Expect(client, HttpStatusCode.OK, page.Lookup(handover));
                await Expect(client, HttpStatusCode.OK, page.Claim(handover));
                await Expect(client, HttpStatusCode.NoContent, page.Displayed(handover));
                await Expect(client, HttpStatusCode.OK, sender.Get($"/api/handovers/{handover.Id}"));
            }
        }

        async Task Expect(int client, HttpStatusCode expected, Task<HttpResponseMessage> sent)
        {
            try
            {
                using var answer = await sent;
                if (answer.StatusCode != expected)
                {
                    failed.Enqueue($"{answer.RequestMessage!.RequestUri!.AbsolutePath}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(CancellationToken.None)}");
                }
            }
            catch (HttpRequestException exception)
            {
                failed.Enqueue(exception.ToString());
            }

            Interlocked.Increment(ref done[client]);
        }

        // Every client has got through a few more rounds.
        async Task Progress()
        {
            var before = done.ToArray();
            await Eventually.Holds(() => !failed.IsEmpty || done.Zip(before).All(pair => pair.First >= pair.Second + 10));
        }
    }
}
