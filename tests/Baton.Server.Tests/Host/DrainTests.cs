using System.Net;

namespace Baton.Server.Tests.Host;

/// <summary>The end of a node behind a balancer. docs/operate.md, "Several nodes".</summary>
public sealed class DrainTests : IDisposable
{
    private readonly Store store = Store.New();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task While_it_drains_it_says_so_and_serves_everything_and_a_second_sigterm_ends_it()
    {
        await using var server = await BatonProcess.Start(store, "--drain", "10m");
        using var client = server.Client();
        using (var before = await client.GetAsync("/api/instance", Cancel))
        {
            Assert.NotEqual(true, before.Headers.ConnectionClose);
        }

        server.Terminate();
        await Eventually.Holds(async () => await Readiness(client) is (503, var text) && text.StartsWith("""{"status":"not ready","reasons":[{"part":"server","what":"stopping","since":"2""", StringComparison.Ordinal));
        using (var still = await client.GetAsync("/api/instance", Cancel))
        {
            Assert.Equal(HttpStatusCode.OK, still.StatusCode);
            Assert.True(still.Headers.ConnectionClose);
        }

        using (var live = await client.GetAsync("/healthz/live", Cancel))
        {
            Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        }

        server.Terminate();
        Assert.Equal(0, await server.Ended());
    }

    [Fact]
    public async Task It_ends_by_itself_when_it_has_drained()
    {
        await using var server = await BatonProcess.Start(store, "--drain", "1s");
        server.Terminate();
        Assert.Equal(0, await server.Ended());
        await Eventually.Holds(() => server.Errors.Contains("Stops in 00:00:01", StringComparison.Ordinal));
    }

    private static async Task<(int Status, string Text)> Readiness(HttpClient client)
    {
        using var answer = await client.GetAsync("/healthz/ready", Cancel);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }
}
