using System.Data.Common;
using System.Net;
using System.Threading.Channels;
using Baton.Server.Features.History;
using Baton.Server.Storage;

namespace Baton.Server.Features.Handovers;

/// <summary>What somebody who holds a link says without having opened it: "this was not me", "I expected more".</summary>
/// <param name="Reason">not-me or more.</param>
internal sealed record Report(byte[] Locator, string Reason, IPAddress Address, string? UserAgent);

/// <summary>
/// Takes reports and looks at them after they were answered: who reports learns nothing, not even from the time it takes, about whether there
/// is such a handover. Those that are there become entries, and the sender's open clients hear of them. spec/api.md, "The recipient's page".
/// </summary>
internal sealed partial class Reports(LinkStore links, Ledger ledger, TimeProvider clock, ILogger<Reports> log) : BackgroundService
{
    /// <summary>Of one handover; more say nothing new.</summary>
    private const int Most = 5;

    /// <summary>More than these at once are let go: who sends so many means harm.</summary>
    private const int Waiting = 1024;

    private readonly Channel<Report> taken = Channel.CreateBounded<Report>(new BoundedChannelOptions(Waiting) { SingleReader = true });

    /// <summary>Returns at once.</summary>
    public void Take(Report report) => taken.Writer.TryWrite(report);

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // What was answered is written, as long as there is time, and nothing more is taken.
        taken.Writer.TryComplete();
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var report in taken.Reader.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                await Write(report);
            }
            catch (Exception exception) when (exception is StoreBusyException or StoreFailedException or DbException or IOException)
            {
                Lost(exception);
            }
        }
    }

    private async Task Write(Report report)
    {
        if (links.Find(report.Locator) is not { } row)
        {
            return;
        }

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        await ledger.Write(transaction =>
        {
            var keeps = transaction.Scalar("SELECT 1 FROM personal WHERE handover = @number", ("@number", row.Number)) is not null;
            return transaction.Execute("UPDATE handovers SET reports = reports + 1 WHERE number = @number AND reports < @most", ("@number", row.Number), ("@most", Most)) == 1
                ? transaction.Record(true, HandoverEntries.Reported(row, report.Reason, report.Address, report.UserAgent, keeps, now))
                : transaction.Nothing(false);
        });
    }

    [LoggerMessage(1, LogLevel.Error, "A report could not be written down")]
    private partial void Lost(Exception exception);
}
