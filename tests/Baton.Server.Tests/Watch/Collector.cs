using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Watch;

/// <summary>An OpenTelemetry collector on this machine: it takes OTLP over HTTP and keeps what it was sent, byte for byte.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication listener;
    private readonly ConcurrentQueue<(string Path, string Headers, byte[] Body)> heard = new();

    private Collector()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        listener = builder.Build();
        listener.Run(Take);
    }

    public string Url => listener.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Everything that came under a path: headers and protobuf, whose strings are readable as they are.</summary>
    public string Heard(string path) => string.Concat(heard.Where(one => one.Path == path).Select(one => one.Headers + Encoding.Latin1.GetString(one.Body)));

    /// <summary>Paths that were asked for.</summary>
    public IEnumerable<string> Paths => heard.Select(one => one.Path).Distinct().Order(StringComparer.Ordinal);

    public bool Holds(byte[] bytes) => heard.Any(one => one.Body.AsSpan().IndexOf(bytes) >= 0);

    public static async Task<Collector> Start()
    {
        var made = new Collector();
        await made.listener.StartAsync();
        return made;
    }

    public ValueTask DisposeAsync() => listener.DisposeAsync();

    private async Task Take(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        heard.Enqueue((context.Request.Path, string.Join('\n', context.Request.Headers.Select(header => $"{header.Key}: {header.Value}")), body.ToArray()));
        context.Response.ContentType = "application/x-protobuf";
    }
}
