using System.Data.Common;

namespace Baton.Server.Storage;

/// <summary>
/// Which of the nodes on one database does what one alone should do: places, sweeps, time stamps. On SQLite this process, always. On PostgreSQL
/// whoever holds an advisory lock, for as long as the connection lives that took it. Nothing rests on it being only one: whatever the lead does
/// may be done twice, and where it may not, a conditional statement decides. docs/decisions/0020-nodes.md.
/// </summary>
internal sealed partial class Lead(Database database, ILogger<Lead> log) : BackgroundService, IHostedLifecycleService
{
    /// <summary>The number is ours and means nothing.</summary>
    private const long Number = 0x6261746F6E02;

    /// <summary>So soon another node takes over, and is nothing a clock of the tests should decide.</summary>
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(1);

    private Connection? connection;
    private volatile bool held = !database.IsShared;

    public bool IsHeld => held;

    /// <summary>Before everything else that starts: who is the first node leads from the beginning.</summary>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        Look();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Each);
        while (database.IsShared && await timer.WaitForNextTickAsync(stoppingToken))
        {
            Look();
        }
    }

    /// <summary>Given up before the connection is, so that another node has it at once.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (connection is not null && held)
        {
            GiveUp();
        }

        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public override void Dispose()
    {
        connection?.Dispose();
        base.Dispose();
    }

    private void Look()
    {
        if (!database.IsShared)
        {
            return;
        }

        try
        {
            connection ??= database.OpenOwn();

            // The lock lives as long as its connection: while that answers, it is held.
            var holds = held ? connection.Scalar("SELECT 1") is not null : connection.Scalar("SELECT pg_try_advisory_lock(@number)", ("@number", Number)) is true;
            if (holds && !held)
            {
                Leads();
            }

            held = holds;
        }
        catch (Exception exception) when (IsOfConnection(exception))
        {
            if (held)
            {
                Lost(exception);
            }

            held = false;
            connection?.Dispose();
            connection = null;
        }
    }

    private void GiveUp()
    {
        held = false;
        try
        {
            connection!.Scalar("SELECT pg_advisory_unlock(@number)", ("@number", Number));
        }
        catch (Exception exception) when (IsOfConnection(exception))
        {
            // Then it is gone already.
        }
    }

    private static bool IsOfConnection(Exception exception) =>
        exception is DbException or IOException or InvalidOperationException or TimeoutException or StoreFailedException or StoreBusyException;

    [LoggerMessage(1, LogLevel.Information, "This node leads: log, sweeps and time stamps are its work")]
    private partial void Leads();

    [LoggerMessage(2, LogLevel.Warning, "This node leads no more")]
    private partial void Lost(Exception exception);
}
