using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Baton.Benchmarks;

/// <summary>
/// An empty Kestrel endpoint in a process of its own: what this machine can do at most, right now. Everything else is told as a ratio to it,
/// because the same machine differs by a factor of two between minutes.
/// </summary>
internal sealed class Bare : IDisposable
{
    /// <summary>The argument that makes this program the empty server instead of the benchmark.</summary>
    public const string Argument = "--bare";

    private static readonly byte[] Empty = RawHttp.Request("GET", "/", null, default);

    private readonly Process process;

    private Bare(Process process, IPEndPoint endpoint)
    {
        this.process = process;
        Endpoint = endpoint;
    }

    public IPEndPoint Endpoint { get; }

    public static async Task<Bare> Run()
    {
        var running = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Argument]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var port = int.Parse((await running.StandardOutput.ReadLineAsync())!, System.Globalization.CultureInfo.InvariantCulture);
        return new Bare(running, new IPEndPoint(IPAddress.Loopback, port));
    }

    /// <summary>One empty request after the other on every connection.</summary>
    public Task<Figures> Load(int connections, double seconds) => Benchmarks.Load.Run(Endpoint, connections, TimeSpan.FromSeconds(seconds), async connection =>
        await connection.Send(Empty) == 200 ? true : throw new InvalidDataException("Not 200."));

    public static async Task Serve()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var app = builder.Build();
        app.Run(static context =>
        {
            context.Response.ContentLength = 2;
            return context.Response.Body.WriteAsync("ok"u8.ToArray()).AsTask();
        });
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Console.WriteLine(new Uri(address).Port);
        await app.WaitForShutdownAsync();
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
