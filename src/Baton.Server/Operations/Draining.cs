using System.Runtime.InteropServices;

namespace Baton.Server.Operations;

/// <summary>
/// How the server ends. On SIGTERM it first drains: readiness says "stopping", so that a balancer sends new requests to another node, while
/// everything that comes is still served. Only then the listeners close. Ctrl+C, and a second SIGTERM, end it without draining.
/// docs/operate.md, "Several nodes".
/// </summary>
internal sealed partial class Draining(BatonOptions settings, IHostApplicationLifetime host, TimeProvider clock, ILogger<Draining> log) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> signals = [];
    private readonly Lock gate = new();
    private ITimer? end;
    private volatile bool began;

    /// <summary>SIGTERM has come.</summary>
    public bool Began => began;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        signals.Add(On(PosixSignal.SIGTERM, Drain));
        signals.Add(On(PosixSignal.SIGINT, host.StopApplication));
        signals.Add(On(PosixSignal.SIGQUIT, host.StopApplication));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A connection that a balancer keeps would go on bringing requests until it breaks: each is closed after its answer.</summary>
    public Task CloseConnections(HttpContext context, RequestDelegate next)
    {
        if (began && HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            context.Response.Headers.Connection = "close";
        }

        return next(context);
    }

    public void Dispose()
    {
        signals.ForEach(signal => signal.Dispose());
        end?.Dispose();
    }

    private static PosixSignalRegistration On(PosixSignal signal, Action act) => PosixSignalRegistration.Create(signal, context =>
    {
        // The process ends by itself, once everything is written.
        context.Cancel = true;
        act();
    });

    private void Drain()
    {
        lock (gate)
        {
            if (began || settings.Drain == TimeSpan.Zero)
            {
                host.StopApplication();
                return;
            }

            began = true;
            end = clock.CreateTimer(static host => ((IHostApplicationLifetime)host!).StopApplication(), host, settings.Drain, Timeout.InfiniteTimeSpan);
        }

        Begins(settings.Drain);
    }

    [LoggerMessage(1, LogLevel.Information, "Stops in {Drain}; until then everything is still served")]
    private partial void Begins(TimeSpan drain);
}
