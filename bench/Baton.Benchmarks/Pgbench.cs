using System.Globalization;
using System.Security.Cryptography;

namespace Baton.Benchmarks;

/// <summary>
/// PostgreSQL's own load generator with the statements of a cycle (bench/pgbench), on copies of a server's databases while that server stands:
/// what the database gives when nobody parses, writes JSON, answers over HTTP or takes entries into the log. Two programs at a time, one for each database, do the same number of cycles; a cycle is
/// done when both have done theirs. They don't wait for each other, as a cycle does.
/// </summary>
internal static class Pgbench
{
    private const int Clients = 32;

    /// <summary>Of the share store, which has a third of the work; it does as many cycles.</summary>
    private const int ShareClients = 8;

    private const string Main = "baton", Shares = "baton_shares";

    public static async Task Measure(ServerProcess server, PostgresCluster cluster, double seconds)
    {
        var (log, flushes) = await Log(cluster);
        var before = await CycleLoad.Run(server, Clients, seconds);
        var (logAfter, flushesAfter) = await Log(cluster);
        Report.Row(
            "write-ahead log", $"{(logAfter - log) / before.Count / 1024:0.0} KiB and about {(flushesAfter - flushes) / before.Count:0.00} flushes a cycle of baton-server");
        server.Stop();
        var contents = await Contents(cluster);
        foreach (var database in new[] { Main, Shares })
        {
            await cluster.Ask("postgres", $"CREATE DATABASE {database}_copy TEMPLATE {database}");
        }

        var (most, _) = await Cycles(cluster, contents, 25);
        var cpu = cluster.CpuMilliseconds;
        var each = Math.Max(25, (int)(most * seconds / Clients));
        var (perSecond, latency) = await Cycles(cluster, contents, each);
        cpu = (cluster.CpuMilliseconds - cpu) / (each * Clients);
        await server.Again();
        await CycleLoad.Run(server, Clients, 1);
        var after = await CycleLoad.Run(server, Clients, seconds);
        var served = (before.PerSecond + after.PerSecond) / 2;
        Report.Row("pgbench", $"{perSecond:0} cycles/s, {Clients} clients, {latency:0.0} ms a cycle in the main database, {cpu:0.000} ms of the database's CPU");
        Report.Row("baton-server", $"{served:0} cycles/s ({before.PerSecond:0} before, {after.PerSecond:0} after)");
        Report.Row("  of pgbench", $"{served / perSecond:0.000}");
    }

    /// <summary>So many cycles of each client.</summary>
    private static async Task<(double PerSecond, double Latency)> Cycles(PostgresCluster cluster, string[] contents, int each)
    {
        var main = cluster.Tool("pgbench", [.. Run("main.sql", Clients, each), .. contents, Main + "_copy"]);
        var shares = cluster.Tool("pgbench", [.. Run("shares.sql", ShareClients, each * Clients / ShareClients), .. contents, Shares + "_copy"]);
        var (said, saidOfShares) = (await main, await shares);
        return (Math.Min(Figure(said, "tps = "), Figure(saidOfShares, "tps = ")), Figure(said, "latency average = "));
    }

    private static string[] Run(string script, int clients, int each) =>
    [
        "--no-vacuum", "--protocol", "prepared", "--max-tries", "100", "--file", Path.Combine("bench", "pgbench", script),
        "--client", Text(clients), "--jobs", Text(Math.Min(2, clients)), "--transactions", Text(each),
    ];

    /// <summary>Ids of the owner, and contents of the sizes that <see cref="Cycle"/> makes.</summary>
    private static async Task<string[]> Contents(PostgresCluster cluster)
    {
        var owner = (await cluster.Ask(
            Main,
            """
            SELECT m.organization, m.id, g.id, s.token_hash FROM members m JOIN groups g ON g.personal_of = m.id JOIN sessions s ON s.member = m.id LIMIT 1
            """)).Split('|');
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        (string Name, string Value)[] values =
        [
            ("organization", owner[0]), ("member", owner[1]), ("group", owner[2]), ("token", owner[3]),
            ("now", Text(now)), ("until", Text(now + 300_000)), ("expires", Text(now + 86_400_000)), ("tag", Random(32)), ("share", Random(32)), ("reader", Random(91)),
            ("sealed", Random(1040)), ("details", Random(256)), ("personal", Random(160)),
            ("created", Random(896)), ("claimed", Random(384)), ("displayed", Random(320)), ("observed", Random(90)),
        ];
        return [.. values.SelectMany(value => new[] { "--define", $"{value.Name}={value.Value}" })];
    }

    /// <summary>Bytes and flushes so far.</summary>
    private static async Task<(double Bytes, double Flushes)> Log(PostgresCluster cluster)
    {
        var said = await cluster.Ask(Main, "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0'), wal_sync FROM pg_stat_wal");
        var figures = said.Split('|');
        return (double.Parse(figures[0], CultureInfo.InvariantCulture), double.Parse(figures[1], CultureInfo.InvariantCulture));
    }

    private static double Figure(string said, string before)
    {
        var at = said.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return double.Parse(said[at..].Split(' ', 2)[0], CultureInfo.InvariantCulture);
    }

    private static string Random(int bytes) => "\\x" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
