using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Baton.Benchmarks;

// bench PROGRAM [SECONDS] [CONNECTIONS]: measures a published baton-server on this machine.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args.Length == 0)
{
    await Console.Error.WriteLineAsync("bench PROGRAM [SECONDS] [CONNECTIONS]");
    return 2;
}

var seconds = double.Parse(args.ElementAtOrDefault(1) ?? "10", CultureInfo.InvariantCulture);
var connections = int.Parse(args.ElementAtOrDefault(2) ?? "32", CultureInfo.InvariantCulture);

using var server = await ServerProcess.Run(args[0]);
Console.WriteLine($"start to first answer   {server.Start.TotalMilliseconds:0} ms");
Console.WriteLine($"memory at rest          {server.Megabytes:0} MB");

var empty = RawHttp.Request("GET", "/healthz/live", null, default);
await RunEmpty(1);
var idle = await RunEmpty(Math.Min(seconds, 5));
Console.WriteLine($"empty endpoint          {idle.PerSecond:0} requests/s, p99 {idle.Percentile(0.99):0.0} ms");

await RunCycles(4, report: false);
await RunCycles(seconds, report: true);
Console.WriteLine($"memory after load       {server.Megabytes:0} MB");
await RecipientPage.Measure(server, server.Member);
return 0;

Task<Figures> RunEmpty(double time) => Load.Run(server, connections, TimeSpan.FromSeconds(time), async (connection, _) =>
    await connection.Send(empty) == 200 ? true : throw new InvalidDataException("Not 200."));

async Task RunCycles(double time, bool report)
{
    using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    var reader = key.ExportSubjectPublicKeyInfo();
    var cycles = new ConcurrentBag<Cycle>();
    Parallel.For(0, (int)(time * 9000), _ => cycles.Add(Cycle.Make(server, reader)));
    GC.Collect();
    Console.Error.WriteLine("load");
    var cpu = server.CpuMilliseconds;
    var figures = await Load.Run(server, connections, TimeSpan.FromSeconds(time), async (connection, _) =>
    {
        if (!cycles.TryTake(out var cycle))
        {
            return false;
        }

        await Expect(connection, cycle.Create, 201);
        await Expect(connection, cycle.Claim, 200);
        await Expect(connection, cycle.Displayed, 204);
        return true;
    });
    if (!report)
    {
        return;
    }

    cpu = server.CpuMilliseconds - cpu;
    Console.WriteLine($"cycles                  {figures.PerSecond:0} a second ({figures.Count} in {figures.Time.TotalSeconds:0.0} s, {connections} connections)");
    Console.WriteLine($"latency of a cycle      p50 {figures.Percentile(0.5):0.0}  p95 {figures.Percentile(0.95):0.0}  p99 {figures.Percentile(0.99):0.0}  max {figures.Percentile(1):0.0} ms");
    Console.WriteLine($"of the empty endpoint   {figures.PerSecond / idle.PerSecond:0.000}");
    Console.WriteLine($"server CPU a cycle      {cpu / figures.Count:0.000} ms");
}

static async Task Expect(RawHttp connection, byte[] request, int status)
{
    var got = await connection.Send(request);
    if (got != status)
    {
        throw new InvalidDataException($"{got} instead of {status}.");
    }
}
