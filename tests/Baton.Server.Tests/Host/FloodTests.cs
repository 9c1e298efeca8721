using System.Net;
using System.Security.Cryptography;
using Baton.Protocol.Wire;
using Baton.Server.Security;
using Baton.Server.Tests.Handovers;

namespace Baton.Server.Tests.Host;

public sealed class FloodTests
{
    private static readonly string[] BehindProxy = ["--public-url", "https://baton.example", "--trusted-proxy", "127.0.0.1"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_address_gets_so_many_requests_a_minute_and_hears_when_to_come_again()
    {
        await using var server = await BatonServer.Start("--requests-per-minute", "30");
        using var client = server.Client();
        Assert.Equal(30, await Answered(client, "/api/instance", 40));
        using var refused = await client.GetAsync("/h", Cancel);
        Assert.Equal("too-many-requests", await refused.Problem());
        Assert.Equal(TimeSpan.FromSeconds(2), refused.Headers.RetryAfter!.Delta);
        server.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, await Answered(client, "/api/instance", 2));
    }

    [Fact]
    public async Task Openings_have_a_budget_of_their_own()
    {
        await using var server = await BatonServer.Start("--link-requests-per-minute", "5");
        using var client = server.Client();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 8; i++)
        {
            using var answer = await client.Post("/api/link/lookup", new LinkLookup(RandomNumberGenerator.GetBytes(16)));
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal(5, statuses.Count(status => status == HttpStatusCode.NotFound));
        Assert.Equal(3, statuses.Count(status => status == HttpStatusCode.TooManyRequests));
        Assert.Equal(8, await Answered(client, "/api/instance", 8));
    }

    [Fact]
    public async Task What_someone_says_about_the_address_counts_only_from_a_trusted_proxy()
    {
        await using var open = await BatonServer.Start("--requests-per-minute", "10");
        Assert.Equal(10, await FromManyAddresses(open, 20));

        await using var proxied = await BatonServer.Start([.. BehindProxy, "--requests-per-minute", "10"]);
        Assert.Equal(20, await FromManyAddresses(proxied, 20));
        Assert.Equal(9, await FromManyAddresses(proxied, 20, "198.51.100.1"));

        // Only the last hop's word counts: what a client wrote before it is not believed.
        Assert.Equal(9, await FromManyAddresses(proxied, 20, "spoofed, 203.0.113.9, 198.51.100.2"));

        static async Task<int> FromManyAddresses(BatonServer server, int requests, string? one = null)
        {
            using var client = server.Client();
            var answered = 0;
            for (var i = 0; i < requests; i++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/api/instance");
                request.Headers.Host = "localhost";
                request.Headers.TryAddWithoutValidation("X-Forwarded-For", one ?? $"198.51.100.{i}");
                request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", "https");
                using var answer = await client.SendAsync(request, Cancel);
                answered += answer.StatusCode == HttpStatusCode.OK ? 1 : 0;
            }

            return answered;
        }
    }

    [Theory]
    [InlineData("--handovers-per-hour")]
    [InlineData("--handovers-per-hour-organization")]
    public async Task Making_handovers_has_quotas_and_a_repeated_request_costs_nothing(string setting)
    {
        await using var server = await BatonServer.Start(setting, "3");
        using var sender = await Sender.In(server);
        var first = TestHandover.New(sender.Group);
        for (var i = 0; i < 10; i++)
        {
            await sender.Create(first);
        }

        await sender.Waiting();
        await sender.Waiting();
        using var refused = await sender.Post("/api/handovers", TestHandover.New(sender.Group).Request);
        Assert.Equal("quota-exceeded", await refused.Problem());
        Assert.True(refused.Headers.RetryAfter!.Delta > TimeSpan.FromMinutes(10));

        using var other = await Sender.In(server);
        await other.Waiting();
        server.Clock.Advance(TimeSpan.FromMinutes(20));
        await sender.Waiting();
    }

    [Fact]
    public async Task Files_beyond_the_setting_are_refused_and_the_setting_is_told()
    {
        await using var server = await BatonServer.Start("--file-bytes", "100000");
        using var sender = await Sender.In(server);
        using var instance = await sender.Get("/api/instance");
        Assert.Equal(100_000, (await instance.Read<Instance>()).Limits.FileBytes);
        using var refused = await sender.Post("/api/handovers", TestHandover.New(sender.Group, files: [100_000 + 33]).Request);
        Assert.Equal("too-large", await refused.Problem());
        await sender.Create(TestHandover.New(sender.Group, files: [100_000 + 32]));
    }

    [Fact]
    public void A_flood_of_keys_neither_resets_a_spent_budget_nor_spends_anyone_elses()
    {
        var clock = new ManualClock();
        var budgets = new Budgets(10, TimeSpan.FromMinutes(1), clock, sets: 16);
        byte[] spent = [1];
        for (var i = 0; i < 10; i++)
        {
            Assert.True(budgets.TrySpend(spent, out _));
        }

        // 16 sets of 8: forty times as many keys as there are places, each used once.
        for (var i = 0; i < 5000; i++)
        {
            Assert.True(budgets.TrySpend(BitConverter.GetBytes(i + 1000), out _));
        }

        Assert.False(budgets.TrySpend(spent, out var wait));
        Assert.Equal(TimeSpan.FromSeconds(6), wait);
    }

    [Fact]
    public void A_clock_set_back_locks_nobody_out()
    {
        var clock = new ManualClock();
        var budgets = new Budgets(1, TimeSpan.FromMinutes(1), clock);
        clock.Step(TimeSpan.FromDays(300));
        Assert.True(budgets.TrySpend([1], out _));
        clock.Step(TimeSpan.FromDays(-300));
        Assert.True(budgets.TrySpend([1], out _));
        Assert.False(budgets.TrySpend([1], out _));
    }

    [Fact]
    public void Addresses_of_one_customer_are_one_key()
    {
        Assert.Equal(Key("2001:db8:1:2::1"), Key("2001:db8:1:2:ffff::9"));
        Assert.NotEqual(Key("2001:db8:1:2::1"), Key("2001:db8:1:3::1"));
        Assert.NotEqual(Key("192.0.2.1"), Key("192.0.2.2"));

        static byte[] Key(string address) => RequestOrigin.Key(IPAddress.Parse(address));
    }

    private static async Task<int> Answered(HttpClient client, string path, int requests)
    {
        var answered = 0;
        for (var i = 0; i < requests; i++)
        {
            using var answer = await client.GetAsync(path, Cancel);
            answered += answer.StatusCode == HttpStatusCode.OK ? 1 : 0;
        }

        return answered;
    }
}
