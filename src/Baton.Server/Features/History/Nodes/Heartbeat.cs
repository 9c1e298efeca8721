using System.Data.Common;
using System.Diagnostics;
using System.Security.Cryptography;
using Baton.Protocol;
using Baton.Server.Security;
using Baton.Server.Storage;

namespace Baton.Server.Features.History;

/// <summary>
/// Counts the nodes that serve: each counts up a number of its own in the database, and whose number has not moved for a while is gone. No
/// node compares its clock with another's. Runs where the database is shared only.
/// </summary>
internal sealed partial class Heartbeat(NodeStore store, BudgetStore budgets, Lead lead, NodeCount nodes, ILogger<Heartbeat> log) : BackgroundService
{
    /// <summary>Between nodes, and nothing a clock of the tests should decide.</summary>
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Gone = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(10);

    /// <summary>Beats between two sweeps.</summary>
    private const int SweepEach = 30;

    private readonly Id self = new(RandomNumberGenerator.GetBytes(Id.Size));
    private readonly Dictionary<Id, (long Beat, long MovedAt)> seen = [];
    private int beats;

    /// <summary>Before anything listens: from its first request on a node takes no more than its part.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (store.IsShared)
        {
            await Try(Beat);
        }

        await base.StartAsync(cancellationToken);
    }

    /// <summary>Its part is the others' from now on.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (store.IsShared)
        {
            await Try(() => store.Forget(self));
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Each);
        while (store.IsShared && await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Try(Beat);
            if (lead.IsHeld && ++beats % SweepEach == 0)
            {
                await Try(Sweep);
            }
        }
    }

    private async Task Beat()
    {
        await store.Beat(self);
        var all = store.All().ToDictionary(node => node.Node, node => node.Beat);
        foreach (var gone in seen.Keys.Except(all.Keys).ToList())
        {
            seen.Remove(gone);
        }

        foreach (var (node, beat) in all)
        {
            if (!seen.TryGetValue(node, out var before) || before.Beat != beat)
            {
                seen[node] = (beat, Stopwatch.GetTimestamp());
            }
        }

        nodes.Serving = seen.Values.Count(node => Stopwatch.GetElapsedTime(node.MovedAt) < Gone);
    }

    /// <summary>What nodes that were killed left behind, and budgets that are full.</summary>
    private async Task Sweep()
    {
        foreach (var (node, _) in seen.Where(node => Stopwatch.GetElapsedTime(node.Value.MovedAt) > Forgotten).ToList())
        {
            seen.Remove(node);
            await store.Forget(node);
        }

        await budgets.Sweep();
    }

    private async Task Try(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (exception is StoreBusyException or ObjectDisposedException or DbException or IOException)
        {
            NotCounted(exception);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The nodes could not be counted")]
    private partial void NotCounted(Exception exception);
}
