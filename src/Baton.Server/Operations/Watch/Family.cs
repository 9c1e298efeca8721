using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Baton.Server.Operations;

/// <summary>One instrument's values, one series for each set of labels. Recording in a known series allocates nothing.</summary>
internal sealed class Family
{
    /// <summary>Labels are bounded by what they are made of. Should one not be, this is where it ends: what comes later is not kept.</summary>
    public const int SeriesMost = 2000;

    /// <summary>Seconds: half a millisecond is a look-up, ten seconds is a fault.</summary>
    public static readonly double[] Bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly ConcurrentDictionary<int, Series[]> series = new();
    private readonly bool sets;
    private int count;

    public Family(Instrument instrument)
    {
        Instrument = instrument;
        var kind = instrument.GetType().GetGenericTypeDefinition();
        IsHistogram = kind == typeof(Histogram<>);
        IsCounter = kind == typeof(Counter<>) || kind == typeof(ObservableCounter<>);
        sets = instrument.IsObservable || kind == typeof(Gauge<>);
    }

    public Instrument Instrument { get; }

    public bool IsHistogram { get; }

    /// <summary>Only ever rises.</summary>
    public bool IsCounter { get; }

    public IEnumerable<Series> All => series.Values.SelectMany(chain => chain);

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var hash = default(HashCode);
        foreach (var (name, label) in labels)
        {
            hash.Add(name, StringComparer.Ordinal);
            hash.Add(label);
        }

        var key = hash.ToHashCode();
        if (Find(key, labels) is not { } found && (found = Add(key, labels)) is null)
        {
            return;
        }

        found.Take(value, sets);
    }

    /// <summary>What is asked for each time is forgotten before it is asked again.</summary>
    public void Clear()
    {
        series.Clear();
        count = 0;
    }

    private Series? Find(int key, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        if (series.TryGetValue(key, out var chain))
        {
            foreach (var one in chain)
            {
                if (one.Is(labels))
                {
                    return one;
                }
            }
        }

        return null;
    }

    private Series? Add(int key, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        lock (series)
        {
            if (Find(key, labels) is { } there)
            {
                return there;
            }

            if (count >= SeriesMost)
            {
                return null;
            }

            count++;
            var added = new Series(labels.ToArray(), IsHistogram ? new long[Bounds.Length + 1] : []);
            series[key] = series.TryGetValue(key, out var chain) ? [.. chain, added] : [added];
            return added;
        }
    }
}

/// <summary>The values under one set of labels.</summary>
internal sealed class Series(KeyValuePair<string, object?>[] labels, long[] buckets)
{
    private readonly Lock gate = new();
    private double sum;
    private long count;

    public IReadOnlyList<KeyValuePair<string, object?>> Labels => labels;

    public bool Is(ReadOnlySpan<KeyValuePair<string, object?>> others)
    {
        if (others.Length != labels.Length)
        {
            return false;
        }

        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i].Key != others[i].Key || !Equals(labels[i].Value, others[i].Value))
            {
                return false;
            }
        }

        return true;
    }

    public void Take(double value, bool sets)
    {
        lock (gate)
        {
            sum = sets ? value : sum + value;
            count++;
            if (buckets.Length > 0)
            {
                var bucket = Array.BinarySearch(Family.Bounds, value);
                buckets[bucket < 0 ? ~bucket : bucket]++;
            }
        }
    }

    /// <summary>The sum (a gauge's value), how often something was recorded, and how often up to each bound; one state of all.</summary>
    public (double Sum, long Count, long[] Buckets) Read()
    {
        lock (gate)
        {
            return (sum, count, [.. buckets]);
        }
    }
}
