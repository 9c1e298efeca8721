using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Baton.Server.Tests.Handovers;

/// <summary>Sends a request, reads part of the answer and resets the connection, as a phone in a tunnel does.</summary>
internal static class CutConnection
{
    public static async Task Send(Uri address, string path, byte[] body, int readAtMost)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(enable: true, seconds: 0) };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, address.Port));
        var head = $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(head));
        await socket.SendAsync(body);
        var buffer = new byte[256];
        for (var read = 0; read < readAtMost;)
        {
            var got = await socket.ReceiveAsync(buffer);
            if (got == 0)
            {
                break;
            }

            read += got;
        }
    }
}
