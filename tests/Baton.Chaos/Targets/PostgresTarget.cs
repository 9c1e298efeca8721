using System.Globalization;
using Baton.Chaos.Clients;
using Baton.Chaos.Machines;
using Baton.Chaos.Recording;

namespace Baton.Chaos.Targets;

/// <summary>
/// One or more nodes on PostgreSQL. The main database has a synchronous standby, and where it is promoted the way there leads to it; the shares are
/// in a cluster of their own, without archive and replica, as spec/handover.md §8 wants them.
/// </summary>
internal sealed class PostgresTarget : Target
{
    private readonly string program;
    private readonly string folder;
    private readonly List<Surroundings> nodes = [];
    private readonly Front toMain;
    private readonly Front toShares;
    private readonly Cluster shares;
    private Cluster primary;
    private Cluster standby;
    private int standbys = 1;

    private PostgresTarget(string program, string folder, Cluster primary, Cluster standby, Cluster shares)
    {
        (this.program, this.folder, this.primary, this.standby, this.shares) = (program, folder, primary, standby, shares);
        (toMain, toShares) = (new Front(primary.Port), new Front(shares.Port));
    }

    public override IReadOnlyList<Surroundings> Nodes => nodes;

    public override IReadOnlyList<Fault> Faults =>
    [
        .. nodes.SelectMany(node => node.Faults()),
        new Fault("kill -9 of PostgreSQL", () => primary.Restart()),
        new Fault("kill -9 of the shares' PostgreSQL", () => shares.Restart()),
        new Fault("PostgreSQL ends all connections", () => primary.Terminate()),
        new Fault("connections to PostgreSQL cut", async () =>
        {
            for (var i = 0; i < 5; i++)
            {
                toMain.Cut();
                toShares.Cut();
                await Surroundings.Moment(200);
            }
        }),
        new Fault("answers of PostgreSQL lost", async () =>
        {
            toMain.AnswerBytes = 0;
            await Surroundings.Moment(300);
            toMain.AnswerBytes = null;
        }),
        new Fault("slow connections to PostgreSQL", async () =>
        {
            toMain.Delay = TimeSpan.FromMilliseconds(50);
            await Surroundings.Moment(2000);
            toMain.Delay = TimeSpan.Zero;
        }),
        new Fault("failover", () => FailOver(standbyAway: false)),
        new Fault("failover to a standby that was away", () => FailOver(standbyAway: true)),
    ];

    public override IReadOnlyList<string> Impossible => [];

    private string Main => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={toMain.Port};Username=postgres;Database=baton");

    private string Shares => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={toShares.Port};Username=postgres;Database=baton_shares");

    private string[] Places => ["--database", Main, "--shares", Shares];

    public static async Task<PostgresTarget> Start(string program, string folder, int nodes)
    {
        var primary = await Cluster.Make(Path.Combine(folder, "main-0"), "synchronous_standby_names=*", "wal_keep_size=512MB");
        var shares = await Cluster.Make(Path.Combine(folder, "shares"));
        await primary.Ask("CREATE DATABASE baton");
        await shares.Ask("CREATE DATABASE baton_shares");
        var target = new PostgresTarget(program, folder, primary, await primary.MakeStandby(Path.Combine(folder, "main-1")), shares);
        try
        {
            for (var i = 0; i < nodes; i++)
            {
                await target.Add(i);
            }

            return target;
        }
        catch
        {
            await target.DisposeAsync();
            throw;
        }
    }

    public override async Task<IReadOnlyList<Verdict>> Verdicts() =>
    [
        .. Deaths(),
        await Ran(program, ["ledger", "check", "--data", nodes[0].Node.Data, .. Places]),
        await Count("sealed contents of handovers that have ended", "SELECT count(*) FROM sealed s JOIN handovers h ON h.number = s.handover WHERE h.state NOT IN ('waiting', 'claimed')"),
        await Count("living handovers without their content", "SELECT count(*) FROM handovers h WHERE h.state IN ('waiting', 'claimed') AND NOT EXISTS (SELECT 1 FROM sealed s WHERE s.handover = h.number)"),
        await SharesOfEnded(),
    ];

    /// <summary>What PostgreSQL's own log and free pages keep stands in the threat model; rows are looked for by <see cref="Verdicts"/>.</summary>
    public override Task<IReadOnlyList<string>> Leftovers(IReadOnlyList<Parcel> ended) => Task.FromResult<IReadOnlyList<string>>([]);

    public override async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }

        await toMain.DisposeAsync();
        await toShares.DisposeAsync();
        await primary.DisposeAsync();
        await standby.DisposeAsync();
        await shares.DisposeAsync();
    }

    /// <summary>Another node, with the keys of the first.</summary>
    private async Task Add(int number)
    {
        var home = Directory.CreateDirectory(Path.Combine(folder, $"node-{number}")).FullName;
        var data = Path.Combine(home, "data");
        if (number > 0)
        {
            Directory.CreateDirectory(data, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            foreach (var key in Directory.EnumerateFiles(nodes[0].Node.Data, "*.key"))
            {
                File.Copy(key, Path.Combine(data, Path.GetFileName(key)));
            }
        }

        var node = new Surroundings(program, data, home, Places);
        nodes.Add(node);
        await node.Node.Up();
    }

    /// <summary>The primary dies, the standby takes over, and what was the primary is made again as its standby.</summary>
    /// <param name="standbyAway">
    /// The standby is gone first, for longer than a statement may take: what is written then can't be acknowledged, because it is nowhere else.
    /// </param>
    private async Task FailOver(bool standbyAway)
    {
        if (standbyAway)
        {
            await standby.Kill();
            await Task.Delay(TimeSpan.FromSeconds(3));
        }

        await primary.Kill();
        if (standbyAway)
        {
            await standby.Start();
        }

        await standby.Promote();
        toMain.Target = standby.Port;
        toMain.Cut();
        await primary.DisposeAsync();
        primary = standby;
        standby = await primary.MakeStandby(Path.Combine(folder, $"main-{++standbys}"));
    }

    private async Task<Verdict> Count(string what, string sql) => await primary.Ask(sql, "baton") is var number && number == "0" ? new Verdict(what, 0, "none") : new Verdict(what, 1, number);

    /// <summary>A share without any handover is one of a create that nobody answered: it has its hour.</summary>
    private async Task<Verdict> SharesOfEnded()
    {
        var kept = (await shares.Ask("SELECT encode(handover, 'hex') FROM shares", "baton_shares")).Split('\n');
        var ended = (await primary.Ask("SELECT encode(handover, 'hex') FROM handovers WHERE state NOT IN ('waiting', 'claimed')", "baton")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var left = kept.Intersect(ended, StringComparer.Ordinal).Count();
        return new Verdict("shares of handovers that have ended", left == 0 ? 0 : 1, $"{left} of {kept.Length}");
    }
}
