using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Baton.Benchmarks;

/// <summary>
/// One keep-alive connection that sends requests built beforehand and reads answers with a Content-Length: as little work as possible,
/// because the generator shares two cores with what it measures.
/// </summary>
internal sealed class RawHttp : IDisposable
{
    private readonly Socket socket;
    private byte[] buffer = new byte[64 * 1024];
    private int filled;

    private RawHttp(Socket socket) => this.socket = socket;

    public static async Task<RawHttp> Connect(IPEndPoint endpoint)
    {
        var connected = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await connected.ConnectAsync(endpoint);
        return new RawHttp(connected);
    }

    /// <summary>The bytes of a request.</summary>
    public static byte[] Request(string method, string path, string? cookie, ReadOnlySpan<byte> body)
    {
        var head = $"{method} {path} HTTP/1.1\r\nHost: localhost\r\n"
            + (cookie is null ? "" : $"Cookie: {cookie}\r\n")
            + (body.IsEmpty ? "\r\n" : $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }

    /// <summary>Sends and reads one answer; gives its status.</summary>
    public async ValueTask<int> Send(ReadOnlyMemory<byte> request)
    {
        await socket.SendAsync(request);
        int head;
        while ((head = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            await Fill();
        }

        int end;
        while ((end = End(head)) < 0 || filled < end)
        {
            await Fill();
        }

        var status = Number(buffer.AsSpan(9, 3));
        buffer.AsSpan(end, filled - end).CopyTo(buffer);
        filled -= end;
        return status;
    }

    /// <summary>Where the answer ends; negative while that can't be seen. What comes in chunks is JSON, which has no line ends of this kind.</summary>
    private int End(int head)
    {
        var at = buffer.AsSpan(0, head).IndexOf("\r\nContent-Length: "u8);
        if (at >= 0)
        {
            return head + 4 + Number(buffer.AsSpan(at + 18, head - at - 18));
        }

        if (buffer.AsSpan(0, head).IndexOf("Transfer-Encoding"u8) < 0)
        {
            return head + 4;
        }

        var last = buffer.AsSpan(head, filled - head).IndexOf("\r\n0\r\n\r\n"u8);
        return last < 0 ? -1 : head + last + 7;
    }

    private static int Number(ReadOnlySpan<byte> digits) =>
        Utf8Parser.TryParse(digits, out int number, out _) ? number : throw new InvalidDataException("Not HTTP.");

    private async ValueTask Fill()
    {
        if (filled == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
        filled += read > 0 ? read : throw new EndOfStreamException("The server closed the connection.");
    }

    public void Dispose() => socket.Dispose();
}
