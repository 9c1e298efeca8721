using System.Globalization;
using Baton.Benchmarks;

// bench SERVER CLI [SECONDS] [CONNECTIONS], bench ledger SERVER, or bench compare SECONDS CONNECTIONS SERVER…: measures a published baton-server and baton on this machine, beside an empty Kestrel endpoint.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case [Bare.Argument]:
        await Bare.Serve();
        return 0;
    case ["ledger", var program]:
        await LedgerGrowth.Measure(program);
        EvidenceTimes.Measure();
        return 0;
    case ["compare", var time, var many, .. var programs]:
        await Comparison.Measure(programs, double.Parse(time, CultureInfo.InvariantCulture), int.Parse(many, CultureInfo.InvariantCulture));
        return 0;
    case ["operations", var program, var time, .. var options]:
        await Operations.Measure(program, double.Parse(time, CultureInfo.InvariantCulture), options);
        return 0;
    case ["growth", var program, .. var sizes]:
        await StoreGrowth.Measure(program, sizes.Select(size => long.Parse(size, CultureInfo.InvariantCulture)));
        return 0;
    case [] or [_]:
        await Console.Error.WriteLineAsync("bench SERVER CLI [SECONDS] [CONNECTIONS]\nbench ledger SERVER\nbench compare SECONDS CONNECTIONS SERVER…\nbench operations SERVER SECONDS [SETTING…]\nbench growth SERVER ROWS…");
        return 2;
}

// What yopass 13 did when the bars were set, on a machine whose empty endpoint gave 39 000 requests a second (bench/README.md).
const double YopassOfEmpty = 3_760.0 / 39_000;
const double YopassCpu = 0.43;

var seconds = double.Parse(args.ElementAtOrDefault(2) ?? "10", CultureInfo.InvariantCulture);
var connections = int.Parse(args.ElementAtOrDefault(3) ?? "32", CultureInfo.InvariantCulture);

using var server = await ServerProcess.Run(args[0]);
Row("start to first answer", $"{server.Start.TotalMilliseconds:0} ms", "≤ 250");
Row("memory at rest", $"{server.Megabytes:0} MB", "≤ 65");

using var bare = await Bare.Run();
await bare.Load(connections, 1);
await CycleLoad.Run(server, connections, 4);
var before = await bare.Load(connections, 4);
var cpu = server.CpuMilliseconds;
var cycles = await CycleLoad.Run(server, connections, seconds);
cpu = (server.CpuMilliseconds - cpu) / cycles.Count;
var after = await bare.Load(connections, 4);

// The machine's own swing is part of the answer, so the empty endpoint is measured on both sides.
var perSecond = (before.PerSecond + after.PerSecond) / 2;
Row("empty endpoint", $"{perSecond:0} requests/s ({before.PerSecond:0} before, {after.PerSecond:0} after)", "");
Row("cycles", $"{cycles.PerSecond:0} a second ({cycles.Count} in {cycles.Time.TotalSeconds:0.0} s, {connections} connections)", "");
Row("  of the empty endpoint", $"{cycles.PerSecond / perSecond:0.000}", $"≥ {1.2 * YopassOfEmpty:0.000}");
Row("  latency of a cycle", $"p50 {cycles.Percentile(0.5):0.0}  p95 {cycles.Percentile(0.95):0.0}  p99 {cycles.Percentile(0.99):0.0}  max {cycles.Percentile(1):0.0} ms", "p99 ≤ 18");
Row("  server CPU a cycle", $"{cpu:0.000} ms", $"≤ {0.8 * YopassCpu * 39_000 / perSecond:0.000} at this machine's pace");
Row("memory after load", $"{server.Megabytes:0} MB", "≤ 125");
await Operations.Measure(args[0], 3, []);
await StoreGrowth.Measure(args[0], [1_000, 100_000]);
await LedgerGrowth.Measure(args[0]);
EvidenceTimes.Measure();
await RecipientPage.Measure(server, server.Member);
var folder = Directory.CreateTempSubdirectory("baton-bench-");
await VaultInBrowser.Measure(server, await VaultInTerminal.Measure(server, args[1], folder.FullName));
folder.Delete(recursive: true);
return 0;

static void Row(string what, string seen, string bar) => Console.WriteLine($"{what,-24}{seen}{(bar.Length == 0 ? "" : $"   [{bar}]")}");
