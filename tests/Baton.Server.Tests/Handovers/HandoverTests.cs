using System.Net;

namespace Baton.Server.Tests.Handovers;

/// <summary>A server, a sender signed in for as long as the clock may be moved, and a recipient's page.</summary>
public abstract class HandoverTests : IAsyncLifetime
{
    private static readonly string[] LongSessions = ["--session-idle", "7d", "--session-life", "30d", "--handovers-per-hour", "0", "--handovers-per-hour-organization", "0"];

    private protected BatonServer Server { get; private set; } = null!;

    private protected Sender Sender { get; private set; } = null!;

    private protected Reader Page { get; private set; } = null!;

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Settings of this test class.</summary>
    protected virtual string[] Settings => [];

    public async ValueTask InitializeAsync()
    {
        Server = await BatonServer.Start([.. LongSessions, .. Settings]);
        Sender = await Sender.In(Server);
        Page = new Reader(Server);
    }

    public async ValueTask DisposeAsync()
    {
        Page.Dispose();
        Sender.Dispose();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Restarts the server and connects sender and page to it again, with the same session and the same reader key.</summary>
    private protected async Task Restart()
    {
        await Server.Restart();
        Page.Connect(Server);
        Sender.Connect(Server);
    }

    private protected static async Task<byte[]> Bytes(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsByteArrayAsync(Cancel);
    }

    private protected static async Task Expect(HttpStatusCode status, Task<HttpResponseMessage> call)
    {
        using var answer = await call;
        Assert.Equal(status, answer.StatusCode);
    }

    private protected static async Task<Protocol.Wire.LinkOpened> Open(Reader page, TestHandover handover)
    {
        using var answer = await page.Claim(handover);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Read<Protocol.Wire.LinkOpened>();
    }
}
