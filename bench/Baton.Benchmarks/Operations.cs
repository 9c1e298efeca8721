using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Baton.Protocol;
using Baton.Protocol.Wire;

namespace Baton.Benchmarks;

/// <summary>Each operation by itself, on one, 32 and 128 connections, on whichever store the server was started with.</summary>
internal static class Operations
{
    /// <summary>More creations a second than any store here does.</summary>
    private const int MostPerSecond = 6000;

    private static readonly int[] Connections = [1, 32, 128];

    /// <param name="server">Warmed up here.</param>
    /// <param name="seconds">Of each row.</param>
    /// <param name="cluster">Whose CPU is told beside the server's; null on SQLite.</param>
    public static async Task Measure(ServerProcess server, Bare bare, double seconds, PostgresCluster? cluster = null)
    {
        await CycleLoad.Run(server, 32, 3);
        await FillVault(server);
        Console.WriteLine(
            $"{"",-12}{"conn.",6}{"per s",9}{"of empty",10}{"p50",8}{"p95",8}{"p99",8}{"max ms",9}{"CPU ms",9}{(cluster is null ? "" : "database"),9}{"MB",6}");
        foreach (var connections in Connections)
        {
            var empty = (await bare.Load(connections, 2)).PerSecond;
            Console.WriteLine($"{"empty",-12}{connections,6}{empty,9:0}");
            var waiting = new ConcurrentQueue<Cycle>();
            await Row("create", CycleLoad.Each(CycleLoad.Make(server, (int)(seconds * MostPerSecond)), cycle => cycle.Create, 201, waiting));
            var lookedUp = new ConcurrentQueue<Cycle>(waiting);
            await Row("lookup", CycleLoad.Each(lookedUp, cycle => cycle.Lookup, 200, lookedUp));
            await Row("claim", CycleLoad.Each(waiting, cycle => cycle.Claim, 200));
            await Row("cycle", CycleLoad.Each(CycleLoad.Make(server, (int)(seconds * MostPerSecond))));
            await Row("sign-in", Same(RawHttp.Request("POST", "/api/sessions", null, Json(server.SignIn)), 200));
            await Row("vault sync", Same(RawHttp.Request("GET", $"/api/groups/{server.Group}/entries?after=0", server.Cookie, default), 200));

            async Task Row(string what, Func<RawHttp, ValueTask<bool>> one)
            {
                var (cpu, database) = (server.CpuMilliseconds, cluster?.CpuMilliseconds);
                var seen = await Load.Run(server.Endpoint, connections, TimeSpan.FromSeconds(seconds), one);
                cpu = (server.CpuMilliseconds - cpu) / Math.Max(1, seen.Count);
                database = (cluster?.CpuMilliseconds - database) / Math.Max(1, seen.Count);
                Console.WriteLine(
                    $"{what,-12}{connections,6}{seen.PerSecond,9:0}{seen.PerSecond / empty,10:0.000}{seen.Percentile(0.5),8:0.0}{seen.Percentile(0.95),8:0.0}"
                    + $"{seen.Percentile(0.99),8:0.0}{seen.Percentile(1),9:0.0}{cpu,9:0.000}{database,9:0.000}{server.Megabytes,6:0}");
            }
        }
    }

    /// <summary>A thousand entries of 300 bytes: what one sync brings.</summary>
    private static async Task FillVault(ServerProcess server)
    {
        using var connection = await RawHttp.Connect(server.Endpoint);
        for (var batch = 0; batch < 10; batch++)
        {
            var changes = new EntryChanges([.. Enumerable.Range(0, 100).Select(_ => new EntryChange(
                "save", server.Group, new Id(RandomNumberGenerator.GetBytes(Id.Size)), 0, 1, RandomNumberGenerator.GetBytes(256 + 48)))]);
            await CycleLoad.Expect(connection, RawHttp.Request("POST", "/api/entries", server.Cookie, Json(changes)), 200);
        }
    }

    private static Func<RawHttp, ValueTask<bool>> Same(byte[] request, int status) => async connection =>
    {
        await CycleLoad.Expect(connection, request, status);
        return true;
    };

    private static byte[] Json<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, WireJson.Shared);
}
