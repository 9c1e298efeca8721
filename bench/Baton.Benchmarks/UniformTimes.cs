using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Baton.Protocol.Wire;

namespace Baton.Benchmarks;

/// <summary>
/// Whether time tells what an answer doesn't: medians of requests sent in turn on one connection. That the server does the same work for
/// each is a test's matter; here is what a stranger with a stopwatch sees of it.
/// </summary>
internal static class UniformTimes
{
    private const int Rounds = 2_000;

    public static async Task Measure(string program)
    {
        using var server = await ServerProcess.Run(program, "--sign-in-failures-per-hour", "0", "--sign-in-failures-per-hour-address", "0");
        using var connection = await RawHttp.Connect(server.Endpoint);
        using var one = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var reader = one.ExportSubjectPublicKeyInfo();
        var (unknown, displayed, taken) = (Cycle.Make(server, reader), Cycle.Make(server, reader), Cycle.Make(server, reader));
        await CycleLoad.Expect(connection, displayed.Create, 201);
        await CycleLoad.Expect(connection, displayed.Claim, 200);
        await CycleLoad.Expect(connection, displayed.Displayed, 204);
        await CycleLoad.Expect(connection, taken.Create, 201);
        await CycleLoad.Expect(connection, taken.Claim, 200);
        await Compare(connection, 404, ("claim, unknown", unknown.Claim), ("claim, displayed", displayed.Claim));
        await Compare(connection, 404, ("lookup, unknown", unknown.Lookup), ("lookup, displayed", displayed.Lookup), ("lookup, opened", taken.Lookup));
        await Compare(connection, 401, ("sign-in, nobody", SignIn("nobody@example.com")), ("sign-in, wrong", SignIn(ServerProcess.Email)));
    }

    /// <summary>Each beside the first.</summary>
    private static async Task Compare(RawHttp connection, int status, params (string What, byte[] Request)[] requests)
    {
        var times = requests.Select(_ => new List<double>(Rounds)).ToList();
        for (var round = -Rounds / 10; round < Rounds; round++)
        {
            for (var i = 0; i < requests.Length; i++)
            {
                var began = Stopwatch.GetTimestamp();
                await CycleLoad.Expect(connection, requests[i].Request, status);
                if (round >= 0)
                {
                    times[i].Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                }
            }
        }

        for (var i = 0; i < requests.Length; i++)
        {
            Report.Row(requests[i].What, $"{Median(times[i]):0.000} ms, {Median(times[i]) / Median(times[0]):0.00} of the first");
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static byte[] SignIn(string email) =>
        RawHttp.Request("POST", "/api/sessions", null, JsonSerializer.SerializeToUtf8Bytes(new SignIn(email, new byte[32]), WireJson.Shared));
}
