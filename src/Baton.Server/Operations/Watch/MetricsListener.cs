using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Baton.Server.Operations;

/// <summary>
/// <c>/metrics</c> on a listener of its own, which answers nothing else: what stands before the server's own listener can't publish it.
/// </summary>
internal sealed partial class MetricsListener(BatonOptions settings, Metrics metrics, ILogger<MetricsListener> log) : IHostedService, IAsyncDisposable
{
    private WebApplication? app;

    /// <summary>Where it listens, once started.</summary>
    public Uri Address => new(app!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var url = settings.MetricsListen!;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = 64;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Listen(Setting.AddressOf(url), url.Port);
        });
        app = builder.Build();
        app.Run(Answer);
        await app.StartAsync(cancellationToken);
        Listening(Address.Port);
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => app!.StopAsync(cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.DisposeAsync();
        }
    }

    private async Task Answer(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) || context.Request.Path.Value != "/metrics")
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        await context.Response.WriteAsync(metrics.Write(), context.RequestAborted);
    }

    [LoggerMessage(1, LogLevel.Information, "Metrics are on port {Port}, at /metrics")]
    private partial void Listening(int port);
}
