using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Baton.Server.Tests;

/// <summary>
/// Ports for what has to come back where it was. They lie below those that the system gives to whoever asks for any, so that nobody is given
/// one while its server is down, and each is handed out once.
/// </summary>
internal static class Ports
{
    private const int First = 20_000;
    private const int Count = 12_000;

    private static int last = RandomNumberGenerator.GetInt32(Count);

    public static int Free()
    {
        while (true)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref last) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody's own; the next one.
            }
        }
    }
}
