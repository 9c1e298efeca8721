using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace Baton.Benchmarks;

/// <summary>
/// What a claim and a cycle cost as the store grows: handovers that have ended, each with its three ledger entries in place, of the sizes that
/// the server writes, put straight into the database while the server does not run.
/// </summary>
internal static class StoreGrowth
{
    private const int Batch = 250_000;
    private const int Connections = 32;
    private const double Seconds = 4;

    public static async Task Measure(string program, IReadOnlyList<long> sizes)
    {
        using var bare = await Bare.Run();
        using var server = await ServerProcess.Run(program, "--session-idle", "12h");
        Console.WriteLine(
            $"{"handovers",-12}{"claims/s",9}{"p50",7}{"p99 ms",8}{"CPU ms",8}{"cycles/s",10}{"of empty",10}{"p50",7}{"p99 ms",8}{"CPU ms",8}{"MB",6}{"GiB",7}{"filled in",11}");
        var rows = 0L;
        foreach (var size in sizes)
        {
            var watch = Stopwatch.StartNew();
            server.Stop();
            await Fill(server.Data, size - rows);
            rows = size;
            var filled = watch.Elapsed;
            await server.Again();
            await CycleLoad.Run(server, Connections, 2);
            var waiting = new ConcurrentQueue<Cycle>();
            await Load.Run(server.Endpoint, Connections, TimeSpan.FromSeconds(Seconds), CycleLoad.Each(CycleLoad.Make(server, (int)Seconds * 5000), cycle => cycle.Create, 201, waiting));
            var (claims, claimCpu) = await Timed(server, CycleLoad.Each(waiting, cycle => cycle.Claim, 200));
            var empty = await bare.Load(Connections, 2);
            var (cycles, cycleCpu) = await Timed(server, CycleLoad.Each(CycleLoad.Make(server, (int)Seconds * 5000)));
            Console.WriteLine(
                $"{size,-12:N0}{claims.PerSecond,9:0}{claims.Percentile(0.5),7:0.0}{claims.Percentile(0.99),8:0.0}{claimCpu,8:0.000}{cycles.PerSecond,10:0}{cycles.PerSecond / empty.PerSecond,10:0.000}"
                + $"{cycles.Percentile(0.5),7:0.0}{cycles.Percentile(0.99),8:0.0}{cycleCpu,8:0.000}{server.Megabytes,6:0}{Gibibytes(server),7:0.00}{filled.TotalSeconds,9:0} s");
        }
    }

    private static double Gibibytes(ServerProcess server) => new FileInfo(Path.Combine(server.Data, "baton.db")).Length / 1048576.0 / 1024;

    private static async Task<(Figures Seen, double Cpu)> Timed(ServerProcess server, Func<RawHttp, ValueTask<bool>> one)
    {
        var cpu = server.CpuMilliseconds;
        var seen = await Load.Run(server.Endpoint, Connections, TimeSpan.FromSeconds(Seconds), one);
        return (seen, (server.CpuMilliseconds - cpu) / seen.Count);
    }

    /// <summary>Without journal and without waiting for the disk: should it fail, the run has failed. The indexes are those that the server made.</summary>
    private static async Task Fill(string data, long count)
    {
        await using var main = new SqliteConnection($"Data Source={Path.Combine(data, "baton.db")};Pooling=False");
        await main.OpenAsync();
        await Run("PRAGMA busy_timeout = 30000; PRAGMA journal_mode = DELETE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -2000000; PRAGMA temp_store = MEMORY");
        for (var left = count; left > 0; left -= Batch)
        {
            // Places in the log are left to the sequencer for what the server writes: these entries stand in a log of their own number.
            await Run("""
                BEGIN;
                CREATE TEMP TABLE made AS
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @count)
                    SELECT i + (SELECT coalesce(max(number), 0) FROM handovers) AS number, randomblob(16) AS handover, randomblob(32) AS locator FROM n;
                INSERT INTO handovers (number, handover, locator_hash, organization, group_id, group_version, member, body_hash, claim_tag, displayed_tag, flags, channel,
                    language, show_sender, files, state, guesses_left, created_at, changed_at, expires_at, reader_key, claimed_at, read_until, share_gone)
                SELECT number, handover, locator, (SELECT id FROM organizations), (SELECT id FROM groups LIMIT 1), 1, (SELECT id FROM members LIMIT 1), randomblob(32),
                    randomblob(32), randomblob(32), 1, 'phone', 'en', 0, 0, 'displayed', 10, 1, 1, 86400001, randomblob(91), 1, 1, 1 FROM made;
                INSERT INTO details (handover, bytes) SELECT number, randomblob(256) FROM made;
                INSERT INTO personal (handover, organization, bytes) SELECT number, (SELECT id FROM organizations), randomblob(160) FROM made;
                INSERT INTO ledger (organization, handover, kind, time, bytes, log, leaf_index)
                SELECT (SELECT id FROM organizations), m.number, k.kind, 1, randomblob(k.size), -1, m.number * 4 + k.step FROM made m
                    CROSS JOIN (SELECT 0 AS step, 'created' AS kind, 896 AS size UNION ALL SELECT 1, 'claimed', 384 UNION ALL SELECT 2, 'displayed', 320) k;
                DROP TABLE made;
                COMMIT;
                """, Math.Min(Batch, left));
        }

        async Task Run(string sql, long some = 0)
        {
            await using var command = main.CreateCommand();
            command.CommandTimeout = 0;
            command.CommandText = sql;
            if (some > 0)
            {
                command.Parameters.AddWithValue("@count", some);
            }

            await command.ExecuteNonQueryAsync();
        }
    }
}
