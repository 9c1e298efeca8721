namespace Baton.Chaos.Machines;

/// <summary>
/// The loopback device of a network namespace that belongs to this run alone (eng/chaos.sh makes it): slow, jittery and lossy by tc netem, or,
/// where the kernel has no netem, so narrow by tbf that its queue overflows and TCP sends again.
/// </summary>
internal static class Network
{
    public static bool IsOwn => Environment.GetEnvironmentVariable("CHAOS_NETWORK") == "own";

    public static async Task Slow()
    {
        var (code, _) = await Command.Try("tc", "qdisc", "replace", "dev", "lo", "root", "netem", "delay", "15ms", "10ms", "loss", "0.5%");
        if (code != 0)
        {
            await Command.Run("tc", "qdisc", "replace", "dev", "lo", "root", "tbf", "rate", "3mbit", "burst", "70000", "limit", "200000");
        }
    }

    public static Task Restore() => Command.Try("tc", "qdisc", "del", "dev", "lo", "root");
}
