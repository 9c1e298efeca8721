using System.Security.Cryptography;
using Baton.Protocol.Wire;

namespace Baton.Server.Tests.Host;

/// <summary>What measures the process itself, or time, runs while no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}

[Collection(Alone.Name)]
public sealed class MemoryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unknown_locators_methods_paths_and_accounts_leave_memory_flat()
    {
        await using var server = await BatonServer.Start("--requests-per-minute", "1000000", "--link-requests-per-minute", "1000000", "--sign-in-failures-per-hour-address", "0");
        using var client = server.Client();
        await Flood(0);
        var before = Settled();
        for (var round = 1; round <= 4; round++)
        {
            await Flood(round);
        }

        var grown = Settled() - before;
        Assert.True(grown < 1_000_000, $"grown by {grown} bytes in 4 000 requests");

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
