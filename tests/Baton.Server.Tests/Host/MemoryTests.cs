using System.Security.Cryptography;
using Baton.Protocol.Wire;

namespace Baton.Server.Tests.Host;

/// <summary>What measures the process itself runs while no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}

[Collection(Alone.Name)]
public sealed class MemoryTests
{
    /// <summary>Bytes: some twenty for each request of a round.</summary>
    private const long Noise = 20_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unknown_locators_methods_paths_and_accounts_leave_memory_flat()
    {
        await using var server = await BatonServer.Start("--requests-per-minute", "1000000", "--link-requests-per-minute", "1000000", "--sign-in-failures-per-hour-address", "0");
        using var client = server.Client();
        await Flood(0);

        // What is kept for each request grows in every round; a pool or a cache does so now and then.
        var (held, grown) = (Settled(), long.MaxValue);
        for (var round = 1; round <= 10 && grown > Noise; round++)
        {
            await Flood(round);
            var now = Settled();
            (held, grown) = (now, now - held);
        }

        Assert.True(grown <= Noise, $"grown by {grown} bytes in the last of ten rounds of 1 000 requests");

        async Task Flood(int round)
        {
            for (var i = 0; i < 250; i++)
            {
                (await client.Post("/api/link/lookup", new LinkLookup(RandomNumberGenerator.GetBytes(16)))).Dispose();
                (await client.SendAsync(new HttpRequestMessage(new HttpMethod($"M{round}X{i}"), "/api/instance"), Cancel)).Dispose();
                (await client.GetAsync($"/api/handovers/{BatonServer.NewId()}/{round}-{i}", Cancel)).Dispose();
                (await client.Post("/api/sessions", new SignIn($"someone{round}-{i}@studio.example", new byte[32]))).Dispose();
            }
        }

        static long Settled()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return GC.GetTotalMemory(forceFullCollection: true);
        }
    }
}
