using System.Collections.Concurrent;

namespace Baton.Server.Features.Sessions;

/// <summary>
/// Once a minute: sessions that ran out end, and what they still listened to. Once an hour, and when the server stops: failed sign-ins
/// enter the ledger as a count for each account. Counts are in memory between, one number an account; a crash loses those of its hour.
/// </summary>
internal sealed partial class SessionUpkeep(LiveSessions sessions, SessionStore store, TimeProvider clock, ILogger<SessionUpkeep> log) : IHostedService, IDisposable
{
    private readonly LiveSessions sessions = sessions;
    private readonly ConcurrentDictionary<string, (Account Account, int Count)> failures = new(StringComparer.Ordinal);
    private ITimer? everyMinute;
    private ITimer? everyHour;
    private int asked;

    /// <summary>A wrong password for an account that exists.</summary>
    public void Failed(string email, Account account) => failures.AddOrUpdate(email, (account, 1), static (_, before) => (before.Account, before.Count + 1));

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var (minute, hour) = (TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
        everyMinute = clock.CreateTimer(static self => _ = ((SessionUpkeep)self!).Try(((SessionUpkeep)self).Sweep), this, minute, minute);
        everyHour = clock.CreateTimer(static self => _ = ((SessionUpkeep)self!).Try(((SessionUpkeep)self).WriteFailures), this, hour, hour);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Try(WriteFailures);

    public void Dispose()
    {
        everyMinute?.Dispose();
        everyHour?.Dispose();
    }

    /// <summary>One at a time: a slow database, or a clock that jumps, must not pile them up. Asked for meanwhile: once more, at the time it then is.</summary>
    private async Task Sweep()
    {
        if (Interlocked.Increment(ref asked) > 1)
        {
            return;
        }

        try
        {
            int seen;
            do
            {
                seen = Volatile.Read(ref asked);
                await sessions.Sweep();
            }
            while (Interlocked.CompareExchange(ref asked, 0, seen) != seen);
        }
        catch
        {
            Volatile.Write(ref asked, 0);
            throw;
        }
    }

    private async Task WriteFailures()
    {
        var counts = new Dictionary<Account, int>();
        foreach (var email in failures.Keys)
        {
            if (failures.TryRemove(email, out var failed))
            {
                counts[failed.Account] = failed.Count;
            }
        }

        if (counts.Count > 0)
        {
            await store.RecordFailures(counts, clock.GetUtcNow().ToUnixTimeMilliseconds());
        }
    }

    private async Task Try(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception failure)
        {
            CouldNot(failure);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Failed sign-ins or ended sessions could not be written down")]
    private partial void CouldNot(Exception failure);
}
