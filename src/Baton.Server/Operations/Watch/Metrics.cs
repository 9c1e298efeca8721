using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Baton.Server.Operations;

/// <summary>Listens to this server's instruments and the runtime's, and writes them down as Prometheus reads them (text format 0.0.4).</summary>
internal sealed class Metrics : IDisposable
{
    private const string Runtime = "System.Runtime";

    private readonly Lock gate = new();
    private readonly MeterListener listener = new();
    private readonly List<Family> families = [];

    public Metrics(Telemetry telemetry)
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter != telemetry.Meter && instrument.Meter.Name != Runtime)
            {
                return;
            }

            var family = new Family(instrument);
            lock (gate)
            {
                families.Add(family);
            }

            listening.EnableMeasurementEvents(instrument, family);
        };
        listener.SetMeasurementEventCallback<double>(static (_, value, labels, family) => ((Family)family!).Record(value, labels));
        listener.SetMeasurementEventCallback<long>(static (_, value, labels, family) => ((Family)family!).Record(value, labels));
        listener.SetMeasurementEventCallback<int>(static (_, value, labels, family) => ((Family)family!).Record(value, labels));
        listener.Start();
    }

    /// <summary>All of it, as it is now.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        lock (gate)
        {
            families.FindAll(family => family.Instrument.IsObservable).ForEach(family => family.Clear());
            listener.RecordObservableInstruments();
            foreach (var family in families.OrderBy(family => family.Instrument.Name, StringComparer.Ordinal))
            {
                Write(text, family);
            }
        }

        return text.ToString();
    }

    /// <inheritdoc />
    public void Dispose() => listener.Dispose();

    private static void Write(StringBuilder text, Family family)
    {
        var name = NameOf(family);
        var type = family.IsHistogram ? "histogram" : family.IsCounter ? "counter" : "gauge";
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {family.Instrument.Description?.ReplaceLineEndings(" ")}\n# TYPE {name} {type}\n");
        foreach (var series in family.All)
        {
            var (labels, (sum, count, buckets)) = (Labels(series), series.Read());
            if (!family.IsHistogram)
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}{Braced(labels)} {sum}\n");
                continue;
            }

            var upTo = 0L;
            for (var bucket = 0; bucket < buckets.Length; bucket++)
            {
                upTo += buckets[bucket];
                var bound = bucket < Family.Bounds.Length ? Family.Bounds[bucket].ToString(CultureInfo.InvariantCulture) : "+Inf";
                text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{Braced([.. labels, $"le=\"{bound}\""])} {upTo}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"{name}_sum{Braced(labels)} {sum}\n{name}_count{Braced(labels)} {count}\n");
        }
    }

    /// <summary>Dots become underscores, and the unit and a counter's ending are part of the name.</summary>
    private static string NameOf(Family family)
    {
        var name = family.Instrument.Name.Replace('.', '_');
        var unit = family.Instrument.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "",
        };
        name = name.EndsWith(unit, StringComparison.Ordinal) ? name : name + unit;
        return family.IsCounter ? name + "_total" : name;
    }

    private static List<string> Labels(Series series) =>
        [.. series.Labels.Select(label => $"{label.Key.Replace('.', '_')}=\"{Escaped(Convert.ToString(label.Value, CultureInfo.InvariantCulture) ?? "")}\"")];

    private static string Escaped(string label) =>
        label.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Braced(List<string> labels) => labels.Count == 0 ? "" : "{" + string.Join(',', labels) + "}";
}
