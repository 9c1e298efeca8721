using System.Collections.Concurrent;
using System.Net;

namespace Baton.Benchmarks;

/// <summary>
/// One node and two on one PostgreSQL, in turn, with the connections spread over them. Database, nodes and the load generator share this
/// machine's cores: where these are spent, a second node can't give more.
/// </summary>
internal static class NodePair
{
    private const int Rounds = 2;
    private const int Connections = 32;

    public static async Task Measure(ServerProcess first, PostgresCluster cluster, double seconds)
    {
        using var second = await first.AnotherNode();
        await CycleLoad.Run(first, [first.Endpoint, second.Endpoint], Connections, 3);
        Console.WriteLine($"{"",-12}{"nodes",6}{"per s",9}{"p50",8}{"p99",8}{"nodes' CPU ms",15}{"database's",12}");
        var sums = new double[2, 2];
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var nodes in new ServerProcess[][] { [first], [first, second] })
            {
                var endpoints = nodes.Select(node => node.Endpoint).ToArray();
                var waiting = new ConcurrentQueue<Cycle>();
                await Load.Run(endpoints, Connections, TimeSpan.FromSeconds(seconds * 1.5), CycleLoad.Each(CycleLoad.Make(first, (int)(seconds * 5000)), cycle => cycle.Create, 201, waiting));
                sums[nodes.Length - 1, 0] += await Row("claim", nodes, endpoints, CycleLoad.Each(waiting, cycle => cycle.Claim, 200));
                sums[nodes.Length - 1, 1] += await Row("cycle", nodes, endpoints, CycleLoad.Each(CycleLoad.Make(first, (int)(seconds * 5000))));
            }
        }

        Report.Row("two nodes against one", $"claims {sums[1, 0] / sums[0, 0]:0.00}, cycles {sums[1, 1] / sums[0, 1]:0.00} ({Rounds} rounds in turn, {Environment.ProcessorCount} cores for all)");

        async Task<double> Row(string what, ServerProcess[] nodes, IPEndPoint[] endpoints, Func<RawHttp, ValueTask<bool>> one)
        {
            var (cpu, database) = (nodes.Sum(node => node.CpuMilliseconds), cluster.CpuMilliseconds);
            var seen = await Load.Run(endpoints, Connections, TimeSpan.FromSeconds(seconds), one);
            Console.WriteLine(
                $"{what,-12}{nodes.Length,6}{seen.PerSecond,9:0}{seen.Percentile(0.5),8:0.0}{seen.Percentile(0.99),8:0.0}"
                + $"{(nodes.Sum(node => node.CpuMilliseconds) - cpu) / seen.Count,15:0.000}{(cluster.CpuMilliseconds - database) / seen.Count,12:0.000}");
            return seen.PerSecond;
        }
    }
}
