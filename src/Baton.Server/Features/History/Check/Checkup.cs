using System.Data.Common;
using Baton.Protocol.Wire;
using Baton.Server.Storage;

namespace Baton.Server.Features.History;

/// <summary>Reads the whole chain of logs once after each start, in small steps behind everything else. spec/ledger.md §6.</summary>
internal sealed partial class Checkup(Database database, ILogger<Checkup> log) : BackgroundService
{
    private const int NamedMost = 100;
    private const long TellEach = 1_000_000;

    /// <summary>A breath between steps. It spares the machine, and is nothing a clock of the tests should decide.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(2);

    /// <summary>A database that was away is looked for so often.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    private readonly List<long> named = [];
    private volatile LedgerCheck progress = new("running", 0, 0, []);

    /// <summary>How far it is, and what it found.</summary>
    public LedgerCheck Progress => progress;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not on the thread that starts the server.
        await Task.Yield();
        using var patience = new PeriodicTimer(Again);
        do
        {
            try
            {
                await Walk(stoppingToken);
                return;
            }
            catch (Exception exception) when (exception is StoreBusyException or DbException or IOException)
            {
                // From the beginning, once the database is back.
                named.Clear();
            }
        }
        while (await patience.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Walk(CancellationToken stoppingToken)
    {
        var chain = database.Read(connection => LogRow.Chain(connection.Query));
        var (total, checkedBefore, damaged) = (chain.Sum(log => log.Size), 0L, false);
        progress = new LedgerCheck("running", 0, total, []);
        using var breath = new PeriodicTimer(Breath);
        foreach (var row in chain)
        {
            foreach (var (done, found) in new LogWalk(database, row).Steps())
            {
                foreach (var damage in found)
                {
                    damaged = true;
                    Found(damage.ToString());
                    if (row == chain[^1] && named.Count < NamedMost)
                    {
                        named.Add(damage.Index);
                    }
                }

                if ((checkedBefore + done) / TellEach > progress.Checked / TellEach)
                {
                    Reached(checkedBefore + done, total);
                }

                progress = new LedgerCheck("running", checkedBefore + done, total, [.. named]);
                await breath.WaitForNextTickAsync(stoppingToken);
            }

            checkedBefore += row.Size;
        }

        progress = new LedgerCheck(damaged ? "damaged" : "ok", total, total, [.. named.Distinct()]);
        if (damaged || total >= TellEach)
        {
            Ended(total, progress.State);
        }
    }

    [LoggerMessage(1, LogLevel.Critical, "The ledger was changed. {Damage}")]
    private partial void Found(string damage);

    [LoggerMessage(2, LogLevel.Information, "Ledger check: {Done} of {Total} entries")]
    private partial void Reached(long done, long total);

    [LoggerMessage(3, LogLevel.Information, "Ledger check: {Total} entries, {State}")]
    private partial void Ended(long total, string state);
}
