using System.Threading.Channels;
using Baton.Server.Storage;

namespace Baton.Server.Features.Vault;

/// <summary>
/// Destroys what the vault does not keep: at the start, each minute, and at once when something was purged or deleted. On several nodes the
/// lead looks each minute, and each at once after what was purged or deleted at itself.
/// </summary>
internal sealed partial class VaultSweep(Destruction destruction, Lead lead, TimeProvider clock, ILogger<VaultSweep> log) : BackgroundService
{
    private static readonly TimeSpan Each = TimeSpan.FromMinutes(1);

    private readonly Channel<bool> woken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>There is something to destroy.</summary>
    public void Wake() => woken.Writer.TryWrite(true);

    private void Tick()
    {
        if (lead.IsHeld)
        {
            Wake();
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var timer = clock.CreateTimer(static self => ((VaultSweep)self!).Tick(), this, Each, Each);
        Tick();
        while (await woken.Reader.WaitToReadAsync(stoppingToken))
        {
            woken.Reader.TryRead(out _);
            try
            {
                var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
                await destruction.PurgeBinned(now);
                await destruction.EmptyDeleted();
                await destruction.DestroyLoose(now);
            }
            catch (Exception exception) when (exception is StoreBusyException or System.Data.Common.DbException or IOException)
            {
                // The next round goes on where this one stopped.
                Postponed(exception);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Destroying what was purged goes on in a minute")]
    private partial void Postponed(Exception exception);
}
