using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;

namespace Baton.Benchmarks;

/// <summary>Handovers made beforehand, and the requests of them one after the other on every connection.</summary>
internal static class CycleLoad
{
    /// <summary>More cycles a second than any machine of this kind does: so many are made beforehand.</summary>
    private const int MostPerSecond = 9000;

    /// <summary>Whole cycles for the time.</summary>
    public static Task<Figures> Run(ServerProcess server, int connections, double seconds) =>
        Run(server, [server.Endpoint], connections, seconds);

    /// <summary>Whole cycles for the time, their connections spread over several nodes.</summary>
    public static Task<Figures> Run(ServerProcess server, IReadOnlyList<IPEndPoint> nodes, int connections, double seconds)
    {
        var made = Make(server, (int)(seconds * MostPerSecond));
        return Load.Run(nodes, connections, TimeSpan.FromSeconds(seconds), Each(made));
    }

    /// <summary>All requests are made before the time runs.</summary>
    public static ConcurrentQueue<Cycle> Make(ServerProcess server, int count)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var reader = key.ExportSubjectPublicKeyInfo();
        var made = new ConcurrentQueue<Cycle>();
        Parallel.For(0, count, _ => made.Enqueue(Cycle.Make(server, reader)));
        GC.Collect();
        return made;
    }

    /// <summary>Whole cycles, until there are none left.</summary>
    public static Func<RawHttp, ValueTask<bool>> Each(ConcurrentQueue<Cycle> made) => async connection =>
    {
        if (!made.TryDequeue(out var cycle))
        {
            return false;
        }

        await Expect(connection, cycle.Create, 201);
        await Expect(connection, cycle.Claim, 200);
        await Expect(connection, cycle.Displayed, 204);
        return true;
    };

    /// <summary>One request of each, until there are none left.</summary>
    /// <param name="done">Takes those that were sent.</param>
    public static Func<RawHttp, ValueTask<bool>> Each(
        ConcurrentQueue<Cycle> cycles, Func<Cycle, byte[]> request, int status, ConcurrentQueue<Cycle>? done = null) => async connection =>
    {
        if (!cycles.TryDequeue(out var cycle))
        {
            return false;
        }

        await Expect(connection, request(cycle), status);
        done?.Enqueue(cycle);
        return true;
    };

    public static async Task Expect(RawHttp connection, byte[] request, int status)
    {
        var got = await connection.Send(request);
        if (got != status)
        {
            throw new InvalidDataException($"{got} instead of {status}.");
        }
    }
}
