using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Baton.Client.Evidence;

namespace Baton.Benchmarks;

/// <summary>Verifying a piece of evidence, all steps but the time stamps': the vectors' agency's file with its receipt.</summary>
internal static class EvidenceTimes
{
    private const int Samples = 200;

    /// <summary>From the repository's root, where `make bench` runs.</summary>
    public static void Measure()
    {
        using var vectors = JsonDocument.Parse(File.ReadAllBytes(Path.Combine("spec", "vectors", "evidence.json")));
        var input = vectors.RootElement.GetProperty("cases")[0].GetProperty("input");
        var (file, key) = (Encoding.UTF8.GetBytes(input.GetProperty("file").GetString()!), input.GetProperty("key").GetString());
        var times = new List<double>();
        for (var i = 0; i < Samples; i++)
        {
            var watch = Stopwatch.StartNew();
            if (EvidenceVerification.Of(file, key).Verdict == Verdict.Failed)
            {
                throw new InvalidDataException("The evidence does not hold.");
            }

            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        Console.WriteLine($"evidence, {file.Length / 1024.0:0} KiB     verified in {times.Order().ElementAt(Samples / 2):0.0} ms (median of {Samples}; the first {times[0]:0} ms)");
    }
}
