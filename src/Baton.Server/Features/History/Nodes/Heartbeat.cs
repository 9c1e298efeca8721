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
internal sealed partial class Heartbeat(Database database, Ledger ledger, Lead lead, NodeCount nodes, ILogger<Heartbeat> log) : BackgroundService
{
    /// <summary>Between nodes, and nothing a clock of the tests should decide.</summary>
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Gone = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(10);

    private readonly Id self = new(RandomNumberGenerator.GetBytes(Id.Size));
    private readonly Dictionary<Id, (long Beat, long MovedAt)> seen = [];

    /// <summary>Before anything listens: from its first request on a node takes no more than its part.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (database.IsShared)
        {
            await Try(Beat);
        }

        await base.StartAsync(cancellationToken);
    }

    /// <summary>Its part is the others' from now on.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (database.IsShared)
        {
            await Try(() => Forget(self));
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Each);
        while (database.IsShared && await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Try(Beat);
        }
    }

    private async Task Beat()
    {
        await ledger.Housekeeping(transaction => transaction.Execute(
            "INSERT INTO nodes (id, beat) VALUES (@id, 1) ON CONFLICT (id) DO UPDATE SET beat = nodes.beat + 1", ("@id", self)));
        Look();
        nodes.Serving = seen.Values.Count(node => Stopwatch.GetElapsedTime(node.MovedAt) < Gone);
        if (!lead.IsHeld)
        {
            return;
        }

        foreach (var (node, _) in seen.Where(node => Stopwatch.GetElapsedTime(node.Value.MovedAt) > Forgotten).ToList())
        {
            seen.Remove(node);
            await Forget(node);
        }
    }

    private void Look() => database.Read(connection =>
    {
        using var rows = connection.Query("SELECT id, beat FROM nodes");
        while (rows.Read())
        {
            var (node, beat) = (rows.Id(0), rows.GetInt64(1));
            if (!seen.TryGetValue(node, out var before) || before.Beat != beat)
            {
                seen[node] = (beat, Stopwatch.GetTimestamp());
            }
        }

        return seen.Count;
    });

    private Task<int> Forget(Id node) => ledger.Housekeeping(transaction => transaction.Execute("DELETE FROM nodes WHERE id = @id", ("@id", node)));

    private async Task Try(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (exception is StoreBusyException or StoreFailedException or DbException or IOException)
        {
            NotCounted(exception);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The nodes could not be counted")]
    private partial void NotCounted(Exception exception);
}
