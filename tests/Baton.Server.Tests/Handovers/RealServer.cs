using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Baton.Protocol;

namespace Baton.Server.Tests.Handovers;

/// <summary>The product as a process of its own, to be killed at any moment, in one data directory and on one port over all its lives.</summary>
internal sealed class RealServer : IDisposable
{
    private readonly TemporaryData data = new();
    private readonly int port = FreePort();
    private Process process;
    private string? cookie;

    private RealServer() => process = Run();

    public string Data => data.Path;

    public Id Group { get; private set; }

    public static async Task<RealServer> Start()
    {
        var server = new RealServer();
        await server.Ready();
        using var owner = await Owner.Make(server.Client(), "ewa@studio.example");
        using var answer = await owner.Client.Post("/api/setup", owner.Registration(await server.SetupCode()));
        answer.EnsureSuccessStatusCode();
        owner.Keep(answer);
        server.cookie = owner.Client.DefaultRequestHeaders.GetValues("Cookie").Single();
        server.Group = owner.Group;
        return server;
    }

    public HttpClient Client() => new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

    public Sender Sender()
    {
        var client = Client();
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        return new Sender(client, Group);
    }

    /// <summary>SIGKILL: nothing is finished, nothing is flushed.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    /// <summary>Starts it again and waits until it answers.</summary>
    public async Task StartAgain()
    {
        process = Run();
        await Ready();
    }

    private Process Run()
    {
        string[] arguments =
        [
            "--data", data.Path, "--listen", $"http://127.0.0.1:{port}", "--requests-per-minute", "0", "--link-requests-per-minute", "0",
            "--handovers-per-hour", "0", "--handovers-per-hour-organization", "0",
        ];
        return Process.Start(new ProcessStartInfo(System.IO.Path.Combine(AppContext.BaseDirectory, "baton-server"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    private async Task<string> SetupCode()
    {
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Split(' ').FirstOrDefault(word => word.Length == 24 && word.Split('-').Length == 5) is { } code)
            {
                return code;
            }
        }

        throw new InvalidDataException(await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    private async Task Ready()
    {
        using var client = Client();
        await Eventually.Holds(async () =>
        {
            try
            {
                using var answer = await client.GetAsync("/healthz/ready", TestContext.Current.CancellationToken);
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        Kill();
        data.Dispose();
    }

    private sealed class TemporaryData : IDisposable
    {
        public string Path { get; } = BatonServer.NewDirectory();

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
