using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;

namespace Baton.Benchmarks;

/// <summary>
/// The writes of cycles straight into the two files of a server that is not running, with its schema and its durability: write-ahead log,
/// synchronous FULL, secure_delete, logs truncated as often. One thread for each file, as in the server; prepared statements; a batch of cycles
/// goes through its five steps (share kept, created, claimed, displayed, share destroyed), each one commit. No HTTP, no JSON, no savepoints, no
/// log of the ledger's tree: what SQLite and this disk give at most.
/// </summary>
internal static class RawSqlite
{
    /// <summary>Of the server's connections.</summary>
    private const int Connections = 32;

    /// <summary>Operations in one commit: alone, about what the server reached with 32 connections, and one of each connection.</summary>
    private static readonly int[] Together = [1, 12, 32];

    public static async Task Measure(string program, double seconds)
    {
        using var server = await ServerProcess.Run(program);
        await CycleLoad.Run(server, Connections, 2);
        var cpu = server.CpuMilliseconds;
        var served = await CycleLoad.Run(server, Connections, seconds);
        cpu = (server.CpuMilliseconds - cpu) / served.Count;
        server.Stop();
        Report.Row("baton-server", $"{served.PerSecond:0} cycles/s, {cpu:0.000} ms CPU a cycle, {Connections} connections");
        foreach (var together in Together)
        {
            var (perSecond, raw) = Run(server.Data, together, seconds);
            Report.Row(
                $"raw SQLite, {together} a commit", $"{perSecond:0} cycles/s, {raw:0.000} ms CPU a cycle; baton-server {served.PerSecond / perSecond:0.000} of it, with {cpu / raw:0.0} times its CPU");
        }
    }

    private static (double PerSecond, double Cpu) Run(string data, int together, double seconds)
    {
        using var main = new RawMain(Path.Combine(data, "baton.db"));
        using var shares = new RawShares(Path.Combine(data, "shares", "shares.db"));
        using var kept = new BlockingCollection<byte[][]>(boundedCapacity: 2);
        var displayed = new ConcurrentQueue<byte[][]>();
        var (watch, cpu, count) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime, 0);
        var keeping = new Thread(() =>
        {
            while (watch.Elapsed.TotalSeconds < seconds)
            {
                var handovers = new byte[together][];
                for (var i = 0; i < together; i++)
                {
                    handovers[i] = RandomNumberGenerator.GetBytes(16);
                }

                shares.Keep(handovers);
                kept.Add(handovers);
                Destroy();
            }

            kept.CompleteAdding();
        });
        keeping.Start();
        foreach (var handovers in kept.GetConsumingEnumerable())
        {
            main.Cycle(handovers);
            displayed.Enqueue(handovers);
            count += together;
        }

        keeping.Join();
        Destroy();
        return (count / watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / count);

        void Destroy()
        {
            while (displayed.TryDequeue(out var handovers))
            {
                shares.Destroy(handovers);
            }
        }
    }
}
