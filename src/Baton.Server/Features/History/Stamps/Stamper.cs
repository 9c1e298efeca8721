using System.Data.Common;
using Baton.Protocol.Evidence;
using Baton.Protocol.Wire;
using Baton.Server.Storage;

namespace Baton.Server.Features.History;

/// <summary>
/// Has the newest checkpoint stamped: by each authority at the interval, when the log has grown, and now when somebody asks. Renews a token
/// before its authority's certificate ends. Failures are shown and tried again, at longer and longer distances. spec/ledger.md §9.
/// </summary>
internal sealed partial class Stamper : BackgroundService
{
    /// <summary>Before the end of a certificate its newest token is renewed.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(30);

    private static readonly TimeSpan Each = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Most = TimeSpan.FromHours(1);

    private readonly StampStore store;
    private readonly TimeAuthority authority;
    private readonly TimeProvider clock;
    private readonly ILogger<Stamper> log;
    private readonly TimeSpan interval;
    private readonly Lock gate = new();
    private readonly SemaphoreSlim asked = new(0, 1);
    private readonly List<Turn> turns;
    private DateTimeOffset askedAt = DateTimeOffset.MinValue;

    public Stamper(StampStore store, TimeAuthority authority, BatonOptions settings, TimeProvider clock, ILogger<Stamper> log)
    {
        (this.store, this.authority, this.clock, this.log, interval) = (store, authority, clock, log, settings.TimeStampInterval);
        turns = [.. settings.TimeStampAuthorities.Select(address => new Turn(address))];
    }

    /// <summary>Whether there is anybody to ask.</summary>
    public bool HasAuthorities => turns.Count > 0;

    /// <summary>What became of each authority's turns.</summary>
    public IReadOnlyList<AuthorityState> States()
    {
        lock (gate)
        {
            // Whose time has come while the log has not grown is asked as soon as it does.
            var now = Now();
            return [.. turns.Select(turn => new AuthorityState(
                turn.Name, turn.LastAt, turn.Failure ?? turn.RenewalFailure, Math.Max(turn.NextAt.ToUnixTimeMilliseconds(), now)))];
        }
    }

    /// <summary>Asks all of them now. Null: they will be; else how long to wait before asking again.</summary>
    public TimeSpan? Ask()
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (askedAt + Least > now)
            {
                return askedAt + Least - now;
            }

            askedAt = now;
            turns.ForEach(turn => (turn.NextAt, turn.IsAskedFor) = (now, true));
            if (asked.CurrentCount == 0)
            {
                asked.Release();
            }

            return null;
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (turns.Count == 0)
        {
            return;
        }

        Begin(turns);
        using var timer = new PeriodicTimer(Each, clock);
        var tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        var call = asked.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(Due().Select(turn => Run(turn, stoppingToken)));
            if (await Task.WhenAny(tick, call) == tick)
            {
                await tick;
                tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
            }
            else
            {
                await call;
                call = asked.WaitAsync(stoppingToken);
            }
        }
    }

    /// <summary>After a start the interval goes on from the last stamp, and wherever another node has them stamped.</summary>
    private void Begin(IEnumerable<Turn> anew)
    {
        lock (gate)
        {
            foreach (var turn in anew)
            {
                turn.LastAt = store.LastOf(turn.Name);
                turn.NextAt = turn.LastAt is { } last ? DateTimeOffset.FromUnixTimeMilliseconds(last) + interval : clock.GetUtcNow();
            }
        }
    }

    private void Follow()
    {
        try
        {
            Begin(turns.Where(turn => !turn.IsAskedFor));
        }
        catch (Exception exception) when (exception is StoreBusyException or DbException or IOException)
        {
            NotKept(exception);
        }
    }

    /// <summary>What somebody asked for is this node's own, whoever leads.</summary>
    private List<Turn> Due()
    {
        lock (gate)
        {
            if (!store.IsOurs)
            {
                Follow();
                return [.. turns.Where(turn => turn.IsAskedFor)];
            }

            var now = clock.GetUtcNow();
            return [.. turns.Where(turn => turn.NextAt <= now || turn.RenewAt <= now)];
        }
    }

    private async Task Run(Turn turn, CancellationToken stop)
    {
        try
        {
            if (turn.NextAt <= clock.GetUtcNow() && store.NotYetStampedBy(turn.Name) is { } checkpoint)
            {
                var got = await authority.Stamp(turn.Address, TimeStamp.Message(checkpoint.Note), stop);
                var failure = got.Failure ?? (await store.Keep(checkpoint, turn.Name, got, Now()) ? null : TimeAuthority.Invalid);
                Ended(turn, failure);
            }

            if (turn.RenewAt <= clock.GetUtcNow())
            {
                await Renew(turn, stop);
            }
        }
        catch (Exception exception) when (exception is StoreBusyException or StoreFailedException or DbException or IOException)
        {
            NotKept(exception);
        }
    }

    /// <summary>By whichever authority gives a token whose certificate ends later, the stamp's own first.</summary>
    private async Task Renew(Turn turn, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        string? failure = null;
        if (store.Ending(turn.Name, (now + Ahead).ToUnixTimeMilliseconds()) is { } ending)
        {
            failure = TimeAuthority.NotRenewed;
            foreach (var other in turns.OrderBy(other => other != turn).TakeWhile(_ => failure is not null && ending.CertificateEnds > now.ToUnixTimeMilliseconds()))
            {
                var got = await authority.Stamp(other.Address, TimeStamp.Message(ending.Note, ending.Token), stop);
                if (got.Stamp is { } stamp && stamp.CertificateEnds > ending.CertificateEnds && await store.KeepRenewal(ending, other.Name, got, Now()))
                {
                    failure = null;
                }
            }
        }

        lock (gate)
        {
            (turn.RenewalFailure, turn.RenewAt) = (failure, now + Most);
        }

        if (failure is not null)
        {
            NotRenewed(turn.Name);
        }
    }

    private void Ended(Turn turn, string? failure)
    {
        lock (gate)
        {
            turn.Failures = failure is null ? 0 : turn.Failures + 1;
            (turn.Failure, turn.IsAskedFor) = (failure, false);
            turn.LastAt = failure is null ? Now() : turn.LastAt;

            // A minute, two, four, up to an hour.
            var later = Least * Math.Pow(2, Math.Min(turn.Failures - 1, 10));
            turn.NextAt = clock.GetUtcNow() + (failure is null ? interval : later < Most ? later : Most);
        }

        if (failure is not null)
        {
            NotStamped(turn.Name, failure);
        }
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();

    [LoggerMessage(1, LogLevel.Warning, "{Authority} gave no time stamp ({Failure}); it is asked again")]
    private partial void NotStamped(string authority, string failure);

    [LoggerMessage(2, LogLevel.Warning, "The certificate of {Authority} ends soon, and its newest time stamp could not be renewed")]
    private partial void NotRenewed(string authority);

    [LoggerMessage(3, LogLevel.Warning, "A time stamp could not be kept; it is asked for again")]
    private partial void NotKept(Exception exception);

    /// <summary>One authority and when it is asked next.</summary>
    private sealed class Turn(Uri address)
    {
        public Uri Address => address;

        public string Name { get; } = address.ToString();

        public long? LastAt { get; set; }

        public string? Failure { get; set; }

        public string? RenewalFailure { get; set; }

        public int Failures { get; set; }

        public bool IsAskedFor { get; set; }

        public DateTimeOffset NextAt { get; set; }

        public DateTimeOffset RenewAt { get; set; }
    }
}
