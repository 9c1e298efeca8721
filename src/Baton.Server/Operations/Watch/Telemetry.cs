using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Baton.Server.Operations;

/// <summary>
/// This server's instruments. It exists only when somebody listens (<c>--metrics-listen</c>, <c>--otlp</c>). Labels are route templates,
/// methods, outcomes and kinds of entries, all out of fixed lists: never an id, an address or anything else that a request brings.
/// </summary>
internal sealed class Telemetry : IDisposable
{
    public const string Name = "Baton";

    private readonly Histogram<double> requests;
    private readonly Histogram<double> writes;
    private readonly Counter<long> entries;
    private long underWay;

    public Telemetry()
    {
        Meter = new Meter(Name, typeof(Telemetry).Assembly.GetName().Version!.ToString(3));
        requests = Meter.CreateHistogram<double>("http.server.request.duration", "s", "Requests by route, method and status, and how long they took");
        writes = Meter.CreateHistogram<double>("baton.store.write.duration", "s", "Durable writes by store, from being handed over to their commit");
        entries = Meter.CreateCounter<long>("baton.entries", null, "Ledger entries written by this node, by kind");
        Meter.CreateObservableUpDownCounter("http.server.active_requests", () => Interlocked.Read(ref underWay), null, "Requests under way");
    }

    public Meter Meter { get; }

    /// <summary>Around every request, outermost.</summary>
    public async Task Watch(HttpContext context, RequestDelegate next)
    {
        var began = Stopwatch.GetTimestamp();
        Interlocked.Increment(ref underWay);

        // What a stranger writes into traceparent has no say in what is traced, and under which number.
        Activity.Current = null;
        using var span = Storage.Tracing.Source.StartActivity("request", ActivityKind.Server);
        try
        {
            await next(context);
        }
        finally
        {
            Interlocked.Decrement(ref underWay);
            var (route, method, status) = (RouteOf(context), MethodOf(context.Request.Method), StatusWords.Of(context.Response.StatusCode));
            requests.Record(
                Stopwatch.GetElapsedTime(began).TotalSeconds,
                new KeyValuePair<string, object?>("http.request.method", method),
                new KeyValuePair<string, object?>("http.route", route),
                new KeyValuePair<string, object?>("http.response.status_code", status));
            if (span is not null)
            {
                span.DisplayName = method + " " + route;
                span.SetTag("http.request.method", method);
                span.SetTag("http.route", route);
                span.SetTag("http.response.status_code", context.Response.StatusCode);
                span.SetStatus(context.Response.StatusCode >= 500 ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
            }
        }
    }

    /// <summary>An entry was committed.</summary>
    public void Written(string kind) => entries.Add(1, new KeyValuePair<string, object?>("kind", kind));

    /// <summary>A write was committed.</summary>
    public void Wrote(string store, TimeSpan took) => writes.Record(took.TotalSeconds, new KeyValuePair<string, object?>("store", store));

    /// <inheritdoc />
    public void Dispose() => Meter.Dispose();

    /// <summary>The template of the endpoint, <c>page</c> for what was served from disk, <c>none</c> for what leads nowhere.</summary>
    private static string RouteOf(HttpContext context) =>
        context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } template } ? template
        : context.Response.StatusCode < 400 ? "page"
        : "none";

    private static string MethodOf(string method) => method switch
    {
        "GET" or "POST" or "PUT" or "DELETE" or "HEAD" or "OPTIONS" or "PATCH" => method,
        _ => "_OTHER",
    };

    /// <summary>Status codes as words, each made once.</summary>
    private static class StatusWords
    {
        private static readonly string?[] Made = new string?[600];

        public static string Of(int status) =>
            status is < 100 or > 599 ? "other" : Made[status] ??= status.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
