using System.Globalization;
using System.Net;
using Baton.Server.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Watch;

/// <summary>What /metrics says, read as Prometheus reads it: every line must be one it understands.</summary>
internal sealed class Scraped
{
    private readonly Dictionary<string, double> samples = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> types = new(StringComparer.Ordinal);

    private Scraped(string text)
    {
        Text = text;
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                types.Add(line.Split(' ')[2], line.Split(' ')[3]);
            }
            else if (!line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                Assert.Matches("^[a-z_]+(\\{[a-z_]+=\"[^\"\n]*\"(,[a-z_]+=\"[^\"\n]*\")*\\})? [-+0-9.Ee]+$", line);
                var value = line.LastIndexOf(' ');
                samples.Add(line[..value], double.Parse(line.AsSpan(value), CultureInfo.InvariantCulture));
            }
        }
    }

    public string Text { get; }

    /// <summary>Names of all series with their labels.</summary>
    public IReadOnlyCollection<string> Series => samples.Keys;

    /// <summary>Names as queries have them, without labels: a histogram's three among them.</summary>
    public IReadOnlySet<string> Names => samples.Keys.Select(series => series.Split('{')[0]).ToHashSet(StringComparer.Ordinal);

    public double this[string series] => samples.TryGetValue(series, out var value) ? value : throw new KeyNotFoundException(series + "\n" + Text);

    public string TypeOf(string name) => types[name];

    public double Or0(string series) => samples.GetValueOrDefault(series);

    public static async Task<Scraped> From(BatonServer server)
    {
        using var client = new HttpClient { BaseAddress = server.Services.GetRequiredService<MetricsListener>().Address };
        using var answer = await client.GetAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        return new Scraped(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
