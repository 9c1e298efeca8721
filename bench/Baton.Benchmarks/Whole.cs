namespace Baton.Benchmarks;

/// <summary>Everything that `make bench` measures, in one run.</summary>
internal static class Whole
{
    /// <summary>What yopass 13 did when the bars were set, on a machine whose empty endpoint gave so many requests a second (bench/README.md).</summary>
    private const double Yopass = 3_760, YopassCpu = 0.43, EmptyThen = 39_000;

    private const int Connections = 32;

    /// <summary>Of each row of operations, and of each ratio.</summary>
    private const double RowSeconds = 3;

    public static async Task Measure(string server, string cli, IReadOnlyList<long> rows)
    {
        Console.WriteLine($"{Environment.ProcessorCount} cores, load before: {File.ReadAllText("/proc/loadavg").TrimEnd()}");
        Report.Section("Cycles on SQLite, 32 connections");
        using (var running = await ServerProcess.Run(server))
        {
            await Cycles(running, 10);
        }

        Report.Section("The same writes without a server: raw SQLite");
        await RawSqlite.Measure(server, RowSeconds);
        Report.Section("Each operation on SQLite");
        await OperationsOnSqlite(server, RowSeconds);
        Report.Section("What a stopwatch tells of refused links and sign-ins");
        await UniformTimes.Measure(server);
        await OperationsOnPostgres(server, RowSeconds);
        Report.Section("Stores that grow, SQLite");
        await StoreGrowth.Measure(server, rows);
        Report.Section("The ledger");
        await LedgerGrowth.Measure(server);
        EvidenceTimes.Measure();
        Report.Section("The recipient's page, and a vault of ten thousand");
        await Pages(server, cli);
    }

    /// <summary>The recipient's page, and a vault of ten thousand entries in terminal and browser.</summary>
    public static async Task Pages(string server, string cli)
    {
        using var running = await ServerProcess.Run(server);
        await RecipientPage.Measure(running, running.Member);
        var folder = Directory.CreateTempSubdirectory("baton-bench-");
        await VaultInBrowser.Measure(running, await VaultInTerminal.Measure(running, cli, folder.FullName));
        folder.Delete(recursive: true);
    }

    public static async Task OperationsOnSqlite(string program, double seconds)
    {
        using var bare = await Bare.Run();
        using var server = await ServerProcess.Run(program);
        await Operations.Measure(server, bare, seconds);
    }

    /// <summary>On PostgreSQL: each operation, pgbench with the same statements, two nodes.</summary>
    public static async Task OperationsOnPostgres(string program, double seconds)
    {
        using var bare = await Bare.Run();
        using var cluster = await PostgresCluster.Run();
        using var server = await ServerProcess.Run(program, cluster.Settings);
        Report.Section("Each operation on PostgreSQL");
        await Operations.Measure(server, bare, seconds, cluster);
        Report.Section("The same statements without a server: pgbench");
        await Pgbench.Measure(server, cluster, seconds);
        Report.Section("Two nodes on one PostgreSQL");
        await NodePair.Measure(server, cluster, seconds);
    }

    /// <summary>The machine's own swing is part of the answer, so the empty endpoint is measured on both sides.</summary>
    private static async Task Cycles(ServerProcess server, double seconds)
    {
        Report.Row("start to first answer", $"{server.Start.TotalMilliseconds:0} ms", "≤ 250", server.Start.TotalMilliseconds <= 250);
        Report.Row("memory at rest", $"{server.Megabytes:0} MB", "≤ 65", server.Megabytes <= 65);
        using var bare = await Bare.Run();
        await bare.Load(Connections, 1);
        await CycleLoad.Run(server, Connections, 4);
        var before = await bare.Load(Connections, 4);
        var cpu = server.CpuMilliseconds;
        var cycles = await CycleLoad.Run(server, Connections, seconds);
        cpu = (server.CpuMilliseconds - cpu) / cycles.Count;
        var memory = server.Megabytes;
        var after = await bare.Load(Connections, 4);
        var empty = (before.PerSecond + after.PerSecond) / 2;
        var (least, most) = (1.2 * Yopass / EmptyThen, 0.8 * YopassCpu * EmptyThen / empty);
        Report.Row("empty endpoint", $"{empty:0} requests/s ({before.PerSecond:0} before, {after.PerSecond:0} after)");
        Report.Row("cycles", $"{cycles.PerSecond:0} a second ({cycles.Count} in {cycles.Time.TotalSeconds:0.0} s)");
        Report.Row("  of the empty endpoint", $"{cycles.PerSecond / empty:0.000}", $"≥ {least:0.000}", cycles.PerSecond / empty >= least);
        Report.Row(
            "  latency of a cycle", $"p50 {cycles.Percentile(0.5):0.0}  p95 {cycles.Percentile(0.95):0.0}  p99 {cycles.Percentile(0.99):0.0}  max {cycles.Percentile(1):0.0} ms",
            "p99 ≤ 18", cycles.Percentile(0.99) <= 18);
        Report.Row("  server CPU a cycle", $"{cpu:0.000} ms", $"≤ {most:0.000} at this machine's pace", cpu <= most);
        Report.Row("memory after load", $"{memory:0} MB", "≤ 125", memory <= 125);
    }
}
