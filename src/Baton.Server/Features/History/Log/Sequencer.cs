using System.Data.Common;
using System.Diagnostics;
using Baton.Server.Storage;

namespace Baton.Server.Features.History;

/// <summary>
/// Takes entries into the log: a few times a second while some are written, at once when somebody waits for a checkpoint, and once a second
/// looks for what other processes wrote. It never holds up a write longer than one small transaction does. On several nodes the lead's alone
/// works; two that both think they lead can't fork the log, because places and head are conditional. spec/ledger.md §5.
/// </summary>
internal sealed partial class Sequencer : BackgroundService
{
    /// <summary>How long a receipt or a piece of evidence waits for its checkpoint.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Entries that nobody waits for are gathered so long. It spares the disk, and is nothing a clock of the tests should decide.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(250);

    private const int LooksEach = 4;

    /// <summary>Between looks at another node's work.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly LogRound round;
    private readonly Lead lead;
    private readonly TimeProvider clock;
    private readonly ILogger<Sequencer> log;
    private readonly Lock gate = new();
    private readonly SemaphoreSlim wanted = new(0, 1);
    private List<TaskCompletionSource> waiting = [];
    private volatile bool grown = true;
    private string? fault;

    public Sequencer(LogRound round, Ledger ledger, Lead lead, TimeProvider clock, ILogger<Sequencer> log)
    {
        (this.round, this.lead, this.clock, this.log) = (round, lead, clock, log);
        ledger.Grown = () => grown = true;
    }

    /// <summary>Completes once everything that was committed before the call is under a checkpoint; false when that takes too long.</summary>
    public async Task<bool> CatchUp(CancellationToken cancel)
    {
        var until = round.Waiting();
        if (until is null)
        {
            return true;
        }

        if (!lead.IsHeld)
        {
            return await CaughtUpElsewhere(until.Value, cancel);
        }

        var caught = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            waiting.Add(caught);
            if (wanted.CurrentCount == 0)
            {
                wanted.Release();
            }
        }

        try
        {
            await caught.Task.WaitAsync(Patience, clock, cancel);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Another node leads, or will in a moment: what it did stands in the database.</summary>
    private async Task<bool> CaughtUpElsewhere(Waiting until, CancellationToken cancel)
    {
        var since = Stopwatch.GetTimestamp();
        while (!round.Reached(until))
        {
            if (Stopwatch.GetElapsedTime(since) > Patience)
            {
                return false;
            }

            await Task.Delay(Look, cancel);
        }

        return true;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            for (var looks = 0; ; looks++)
            {
                var isWanted = await wanted.WaitAsync(Gathering, stoppingToken);
                if (isWanted || grown || round.IsShared || looks % LooksEach == 0)
                {
                    await Run();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // What was written last goes in too, so that a directory at rest is whole.
            await Run();
        }
    }

    private async Task Run()
    {
        List<TaskCompletionSource> caught;
        lock (gate)
        {
            (caught, waiting) = (waiting, []);
        }

        try
        {
            grown = false;
            if (lead.IsHeld && round.Waiting() is not null)
            {
                await round.Run();
            }

            fault = null;
            if (!lead.IsHeld && caught.Count > 0 && round.Waiting() is not null)
            {
                // This node led when they began to wait; the one that leads now will come to it.
                lock (gate)
                {
                    waiting.AddRange(caught);
                }

                return;
            }

            caught.ForEach(one => one.TrySetResult());
        }
        catch (Exception exception) when (exception is StoreBusyException or StoreFailedException or SharesUnavailableException or DbException or IOException
            or ForkedException or InvalidDataException or InvalidOperationException)
        {
            // Who waits goes on waiting: the next look goes on from what is on disk. The same fault is told once.
            if (fault != exception.Message)
            {
                fault = exception.Message;
                Behind(exception);
            }

            lock (gate)
            {
                waiting.AddRange(caught);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The ledger's log can't go on, and tries again")]
    private partial void Behind(Exception exception);
}
