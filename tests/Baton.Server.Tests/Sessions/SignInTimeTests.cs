using System.Diagnostics;
using Baton.Protocol.Wire;
using Baton.Server.Tests.Host;

namespace Baton.Server.Tests.Sessions;

[Collection(Alone.Name)]
public sealed class SignInTimeTests
{
    [Fact]
    public async Task Time_does_not_tell_whether_an_account_exists()
    {
        await using var server = await BatonServer.Start("--sign-in-failures-per-hour", "0", "--sign-in-failures-per-hour-address", "0");
        using var owner = await server.Register();
        using var client = server.Client();
        // A forgotten hash or read shows each time, a machine that is busy elsewhere doesn't.
        var (ratio, said) = await Measured();
        for (var again = 0; again < 10 && ratio >= 1.25; again++)
        {
            (ratio, said) = await Measured();
        }

        Assert.True(ratio < 1.25, said);

        async Task<(double Ratio, string Said)> Measured()
        {
            var known = new List<double>();
            var unknown = new List<double>();
            for (var i = 0; i < 400; i++)
            {
                await Measure(known, owner.Email);
                await Measure(unknown, "jan@studio.example");
            }

            // Medians after warming up; the whole answer takes some hundred microseconds, a forgotten hash or read would be a third of it.
            var (a, b) = (Median(known), Median(unknown));
            return (Math.Max(a, b) / Math.Min(a, b), $"known {a:F3} ms, unknown {b:F3} ms");
        }

        async Task Measure(List<double> times, string email)
        {
            var start = Stopwatch.GetTimestamp();
            using var answer = await client.Post("/api/sessions", new SignIn(email, new byte[32]));
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        static double Median(List<double> times) => times.Skip(100).Order().ElementAt((times.Count - 100) / 2);
    }
}
