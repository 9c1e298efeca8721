using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace Baton.Benchmarks;

/// <summary>
/// What a cycle costs as the store grows: handovers that have ended, each with its three ledger entries in place, written straight into the
/// database of a server that is not running.
/// </summary>
internal static class StoreGrowth
{
    private const int Batch = 100_000;

    public static async Task Measure(string program, IEnumerable<long> sizes)
    {
        using var bare = await Bare.Run();
        using var server = await ServerProcess.Run(program);
        var rows = 0L;
        foreach (var size in sizes)
        {
            var watch = Stopwatch.StartNew();
            for (; rows < size; rows += Math.Min(Batch, size - rows))
            {
                await Fill(server.Data, Math.Min(Batch, size - rows));
            }

            await CycleLoad.Run(server, 32, 2);
            var empty = await bare.Load(32, 2);
            var cpu = server.CpuMilliseconds;
            var cycles = await CycleLoad.Run(server, 32, 6);
            cpu = (server.CpuMilliseconds - cpu) / cycles.Count;
            Console.WriteLine(
                $"store of {size,11:N0}   {cycles.PerSecond,6:0} cycles/s  {cycles.PerSecond / empty.PerSecond:0.000} of empty  p50 {cycles.Percentile(0.5):0.0}  p99 {cycles.Percentile(0.99):0.0} ms  "
                + $"CPU {cpu:0.000} ms   {server.Megabytes:0} MB   {new FileInfo(Path.Combine(server.Data, "baton.db")).Length / 1048576.0 / 1024:0.00} GiB (filled in {watch.Elapsed.TotalSeconds:0} s)");
        }
    }

    private static async Task Fill(string data, long count)
    {
        await using var main = new SqliteConnection($"Data Source={Path.Combine(data, "baton.db")};Pooling=False");
        await main.OpenAsync();
        await using var fill = main.CreateCommand();
        fill.CommandTimeout = 600;
        fill.Parameters.AddWithValue("@count", count);
        fill.Parameters.AddWithValue("@salt", RandomNumberGenerator.GetBytes(16));

        // Places in the log are left to the sequencer for what the server writes: these entries stand in a log of their own number.
        fill.CommandText = """
            BEGIN IMMEDIATE;
            CREATE TEMP TABLE made AS
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @count)
                SELECT i, randomblob(16) AS handover, randomblob(32) AS locator FROM n;
            INSERT INTO handovers (handover, locator_hash, organization, group_id, group_version, member, body_hash, claim_tag, displayed_tag, flags, channel,
                language, show_sender, files, state, guesses_left, created_at, changed_at, expires_at, reader_key, claimed_at, read_until, share_gone)
            SELECT handover, locator, (SELECT id FROM organizations), (SELECT id FROM groups LIMIT 1), 1, (SELECT id FROM members LIMIT 1), randomblob(32),
                randomblob(32), randomblob(32), 1, 'phone', 'en', 0, 0, 'displayed', 10, 1, 1, 86400001, randomblob(91), 1, 1, 1 FROM made;
            INSERT INTO details (handover, bytes) SELECT h.number, randomblob(256) FROM made JOIN handovers h ON h.handover = made.handover;
            INSERT INTO personal (handover, organization, bytes) SELECT h.number, h.organization, randomblob(160) FROM made JOIN handovers h ON h.handover = made.handover;
            INSERT INTO ledger (organization, handover, kind, time, bytes, log, leaf_index)
            SELECT h.organization, h.number, k.kind, 1, randomblob(k.size), -1, h.number * 4 + k.step FROM made JOIN handovers h ON h.handover = made.handover
                JOIN (SELECT 0 AS step, 'created' AS kind, 800 AS size UNION ALL SELECT 1, 'claimed', 400 UNION ALL SELECT 2, 'displayed', 300) k;
            DROP TABLE made;
            COMMIT;
            """;
        await fill.ExecuteNonQueryAsync();
    }
}
