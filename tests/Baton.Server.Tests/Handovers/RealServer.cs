using Baton.Protocol;

namespace Baton.Server.Tests.Handovers;

/// <summary>The product as a process of its own, to be killed at any moment, in one store and on one port over all its lives.</summary>
internal sealed class RealServer : IAsyncDisposable
{
    private readonly int port;
    private readonly string[] settings;
    private BatonProcess process;
    private string? cookie;

    private RealServer(int port, string[] settings, BatonProcess process)
    {
        this.port = port;
        this.settings = settings;
        this.process = process;
    }

    public Store Store => process.Store;

    public Id Group { get; private set; }

    /// <param name="fileKiB">A disk so small, until it is started again.</param>
    public static async Task<RealServer> Start(int? fileKiB = null, Store? on = null, params string[] more)
    {
        var (store, port) = (on ?? Store.New(), Ports.Free());
        string[] settings = ["--listen", $"http://127.0.0.1:{port}", "--handovers-per-hour", "0", "--handovers-per-hour-organization", "0", .. more];
        var server = new RealServer(port, settings, fileKiB is { } most ? await BatonProcess.StartOnSmallDisk(store, most, settings) : await BatonProcess.Start(store, settings));
        _ = server.process.Expect();
        using var owner = await Owner.Make(server.Client(), "ewa@studio.example");
        using var answer = await owner.Client.Post("/api/setup", owner.Registration(await server.process.SetupCode));
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
    public Task Kill() => process.Kill();

    /// <summary>Starts it again and waits until it listens.</summary>
    public async Task StartAgain()
    {
        await process.DisposeAsync();
        process = (await BatonProcess.Start(Store, settings)).Expect();
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        Store.Dispose();
    }
}
