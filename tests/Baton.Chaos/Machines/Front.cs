using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Baton.Chaos.Machines;

/// <summary>A TCP relay on a port of its own, before a node or a database: connections can be cut, slowed, led elsewhere, and lose their answers.</summary>
internal sealed class Front : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, byte> open = new();
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;

    public Front(int target)
    {
        Target = target;
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = Accept();
    }

    public int Port { get; }

    /// <summary>The port behind it; new connections go there.</summary>
    public int Target { get; set; }

    /// <summary>How long each piece takes on its way, each way.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>So many bytes of answers come through on a connection, then it is cut; null: all.</summary>
    public int? AnswerBytes { get; set; }

    /// <summary>Resets every connection there is.</summary>
    public void Cut()
    {
        foreach (var socket in open.Keys)
        {
            Reset(socket);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        Cut();
        await accepting;
        stop.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                _ = Relay(await listener.AcceptSocketAsync(stop.Token));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task Relay(Socket client)
    {
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        (open[client], open[server]) = (0, 0);
        try
        {
            await server.ConnectAsync(new IPEndPoint(IPAddress.Loopback, Target), stop.Token);
            await Task.WhenAny(Pump(client, server, answers: false), Pump(server, client, answers: true));
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Nobody there: the client is cut, too.
        }
        finally
        {
            Reset(client);
            Reset(server);
        }
    }

    private async Task Pump(Socket from, Socket to, bool answers)
    {
        var buffer = new byte[32 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, stop.Token) is > 0 and var got)
            {
                if (Delay > TimeSpan.Zero)
                {
                    await Task.Delay(Delay, stop.Token);
                }

                var most = answers ? AnswerBytes : null;
                await to.SendAsync(buffer.AsMemory(0, Math.Min(got, most ?? got)), stop.Token);
                if (most is not null)
                {
                    return;
                }
            }
        }
        catch (Exception end) when (end is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    private void Reset(Socket socket)
    {
        if (open.TryRemove(socket, out _))
        {
            try
            {
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
            {
                // It is.
            }

            socket.Dispose();
        }
    }
}
