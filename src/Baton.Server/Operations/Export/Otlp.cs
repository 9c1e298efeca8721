using System.Security.Cryptography;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Baton.Server.Operations;

/// <summary>
/// Sends metrics and some traces to a collector, by OTLP over HTTP (<c>--otlp</c>). No one else names a type of OpenTelemetry, so that its
/// assemblies are not even loaded without the setting. Nothing in the environment configures it.
/// </summary>
internal sealed class Otlp : IHostedService, IDisposable
{
    private const int Each = 15_000;
    private const int Patience = 5_000;

    private readonly MeterProvider metrics;
    private readonly TracerProvider traces;

    /// <param name="telemetry">Its instruments are made before anybody listens for them.</param>
    public Otlp(BatonOptions settings, Telemetry telemetry, TimeProvider clock)
    {
        var node = ResourceBuilder.CreateEmpty().AddService(
            "baton-server", serviceVersion: telemetry.Meter.Version, autoGenerateServiceInstanceId: false, serviceInstanceId: Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
        metrics = Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(Deaf)
            .SetResourceBuilder(node)
            .AddMeter(Telemetry.Name, "System.Runtime")
            .AddView("baton.store.write.duration", new ExplicitBucketHistogramConfiguration { Boundaries = Family.Bounds })
            .AddView("http.server.request.duration", new ExplicitBucketHistogramConfiguration { Boundaries = Family.Bounds })
            .SetExemplarFilter(ExemplarFilterType.AlwaysOff)
            .AddReader(new PeriodicExportingMetricReader(new OtlpMetricExporter(To(settings.Otlp!, "metrics")), Each, Patience))
            .Build();
        traces = Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(Deaf)
            .SetResourceBuilder(node)
            .AddSource(Storage.Tracing.Source.Name)
            .SetSampler(new ParentBasedSampler(new FewTraces(clock)))
            .AddProcessor(new BatchActivityExportProcessor(new OtlpTraceExporter(To(settings.Otlp!, "traces")), maxQueueSize: 2048, scheduledDelayMilliseconds: Patience, exporterTimeoutMilliseconds: Patience, maxExportBatchSize: 512))
            .Build();
    }

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What was measured last goes out too, if the collector is there.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            traces.Shutdown(Patience);
            metrics.Shutdown(Patience);
        },
        CancellationToken.None);

    /// <inheritdoc />
    public void Dispose()
    {
        traces.Dispose();
        metrics.Dispose();
    }

    /// <summary>The SDK reads OTEL_ variables where it finds a configuration; it finds an empty one.</summary>
    private static void Deaf(IServiceCollection services) => services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());

    private static OtlpExporterOptions To(Uri collector, string signal) => new()
    {
        Endpoint = new Uri(collector, "/v1/" + signal),
        Protocol = OtlpExportProtocol.HttpProtobuf,
        Compression = OtlpExportCompression.None,
        Headers = "",
        TimeoutMilliseconds = Patience,
        UserAgentProductIdentifier = "",
        HttpClientFactory = () => new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null })
        {
            Timeout = TimeSpan.FromMilliseconds(Patience),
        },
    };

    /// <summary>Some traces a second, whatever the load: they show where the time goes, the metrics count.</summary>
    private sealed class FewTraces(TimeProvider clock) : Sampler
    {
        private const int ASecond = 10;

        private long second;
        private int taken;

        public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
        {
            var now = clock.GetTimestamp() / clock.TimestampFrequency;
            if (Interlocked.Exchange(ref second, now) != now)
            {
                Interlocked.Exchange(ref taken, 0);
            }

            return new SamplingResult(Interlocked.Increment(ref taken) <= ASecond ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);
        }
    }
}
