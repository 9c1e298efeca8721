using System.Diagnostics;
using System.Net;

namespace Baton.Benchmarks;

/// <summary>What a run showed.</summary>
internal sealed record Figures(int Count, TimeSpan Time, double[] Milliseconds)
{
    public double PerSecond => Count / Time.TotalSeconds;

    public double Percentile(double p) => Milliseconds.Length == 0 ? 0 : Milliseconds[(int)(p * (Milliseconds.Length - 1))];
}

/// <summary>So many connections, each sending one request after the other.</summary>
internal static class Load
{
    /// <summary>Repeats <paramref name="one"/> on every connection for the time; it gives false when it has no more to send.</summary>
    public static Task<Figures> Run(IPEndPoint server, int connections, TimeSpan time, Func<RawHttp, ValueTask<bool>> one) => Run([server], connections, time, one);

    /// <summary>The same with the connections spread evenly over several servers.</summary>
    public static async Task<Figures> Run(IReadOnlyList<IPEndPoint> servers, int connections, TimeSpan time, Func<RawHttp, ValueTask<bool>> one)
    {
        var watch = Stopwatch.StartNew();
        var workers = Enumerable.Range(0, connections).Select(number => Task.Run(async () =>
        {
            var latencies = new List<double>();
            using var connection = await RawHttp.Connect(servers[number % servers.Count]);
            while (watch.Elapsed < time)
            {
                var start = watch.Elapsed;
                if (!await one(connection))
                {
                    break;
                }

                latencies.Add((watch.Elapsed - start).TotalMilliseconds);
            }

            return latencies;
        })).ToArray();
        var all = (await Task.WhenAll(workers)).SelectMany(latencies => latencies).Order().ToArray();
        return new Figures(all.Length, watch.Elapsed, all);
    }
}
