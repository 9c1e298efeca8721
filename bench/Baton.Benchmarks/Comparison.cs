namespace Baton.Benchmarks;

/// <summary>
/// Two or more builds of the server, in turn, beside the empty endpoint: what a change gained. CPU a cycle and the ratio to the empty
/// endpoint stand; cycles a second alone say more about the minute than about the build.
/// </summary>
internal static class Comparison
{
    private const int Rounds = 2;

    public static async Task Measure(IReadOnlyList<string> programs, double seconds, int connections)
    {
        using var bare = await Bare.Run();
        await bare.Load(connections, 1);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var program in programs)
            {
                using var server = await ServerProcess.Run(program);
                var (start, rest) = (server.Start.TotalMilliseconds, server.Megabytes);
                await CycleLoad.Run(server, connections, 3);
                var empty = await bare.Load(connections, 1);
                var cpu = server.CpuMilliseconds;
                var cycles = await CycleLoad.Run(server, connections, seconds);
                cpu = (server.CpuMilliseconds - cpu) / cycles.Count;
                Console.WriteLine(
                    $"{program,-40} {cycles.PerSecond,6:0} cycles/s  {cycles.PerSecond / empty.PerSecond:0.000} of {empty.PerSecond,6:0}  cpu {cpu:0.000} ms  "
                    + $"p50 {cycles.Percentile(0.5):0.0}  p99 {cycles.Percentile(0.99):0.0} ms  start {start:0} ms  rest {rest:0} MB  after {server.Megabytes:0} MB");
            }
        }
    }
}
