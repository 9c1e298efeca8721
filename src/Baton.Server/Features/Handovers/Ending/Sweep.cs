using Baton.Server.Storage;

namespace Baton.Server.Features.Handovers;

/// <summary>
/// Runs the sweep: everything before the server listens, then each minute; and follows the endings of the requests. On several nodes the lead
/// sweeps for all of them, and each follows what ended at itself.
/// </summary>
internal sealed partial class Sweep(SweepStore store, Endings endings, Lead lead, TimeProvider clock, ILogger<Sweep> log) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan Each = TimeSpan.FromMinutes(1);

    /// <summary>Waiting handovers whose share is looked for each minute.</summary>
    private const int SharesAMinute = 10_000;

    /// <summary>Before anything listens, so that nothing is opened that a crash or a restore has left half done.</summary>
    public Task StartingAsync(CancellationToken cancellationToken) => lead.IsHeld ? Run(everything: true) : Task.CompletedTask;

    /// <summary>One round.</summary>
    public async Task Run(bool everything)
    {
        try
        {
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            await endings.FinishAll();
            await store.VoidWithoutShare(now, everything ? int.MaxValue : SharesAMinute);
            await store.EndDue(now);
            await store.EndDrafts(now);
            await store.DestroyStrayShares(now);
        }
        catch (Exception exception) when (exception is SharesUnavailableException or StoreBusyException or System.Data.Common.DbException or IOException)
        {
            // The next round goes on where this one stopped.
            Postponed(exception);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Each, clock);
        var following = endings.Follow(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (lead.IsHeld)
            {
                await Run(everything: false);
            }
        }

        await following;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1, LogLevel.Warning, "The sweep goes on in a minute")]
    private partial void Postponed(Exception exception);
}
