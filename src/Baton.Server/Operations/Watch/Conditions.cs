using System.Data.Common;
using Baton.Server.Storage;

namespace Baton.Server.Operations;

/// <summary>A part of the server, and how to see whether it does its work.</summary>
/// <param name="Name">In answers, metrics and alerts.</param>
/// <param name="Look">Null: all is well. What can't be asked throws, and is out of reach.</param>
internal sealed record Part(string Name, Func<Trouble?> Look);

/// <param name="What">In a few words, the same for everybody who asks.</param>
/// <param name="Stops">Whether requests can't be served because of it; otherwise it only lags.</param>
internal sealed record Trouble(string What, bool Stops);

/// <summary>A fault that was there at every look since then.</summary>
internal sealed record Reason(string Part, string What, DateTimeOffset Since, bool Stops);

/// <summary>Looks at every part and remembers since when one has been at fault: for readiness and for metrics.</summary>
internal sealed class Conditions(IEnumerable<Part> parts, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly Part[] parts = [.. parts];
    private readonly Dictionary<string, DateTimeOffset> since = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => parts.Select(part => part.Name);

    /// <summary>What is at fault now; empty when nothing is.</summary>
    public IReadOnlyList<Reason> Look()
    {
        var found = parts.Select(part => (part.Name, Trouble: Try(part))).ToList();
        var now = clock.GetUtcNow();
        var reasons = new List<Reason>();
        lock (gate)
        {
            foreach (var (name, trouble) in found)
            {
                if (trouble is null)
                {
                    since.Remove(name);
                    continue;
                }

                since.TryAdd(name, now);
                reasons.Add(new Reason(name, trouble.What, since[name], trouble.Stops));
            }
        }

        return reasons;
    }

    private static Trouble? Try(Part part)
    {
        try
        {
            return part.Look();
        }
        catch (Exception failure) when (failure is DbException or IOException or SharesUnavailableException or StoreBusyException or StoreFailedException or ObjectDisposedException)
        {
            return new Trouble("out of reach", Stops: true);
        }
    }
}
