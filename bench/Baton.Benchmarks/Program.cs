using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Baton.Benchmarks;

// bench SERVER CLI [SECONDS] [CONNECTIONS], or bench ledger SERVER: measures a published baton-server and baton on this machine, beside an empty Kestrel endpoint.
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
    case [] or [_]:
        await Console.Error.WriteLineAsync("bench SERVER CLI [SECONDS] [CONNECTIONS]\nbench ledger SERVER");
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
var empty = RawHttp.Request("GET", "/", null, default);
await RunEmpty(1);
await RunCycles(4);
var before = await RunEmpty(4);
var cpu = server.CpuMilliseconds;
var cycles = await RunCycles(seconds);
cpu = (server.CpuMilliseconds - cpu) / cycles.Count;
var after = await RunEmpty(4);

// The machine's own swing is part of the answer, so the empty endpoint is measured on both sides.
var perSecond = (before.PerSecond + after.PerSecond) / 2;
Row("empty endpoint", $"{perSecond:0} requests/s ({before.PerSecond:0} before, {after.PerSecond:0} after)", "");
Row("cycles", $"{cycles.PerSecond:0} a second ({cycles.Count} in {cycles.Time.TotalSeconds:0.0} s, {connections} connections)", "");
Row("  of the empty endpoint", $"{cycles.PerSecond / perSecond:0.000}", $"≥ {1.2 * YopassOfEmpty:0.000}");
Row("  latency of a cycle", $"p50 {cycles.Percentile(0.5):0.0}  p95 {cycles.Percentile(0.95):0.0}  p99 {cycles.Percentile(0.99):0.0}  max {cycles.Percentile(1):0.0} ms", "p99 ≤ 18");
Row("  server CPU a cycle", $"{cpu:0.000} ms", $"≤ {0.8 * YopassCpu * 39_000 / perSecond:0.000} at this machine's pace");
Row("memory after load", $"{server.Megabytes:0} MB", "≤ 125");
await LedgerGrowth.Measure(args[0]);
EvidenceTimes.Measure();
await RecipientPage.Measure(server, server.Member);
var folder = Directory.CreateTempSubdirectory("baton-bench-");
await VaultInBrowser.Measure(server, await VaultInTerminal.Measure(server, args[1], folder.FullName));
folder.Delete(recursive: true);
return 0;

static void Row(string what, string seen, string bar) => Console.WriteLine($"{what,-24}{seen}{(bar.Length == 0 ? "" : $"   [{bar}]")}");

Task<Figures> RunEmpty(double time) => Load.Run(bare.Endpoint, connections, TimeSpan.FromSeconds(time), async connection =>
    await connection.Send(empty) == 200 ? true : throw new InvalidDataException("Not 200."));

async Task<Figures> RunCycles(double time)
{
    using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    var reader = key.ExportSubjectPublicKeyInfo();
    var made = new ConcurrentBag<Cycle>();
    Parallel.For(0, (int)(time * 9000), _ => made.Add(Cycle.Make(server, reader)));
    GC.Collect();
    return await Load.Run(server.Endpoint, connections, TimeSpan.FromSeconds(time), async connection =>
    {
        if (!made.TryTake(out var cycle))
        {
            return false;
        }

        await Expect(connection, cycle.Create, 201);
        await Expect(connection, cycle.Claim, 200);
        await Expect(connection, cycle.Displayed, 204);
        return true;
    });
}

static async Task Expect(RawHttp connection, byte[] request, int status)
{
    var got = await connection.Send(request);
    if (got != status)
    {
        throw new InvalidDataException($"{got} instead of {status}.");
    }
}
