using System.Net;

namespace Baton.Server.Tests.Host;

public sealed class HealthTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_started_server_is_live_and_ready()
    {
        await using var server = await BatonServer.Start();
        using var client = server.Client();
        foreach (var path in new[] { "/healthz/live", "/healthz/ready" })
        {
            using var answer = await client.GetAsync(path, Cancel);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("""{"status":"ok"}""", await answer.Content.ReadAsStringAsync(Cancel));
        }
    }
}
