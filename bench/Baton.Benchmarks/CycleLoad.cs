using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Baton.Benchmarks;

/// <summary>Create, claim and displayed, one handover after the other on every connection. All requests are made before the time runs.</summary>
internal static class CycleLoad
{
    /// <summary>More cycles a second than any machine of this kind does: so many are made beforehand.</summary>
    private const int MostPerSecond = 9000;

    public static async Task<Figures> Run(ServerProcess server, int connections, double seconds)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var reader = key.ExportSubjectPublicKeyInfo();
        var made = new ConcurrentQueue<Cycle>();
        Parallel.For(0, (int)(seconds * MostPerSecond), _ => made.Enqueue(Cycle.Make(server, reader)));
        GC.Collect();
        return await Load.Run(server.Endpoint, connections, TimeSpan.FromSeconds(seconds), Each(made));
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

    public static async Task Expect(RawHttp connection, byte[] request, int status)
    {
        var got = await connection.Send(request);
        if (got != status)
        {
            throw new InvalidDataException($"{got} instead of {status}.");
        }
    }
}
