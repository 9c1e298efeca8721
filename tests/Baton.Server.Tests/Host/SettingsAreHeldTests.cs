using System.Text.Json;
using Baton.Server.Tests.Handovers;

namespace Baton.Server.Tests.Host;

/// <summary>Every setting has a test that fails when the setting is not enforced; the last ones are here.</summary>
public sealed class SettingsAreHeldTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_setting_is_used_by_some_test()
    {
        var tests = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "Baton.Server.Tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "OptionsTests.cs").Select(File.ReadAllText).ToList();
        foreach (var setting in BatonOptions.Settings.Where(setting => setting.Name != "data"))
        {
            Assert.True(tests.Exists(test => test.Contains($"\"{setting.Option}\"", StringComparison.Ordinal)), $"No test sets {setting.Option}");
        }
    }

    [Fact]
    public async Task The_log_is_json_when_asked_for_and_text_otherwise()
    {
        foreach (var (format, isJson) in new[] { ("json", true), ("text", false) })
        {
            using var store = Store.New();
            await using (var server = await BatonProcess.Start(store, "--log", format))
            {
                // A fault of the server's own: the table is gone from under it.
                store.Script("DROP TABLE sessions");
                using var client = server.Client();
                client.DefaultRequestHeaders.Add("Cookie", "baton=" + new string('A', 43));
                using var answer = await client.GetAsync("/api/session", Cancel);
                Assert.Equal("internal-error", await answer.Problem());
                Assert.DoesNotContain("sessions", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
                await Eventually.Holds(() => server.Errors.Contains("GET /api/session failed", StringComparison.Ordinal));
                var line = server.Errors.Split('\n').First(line => line.Contains("GET /api/session failed", StringComparison.Ordinal));
                Assert.Equal(isJson, line.StartsWith('{'));
                if (isJson)
                {
                    Assert.Equal("Error", JsonElement.Parse(line).GetProperty("LogLevel").GetString());
                }
            }
        }
    }

    [Fact]
    public async Task The_end_waits_for_requests_under_way_as_long_as_it_may_and_no_longer()
    {
        foreach (var (grace, finishes) in new[] { ("1s", false), ("10m", true) })
        {
            using var store = Store.New();
            await using (var server = await BatonProcess.Start(store, "--shutdown-grace", grace))
            {
                using var client = new System.Net.Sockets.TcpClient();
                await client.ConnectAsync(server.Address.Host, server.Address.Port, Cancel);
                var stream = client.GetStream();
                const string Body = """{"email":"jan@studio.example"}""";
                var head = $"POST /api/sign-in/parameters HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\nExpect: 100-continue\r\n\r\n";
                await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(head), Cancel);

                // "100 Continue": the request has reached its endpoint, which reads the body now.
                var buffer = new byte[4096];
                Assert.True(await stream.ReadAsync(buffer, Cancel) > 0);
                server.Terminate();
                if (finishes)
                {
                    await Eventually.Holds(async () => !await Accepts(server));
                    await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(Body), Cancel);
                    var read = await stream.ReadAsync(buffer, Cancel);
                    Assert.StartsWith("HTTP/1.1 200 OK", System.Text.Encoding.ASCII.GetString(buffer, 0, read), StringComparison.Ordinal);
                }

                // Long before ten minutes are over, and with a request that never ends too.
                Assert.Equal(0, await server.Ended());
            }
        }
    }

    /// <summary>Whether it still takes connections.</summary>
    private static async Task<bool> Accepts(BatonProcess server)
    {
        try
        {
            using var client = new System.Net.Sockets.TcpClient();
            await client.ConnectAsync(server.Address.Host, server.Address.Port, Cancel);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    [Fact]
    public async Task Health_says_what_is_out_of_reach()
    {
        await using var server = await BatonServer.Start();
        using var client = server.Client();
        server.Store.LoseShares((Server.Storage.Shares)server.Services.GetService(typeof(Server.Storage.Shares))!);
        using var answer = await client.GetAsync("/healthz/ready", Cancel);
        Assert.Equal("""{"status":"not ready","reasons":[{"part":"shares","what":"out of reach","since":"2026-03-02T09:00:00Z"}]}""", await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(503, (int)answer.StatusCode);
        using var live = await client.GetAsync("/healthz/live", Cancel);
        Assert.Equal(200, (int)live.StatusCode);
    }

    [Fact]
    public async Task Live_updates_end_with_the_session_that_listens()
    {
        await using var server = await BatonServer.Start("--session-idle", "10m");
        using var sender = await Sender.In(server);
        using var listening = await sender.Client.GetAsync("/api/events", HttpCompletionOption.ResponseHeadersRead, Cancel);
        await using var events = await listening.Content.ReadAsStreamAsync(Cancel);
        using (var signedOut = await sender.Client.DeleteAsync("/api/sessions", Cancel))
        {
            Assert.True(await Drained(events));
        }

        using var other = await Sender.In(server);
        using var idling = await other.Client.GetAsync("/api/events", HttpCompletionOption.ResponseHeadersRead, Cancel);
        await using var quiet = await idling.Content.ReadAsStreamAsync(Cancel);
        server.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.True(await Drained(quiet));

        static async Task<bool> Drained(Stream stream)
        {
            var buffer = new byte[1024];
            while (await stream.ReadAsync(buffer, Cancel) > 0)
            {
            }

            return true;
        }
    }
}
