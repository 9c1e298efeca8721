using System.Data.Common;
using Baton.Server.Storage;

namespace Baton.Server.Operations;

/// <summary>
/// Each minute on PostgreSQL: the rows of what was destroyed are freed, to be overwritten. Several nodes at once do no harm: one works, the others
/// pass over. What stays in freed space and in the write-ahead log: spec/threat-model.md.
/// </summary>
internal sealed partial class Vacuum(Database database, Shares shares, TimeProvider clock, ILogger<Vacuum> log) : BackgroundService
{
    private static readonly TimeSpan Each = TimeSpan.FromMinutes(1);

    private string? fault;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Each, clock);
        while (database.IsShared && await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                database.Vacuum();
                shares.Vacuum();
                fault = null;
            }
            catch (Exception exception) when (exception is DbException or IOException or StoreBusyException or SharesUnavailableException)
            {
                // An engine that knows no VACUUM says so each minute: told once.
                if (fault != exception.Message)
                {
                    fault = exception.Message;
                    Later(exception);
                }
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Destroyed rows could not be vacuumed")]
    private partial void Later(Exception exception);
}
