using System.Net;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Tests.Handovers;

namespace Baton.Server.Tests.Host;

public sealed class ProcessTests : IDisposable
{
    private readonly Store store = Store.New();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task Refusing_to_start_has_an_exit_code_and_says_why_and_what_to_do()
    {
        await using var server = await BatonProcess.Start(store, "--listen", "http://0.0.0.0:0");
        Assert.Equal(2, await server.Ended());
        await Eventually.Holds(() => server.Errors.Contains("--tls self-signed for a trial", StringComparison.Ordinal));
        Assert.StartsWith("baton-server does not start. 0.0.0.0:0 can be reached from other machines", server.Errors, StringComparison.Ordinal);
        Assert.Equal("", server.Output.Trim());
    }

    [Theory]
    [InlineData("--listen")]
    [InlineData("--metrics-listen")]
    public async Task A_port_that_another_program_has_is_refused_in_one_sentence_before_anything_is_made(string option)
    {
        using var other = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        other.Start();
        await using var server = await BatonProcess.Start(store, option, $"http://{other.LocalEndpoint}");
        Assert.Equal(2, await server.Ended());
        await Eventually.Holds(() => server.Errors.Contains("listens there", StringComparison.Ordinal));
        Assert.StartsWith($"baton-server does not start. {option} {other.LocalEndpoint} can't be listened on: Address already in use.", server.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", server.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(store.Data));
    }

    [Fact]
    public async Task Sigterm_ends_it_cleanly_and_ends_live_updates_with_it()
    {
        await using var server = await BatonProcess.Start(store);
        using var client = server.Client();
        using var owner = await Owner.Make(client, "ewa@studio.example");
        using (var answer = await client.Post("/api/setup", owner.Registration(await server.SetupCode)))
        {
            owner.Keep(answer);
        }

        using var events = await client.GetAsync("/api/events", HttpCompletionOption.ResponseHeadersRead, Cancel);
        await using var stream = await events.Content.ReadAsStreamAsync(Cancel);
        server.Terminate();
        var buffer = new byte[1024];
        while (await stream.ReadAsync(buffer, Cancel) > 0)
        {
        }

        Assert.Equal(0, await server.Ended());
    }

    [Fact]
    public async Task After_kill_9_everything_acknowledged_is_there_and_it_starts_again_by_itself()
    {
        Id[] acknowledged;
        string cookie;
        await using (var server = await BatonProcess.Start(store))
        {
            using var client = server.Client();
            using var owner = await Owner.Make(client, "ewa@studio.example");
            using (var answer = await client.Post("/api/setup", owner.Registration(await server.SetupCode)))
            {
                owner.Keep(answer);
            }

            cookie = client.DefaultRequestHeaders.GetValues("Cookie").Single();
            var written = new System.Collections.Concurrent.ConcurrentBag<Id>();
            var enough = new TaskCompletionSource();
            var writers = Enumerable.Range(0, 8).Select(async _ =>
            {
                try
                {
                    while (true)
                    {
                        var handover = TestHandover.New(owner.Group);
                        using var answer = await client.Post("/api/handovers", handover.Request);
                        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
                        written.Add(handover.Id);
                        if (written.Count > 100)
                        {
                            enough.TrySetResult();
                        }
                    }
                }
                catch (HttpRequestException)
                {
                    // It was killed.
                }
            }).ToArray();
            await enough.Task.WaitAsync(TimeSpan.FromMinutes(3), Cancel);
            await server.Kill();
            await Task.WhenAll(writers);
            acknowledged = [.. written];
        }

        await using var again = await BatonProcess.Start(store);
        using var later = again.Client();
        later.DefaultRequestHeaders.Add("Cookie", cookie);
        foreach (var handover in acknowledged)
        {
            using var answer = await later.GetAsync($"/api/handovers/{handover}", Cancel);
            Assert.Equal("waiting", (await answer.Read<HandoverDetail>()).Summary.State);
        }
    }

    [Fact]
    public async Task The_log_of_a_whole_day_holds_nothing_that_is_not_the_operators_business()
    {
        await using var server = await BatonProcess.Start(store, "--log", "json");
        using var client = server.Client();
        using var owner = await Owner.Make(client, "ewa@studio.example");
        var secrets = new List<string> { await server.SetupCode, owner.Email, "Studio Północ", Text(owner.AuthKey), Text(owner.RecoveryAuth), owner.Member.ToString(), owner.Organization.ToString() };
        using (var answer = await client.Post("/api/setup", owner.Registration(await server.SetupCode)))
        {
            owner.Keep(answer);
            secrets.AddRange(answer.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split('=', ';')[1]));
        }

        foreach (var password in new[] { true, false })
        {
            var handover = TestHandover.New(owner.Group, password);
            secrets.AddRange([handover.Id.ToString(), Text(handover.Locator), Text(handover.ClaimKey), Text(handover.DisplayedProof), Text(handover.Request.Share), Text(handover.Request.LocatorHash)]);
            secrets.Add(Convert.ToHexString(handover.Locator));
            using var created = await client.Post("/api/handovers", handover.Request);
            Assert.Equal(HttpStatusCode.Created, created.StatusCode);
            await Discard(client.Post("/api/link/lookup", new LinkLookup(handover.Locator)));
            await Discard(client.Post("/api/link/claim", new LinkClaim(handover.Locator, new byte[32], owner.SigningKey.ExportSubjectPublicKeyInfo())));
            await Discard(client.Post("/api/link/claim", new LinkClaim(handover.Locator, handover.ClaimKey, owner.SigningKey.ExportSubjectPublicKeyInfo())));
            await Discard(client.Post("/api/link/displayed", new LinkDisplayed(handover.Locator, handover.DisplayedProof)));
            await Discard(client.GetAsync($"/api/handovers/{handover.Id}", Cancel));
            await Discard(client.GetAsync($"/api/handovers/{handover.Id}/nothing", Cancel));
            await Discard(client.PostAsync($"/api/handovers/{handover.Id}/revoke", null, Cancel));
            await Discard(client.PostText("/api/link/claim", $$"""{"locator":"{{Text(handover.Locator)}}","claimKey":3}"""));
            await Discard(client.GetAsync("/h/" + Text(handover.Locator), Cancel));
        }

        await Discard(client.Post("/api/sessions", new SignIn(owner.Email, new byte[32])));
        await Discard(client.Post("/api/sessions", owner.SignIn));
        await Discard(client.DeleteAsync("/api/sessions", Cancel));
        server.Terminate();
        Assert.Equal(0, await server.Ended());

        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(secret, server.Errors, StringComparison.OrdinalIgnoreCase);
        }

        Assert.DoesNotContain("/api/", server.Errors, StringComparison.Ordinal);
        Assert.Equal(2, server.Output.Trim().Split('\n').Length);

        static string Text(byte[] bytes) => Protocol.Encoding.Base64Url.Encode(bytes);

        static async Task Discard(Task<HttpResponseMessage> sent) => (await sent).Dispose();
    }
}
