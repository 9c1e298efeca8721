using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Baton.Protocol;
using Baton.Protocol.Wire;

namespace Baton.Benchmarks;

/// <summary>Each operation by itself, on one, 32 and 128 connections, on whichever store the server was started with.</summary>
internal static class Operations
{
    private static readonly int[] Connections = [1, 32, 128];

    public static async Task Measure(string program, double seconds, string[] options)
    {
        using var bare = await Bare.Run();
        using var server = await ServerProcess.Run(program, options);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var reader = key.ExportSubjectPublicKeyInfo();
        await CycleLoad.Run(server, 32, 3);
        await FillVault(server);
        Console.WriteLine($"{"",-12}{"conn.",6}{"per s",9}{"of empty",10}{"p50",8}{"p95",8}{"p99",8}{"max ms",8}{"CPU ms",9}{"MB",6}");
        foreach (var connections in Connections)
        {
            var empty = (await bare.Load(connections, 2)).PerSecond;
            Console.WriteLine($"{"empty",-12}{connections,6}{empty,9:0}");
            var made = Make(server, reader, (int)(seconds * 6000));
            var waiting = new ConcurrentQueue<Cycle>();
            await Row("create", connections, empty, Each(made, cycle => cycle.Create, 201, waiting));
            var lookedUp = new ConcurrentQueue<Cycle>(waiting);
            await Row("lookup", connections, empty, Each(lookedUp, cycle => cycle.Lookup, 200, lookedUp));
            await Row("claim", connections, empty, Each(waiting, cycle => cycle.Claim, 200));
            await Row("cycle", connections, empty, CycleLoad.Each(Make(server, reader, (int)(seconds * 6000))));
            await Row("sign-in", connections, empty, Same(RawHttp.Request("POST", "/api/sessions", null, Json(server.SignIn)), 200));
            await Row("vault sync", connections, empty, Same(RawHttp.Request("GET", $"/api/groups/{server.Group}/entries?after=0", server.Cookie, default), 200));
        }

        async Task Row(string what, int connections, double empty, Func<RawHttp, ValueTask<bool>> one)
        {
            var cpu = server.CpuMilliseconds;
            var seen = await Load.Run(server.Endpoint, connections, TimeSpan.FromSeconds(seconds), one);
            cpu = (server.CpuMilliseconds - cpu) / Math.Max(1, seen.Count);
            Console.WriteLine(
                $"{what,-12}{connections,6}{seen.PerSecond,9:0}{seen.PerSecond / empty,10:0.000}{seen.Percentile(0.5),8:0.0}{seen.Percentile(0.95),8:0.0}"
                + $"{seen.Percentile(0.99),8:0.0}{seen.Percentile(1),8:0.0}{cpu,9:0.000}{server.Megabytes,6:0}");
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

    private static ConcurrentQueue<Cycle> Make(ServerProcess server, byte[] reader, int count)
    {
        var made = new ConcurrentQueue<Cycle>();
        Parallel.For(0, count, _ => made.Enqueue(Cycle.Make(server, reader)));
        return made;
    }

    private static Func<RawHttp, ValueTask<bool>> Each(ConcurrentQueue<Cycle> cycles, Func<Cycle, byte[]> request, int status, ConcurrentQueue<Cycle>? done = null) => async connection =>
    {
        if (!cycles.TryDequeue(out var cycle))
        {
            return false;
        }

        await CycleLoad.Expect(connection, request(cycle), status);
        done?.Enqueue(cycle);
        return true;
    };

    private static Func<RawHttp, ValueTask<bool>> Same(byte[] request, int status) => async connection =>
    {
        await CycleLoad.Expect(connection, request, status);
        return true;
    };

    private static byte[] Json<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, WireJson.Shared);
}
