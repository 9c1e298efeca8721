using System.Security.Cryptography;

namespace Baton.Chaos.Machines;

/// <summary>A node with everything around it that can fail without the database: its process, its clock, the way to it.</summary>
internal sealed class Surroundings : IAsyncDisposable
{
    private static readonly int[] ClockOffsets = [1200, -1200, 3 * 86_400, 0];

    private readonly Clock? clock;
    private int step;

    public Surroundings(string program, string data, string folder, params string[] settings)
    {
        clock = Clock.Find(folder);
        Node = new Node(program, data, clock?.Environment ?? new Dictionary<string, string>(StringComparer.Ordinal),
            ["--requests-per-minute", "0", "--link-requests-per-minute", "0", "--handovers-per-hour", "0", "--handovers-per-hour-organization", "0",
                "--sign-in-failures-per-hour", "0", "--sign-in-failures-per-hour-address", "0", "--session-idle", "7d", "--session-life", "30d", .. settings]);
        Front = new Front(Node.Port);
    }

    public Node Node { get; }

    /// <summary>What the clients talk to.</summary>
    public Front Front { get; }

    public Uri Address => new($"http://127.0.0.1:{Front.Port}");

    public IEnumerable<Fault> Faults()
    {
        yield return new Fault("kill -9 of a server", async () =>
        {
            await Node.Kill();
            await Node.Up();
        });
        yield return new Fault("connections cut", async () =>
        {
            for (var i = 0; i < 5; i++)
            {
                Front.Cut();
                await Moment(200);
            }
        });
        yield return new Fault("answers lost", async () =>
        {
            Front.AnswerBytes = RandomNumberGenerator.GetInt32(200);
            await Moment(500);
            Front.AnswerBytes = null;
        });
        yield return new Fault("slow connections", async () =>
        {
            Front.Delay = TimeSpan.FromMilliseconds(150);
            await Moment(1500);
            Front.Delay = TimeSpan.Zero;
        });
        yield return new Fault("server stands still", async () =>
        {
            await Node.Pause();
            await Moment(2500);
            await Node.Resume();
        });
        if (clock is not null)
        {
            yield return new Fault(Checking.Life.ClockStep, async () =>
            {
                clock.Set(ClockOffsets[step++ % ClockOffsets.Length]);
                await Moment(2000);
            });
        }

        if (Network.IsOwn)
        {
            yield return new Fault("slow network", async () =>
            {
                await Network.Slow();
                await Moment(2500);
                await Network.Restore();
            });
        }
    }

    /// <summary>Up to so many milliseconds, at least a third of them.</summary>
    public static Task Moment(int most) => Task.Delay((most / 3) + RandomNumberGenerator.GetInt32(most - (most / 3)));

    public async ValueTask DisposeAsync()
    {
        await Front.DisposeAsync();
        await Node.DisposeAsync();
    }
}
