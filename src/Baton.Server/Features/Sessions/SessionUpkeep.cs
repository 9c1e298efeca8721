using System.Collections.Concurrent;

namespace Baton.Server.Features.Sessions;

/// <summary>
/// Once an hour, and when the server stops: failed sign-ins into the ledger as a count for each account, sessions that ran out out of
/// the database. Counts are in memory between, one number an account; a crash loses those of its hour.
/// </summary>
internal sealed partial class SessionUpkeep(LiveSessions sessions, SessionStore store, TimeProvider clock, ILogger<SessionUpkeep> log) : IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<string, (Account Account, int Count)> failures = new(StringComparer.Ordinal);
    private ITimer? timer;

    /// <summary>A wrong password for an account that exists.</summary>
    public void Failed(string email, Account account) => failures.AddOrUpdate(email, (account, 1), static (_, before) => (before.Account, before.Count + 1));

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var hour = TimeSpan.FromHours(1);
        timer = clock.CreateTimer(static self => _ = ((SessionUpkeep)self!).Run(), this, hour, hour);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Run();

    public async Task Run()
    {
        try
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

            await sessions.Sweep();
        }
        catch (Exception failure)
        {
            CouldNot(failure);
        }
    }

    public void Dispose() => timer?.Dispose();

    [LoggerMessage(1, LogLevel.Error, "Failed sign-ins or ended sessions could not be written down")]
    private partial void CouldNot(Exception failure);
}
