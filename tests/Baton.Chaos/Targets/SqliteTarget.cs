using Baton.Chaos.Clients;
using Baton.Chaos.Machines;
using Baton.Chaos.Recording;
using Microsoft.Data.Sqlite;

namespace Baton.Chaos.Targets;

/// <summary>One node on SQLite, its data directory on a small disk of its own where that can be had.</summary>
internal sealed class SqliteTarget : Target
{
    /// <summary>The spec gives sealed bytes 60 s, and this machine has other work.</summary>
    private static readonly TimeSpan Destruction = TimeSpan.FromSeconds(120);

    private readonly string program;
    private readonly Disk? disk;
    private readonly Surroundings node;

    private SqliteTarget(string program, Disk? disk, Surroundings node) => (this.program, this.disk, this.node) = (program, disk, node);

    public override IReadOnlyList<Surroundings> Nodes => [node];

    public override IReadOnlyList<Fault> Faults =>
    [
        .. node.Faults(),
        .. disk is null ? [] : new[]
        {
            new Fault("disk full", async () =>
            {
                await disk.Fill();
                await Surroundings.Moment(2000);
                disk.MakeRoom();
            }),
            new Fault("disk read-only", async () =>
            {
                await disk.Freeze();
                await Surroundings.Moment(2000);
                await disk.Thaw();
                await node.Node.Up();
            }),
            new Fault("started on a full disk", async () =>
            {
                await node.Node.Kill();
                await disk.Fill();
                var up = node.Node.Up();
                await Surroundings.Moment(2000);
                disk.MakeRoom();
                await up;
            }),
        },
    ];

    public override IReadOnlyList<string> Impossible => disk is null ? ["disk full and disk read-only: only root may mount a small disk"] : [];

    private string Main => Path.Combine(node.Node.Data, "baton.db");

    private string Shares => Path.Combine(node.Node.Data, "shares", "shares.db");

    public static async Task<SqliteTarget> Start(string program, string folder)
    {
        var disk = await Disk.Mount(folder, 400);
        var data = Path.Combine(disk?.Path ?? folder, "data");
        var node = new Surroundings(program, data, folder);
        var target = new SqliteTarget(program, disk, node);
        try
        {
            await node.Node.Up();
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
        await Ran(program, "ledger", "check", "--data", node.Node.Data),
        Count("shares of handovers that have ended", () => Number(
            Main, "SELECT count(*) FROM shares.shares s JOIN handovers h ON h.handover = s.handover WHERE h.state NOT IN ('waiting', 'claimed')")),
        Count("sealed contents of handovers that have ended", () => Number(Main, "SELECT count(*) FROM sealed s JOIN handovers h ON h.number = s.handover WHERE h.state NOT IN ('waiting', 'claimed')")),
        Count("living handovers without their content", () => Number(Main, "SELECT count(*) FROM handovers h WHERE h.state IN ('waiting', 'claimed') AND NOT EXISTS (SELECT 1 FROM sealed s WHERE s.handover = h.number)")),
        Ask("integrity of the main store", Main),
        Ask("integrity of the share store", Shares),
    ];

    public override async Task<IReadOnlyList<string>> Leftovers(IReadOnlyList<Parcel> ended)
    {
        var remains = new Remains(ended);
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var found = remains.In(node.Node.Data);
            if (found.Count == 0 || TimeProvider.System.GetElapsedTime(since) > Destruction)
            {
                return found;
            }

            await Task.Delay(3000);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await node.DisposeAsync();
        if (disk is not null)
        {
            await disk.DisposeAsync();
        }
    }

    private static Verdict Count(string what, Func<long> count) => count() is var number && number == 0 ? new Verdict(what, 0, "none") : new Verdict(what, 1, $"{number}");

    private Verdict Ask(string what, string file)
    {
        var answer = Scalar(file, "PRAGMA integrity_check") as string;
        return new Verdict(what, answer == "ok" ? 0 : 1, answer ?? "");
    }

    private long Number(string file, string sql) => (long)Scalar(file, sql)!;

    private object? Scalar(string file, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var attach = connection.CreateCommand();
        attach.CommandText = "ATTACH @shares AS shares";
        attach.Parameters.AddWithValue("@shares", Shares);
        attach.ExecuteNonQuery();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
