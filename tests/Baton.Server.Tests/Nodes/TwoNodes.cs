using System.Net;

namespace Baton.Server.Tests.Nodes;

/// <summary>Two real servers on one pair of PostgreSQL databases, each with a data directory of its own and the same keys; and an owner.</summary>
internal sealed class TwoNodes : IAsyncDisposable
{
    private readonly PostgresStore first;
    private readonly PostgresStore second;
    private readonly string[] settings;
    private readonly int[] ports = [Ports.Free(), Ports.Free()];

    private TwoNodes(PostgresStore first, string[] settings, BatonProcess started)
    {
        (this.first, this.settings, A) = (first, settings, started);

        // The first node has made the keys.
        second = first.FurtherNode();
        B = started;
        Owner = null!;
    }

    /// <summary>The one that was started first, and so leads.</summary>
    public BatonProcess A { get; private set; }

    public BatonProcess B { get; private set; }

    /// <summary>Signed in at <see cref="A"/>.</summary>
    public Owner Owner { get; private set; }

    public static async Task<TwoNodes> Start(params string[] settings)
    {
        var first = (PostgresStore)Store.New();
        var port = Ports.Free();
        string[] all = ["--handovers-per-hour", "0", "--handovers-per-hour-organization", "0", .. settings];
        var nodes = new TwoNodes(first, all, await BatonProcess.Start(first, [.. all, "--listen", $"http://127.0.0.1:{port}"]));
        nodes.ports[0] = port;
        nodes.B = await nodes.StartNode(1);
        await nodes.SetUp();
        return nodes;
    }

    /// <summary>A client of a node with the owner's session.</summary>
    public HttpClient At(BatonProcess node)
    {
        var client = node.Client();
        client.DefaultRequestHeaders.Add("Cookie", Owner.Client.DefaultRequestHeaders.GetValues("Cookie"));
        return client;
    }

    /// <summary>SIGTERM, until its end; then it is started again where it was.</summary>
    public async Task Restart(BatonProcess node)
    {
        node.Terminate();
        Assert.Equal(0, await node.Ended());
        await node.DisposeAsync();
        if (ReferenceEquals(node, A))
        {
            A = await StartNode(0);
        }
        else
        {
            B = await StartNode(1);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Owner?.Dispose();
        await A.DisposeAsync();
        await B.DisposeAsync();
        second.Dispose();
        first.Dispose();
    }

    private Task<BatonProcess> StartNode(int index) =>
        BatonProcess.Start(index == 0 ? first : second, [.. settings, "--listen", $"http://127.0.0.1:{ports[index]}"]);

    /// <summary>At one node, with the code that the other one printed: it started last.</summary>
    private async Task SetUp()
    {
        Owner = await Owner.Make(A.Client(), "ewa@studio.example");
        using var answer = await Owner.Client.Post("/api/setup", Owner.Registration(await B.SetupCode));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Owner.Keep(answer);
    }
}
