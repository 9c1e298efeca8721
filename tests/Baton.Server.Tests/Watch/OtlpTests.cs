using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Baton.Protocol.Encoding;
using Baton.Protocol.Wire;
using Baton.Server.Tests.Handovers;

namespace Baton.Server.Tests.Watch;

/// <summary>--otlp, against a collector on this machine: it hears figures and where the time goes, and nothing that a request brought.</summary>
public sealed class OtlpTests : IDisposable
{
    private readonly Store store = Store.New();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task The_collector_hears_requests_writes_and_entries_and_no_secret_id_address_or_name()
    {
        await using var collector = await Collector.Start();
        var handover = default(TestHandover)!;
        var owner = default(Owner)!;
        string session;
        await using (var server = await BatonProcess.Start(store, "--otlp", collector.Url))
        {
            using var client = server.Client();
            owner = await Owner.Make(client, "ewa@studio.example");
            using var registered = await client.PostAsJsonAsync("/api/setup", owner.Registration(await server.SetupCode), WireJson.Shared, Cancel);
            registered.EnsureSuccessStatusCode();
            owner.Keep(registered);
            session = client.DefaultRequestHeaders.GetValues("Cookie").Single().Split('=')[1].Split(';')[0];
            client.DefaultRequestHeaders.Add("traceparent", "00-11111111111111111111111111111111-2222222222222222-01");
            client.DefaultRequestHeaders.Add("tracestate", "stranger=words");
            client.DefaultRequestHeaders.Add("baggage", "stranger=words");
            using var sender = new Sender(client, owner.Group);
            handover = TestHandover.New(owner.Group);
            await sender.Create(handover);
            using var page = new Reader(server.Client());
            using var claimed = await page.Claim(handover);
            using var displayed = await page.Displayed(handover);
            await sender.Detail(handover);
            server.Terminate();
            Assert.Equal(0, await server.Ended());
        }

        Assert.Equal(["/v1/metrics", "/v1/traces"], collector.Paths);
        var (metrics, traces) = (collector.Heard("/v1/metrics"), collector.Heard("/v1/traces"));
        foreach (var expected in new[] { "baton-server", BatonHost.Version, "http.server.request.duration", "/api/link/claim", "baton.entries", "displayed", "baton.part.up", "dotnet.gc" })
        {
            Assert.Contains(expected, metrics, StringComparison.Ordinal);
        }

        foreach (var expected in new[] { "POST /api/link/claim", "GET /api/handovers/{handover}", "ledger write", "share write", "db.query.text", "http.response.status_code" })
        {
            Assert.Contains(expected, traces, StringComparison.Ordinal);
        }

        string[] words =
        [
            handover.Id.ToString(), owner.Member.ToString(), owner.Organization.ToString(), owner.Group.ToString(), "ewa@studio.example", "Studio", "Ewa", "127.0.0.1", "stranger",
            Base64Url.Encode(handover.Locator), Base64Url.Encode(handover.ClaimKey), Base64Url.Encode(handover.Request.Share), session, store.Data,
        ];
        foreach (var word in words)
        {
            Assert.False(collector.Holds(Encoding.UTF8.GetBytes(word)), word);
        }

        byte[][] bytes = [handover.Id.ToBytes(), handover.Locator, handover.Request.Share, SHA256.HashData(handover.Locator), Convert.FromHexString("11111111111111111111111111111111"), Base64Url.TryDecode(session, out var token) ? token : throw new InvalidOperationException()];
        Assert.All(bytes, secret => Assert.False(collector.Holds(secret)));
        owner.Dispose();
    }

    [Fact]
    public async Task Without_the_setting_no_assembly_of_OpenTelemetry_is_loaded_and_with_a_dead_collector_the_server_serves_and_ends()
    {
        await using (var plain = await BatonProcess.Start(store))
        {
            Assert.DoesNotContain("OpenTelemetry", await Loaded(plain), StringComparison.Ordinal);
        }

        await using var sending = await BatonProcess.Start(store, "--otlp", "http://127.0.0.1:1");
        Assert.Contains("OpenTelemetry", await Loaded(sending), StringComparison.Ordinal);
        using var client = sending.Client();
        using var answer = await client.GetAsync("/api/instance", Cancel);
        answer.EnsureSuccessStatusCode();
        sending.Terminate();
        Assert.Equal(0, await sending.Ended());

        static Task<string> Loaded(BatonProcess server) => File.ReadAllTextAsync($"/proc/{server.Id}/maps", Cancel);
    }
}
