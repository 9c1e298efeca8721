using System.Data.Common;
using Baton.Server.Storage;

namespace Baton.Server.Features.Handovers;

/// <summary>Once an hour, and at the start: what organizations no longer keep goes.</summary>
internal sealed partial class RetentionSweep(Erasures erasures, Lead lead, TimeProvider clock, ILogger<RetentionSweep> log) : BackgroundService
{
    private static readonly TimeSpan Each = TimeSpan.FromHours(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Each, clock);
        do
        {
            try
            {
                if (lead.IsHeld)
                {
                    await erasures.EraseDue();
                }
            }
            catch (Exception exception) when (exception is StoreBusyException or StoreFailedException or DbException or IOException)
            {
                Postponed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(1, LogLevel.Warning, "Personal data whose time ran out is purged in an hour")]
    private partial void Postponed(Exception exception);
}
