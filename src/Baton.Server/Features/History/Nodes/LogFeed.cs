using System.Collections.Frozen;
using System.Data.Common;
using System.Text.Json;
using Baton.Protocol;
using Baton.Server.Storage;

namespace Baton.Server.Features.History;

/// <summary>
/// What other nodes wrote, told to those who listen here. The log is the feed: its places have no gap, are given in one order, and none is given
/// late; so what stands behind the last place seen is what is new. Runs where the database is shared only. docs/decisions/0020-nodes.md.
/// </summary>
internal sealed partial class LogFeed(Database database, LiveUpdates updates, ILogger<LogFeed> log) : BackgroundService
{
    /// <summary>It spares the database, and is nothing a clock of the tests should decide.</summary>
    private static readonly TimeSpan Each = TimeSpan.FromMilliseconds(250);

    /// <summary>After these nobody's role, rights or sessions are other than before.</summary>
    private static readonly FrozenSet<string> Harmless = FrozenSet.Create(StringComparer.Ordinal, "entries", "signed-in", "sign-in-failed", "log");

    private (long Log, long Next) position = (-1, 0);
    private bool isLost;

    /// <summary>Told of an organization in which somebody's role, rights or sessions may have changed, before its listeners hear of it.</summary>
    public Action<Id> ChangedElsewhere { get; set; } = static _ => { };

    /// <summary>Before anybody can listen, so that nothing is missed between.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        TellAll();
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Each);
        while (database.IsShared && await timer.WaitForNextTickAsync(stoppingToken))
        {
            TellAll();
        }
    }

    private void TellAll()
    {
        try
        {
            while (database.IsShared && Look())
            {
            }

            isLost = false;
        }
        catch (Exception exception) when (exception is StoreBusyException or DbException or IOException)
        {
            // The next look begins where this one did.
            if (!isLost)
            {
                Late(exception);
            }

            isLost = true;
        }
    }

    /// <summary>One step; true when there may be more.</summary>
    private bool Look()
    {
        var (at, size, entries) = database.ReadSnapshot(Read);
        position = at;
        foreach (var organization in entries.Where(entry => entry.HandoverNumber is null && !Harmless.Contains(entry.Kind)).Select(entry => entry.Organization).Distinct())
        {
            ChangedElsewhere(organization);
        }

        entries.ForEach(updates.Publish);
        return at.Next < size;
    }

    /// <summary>What has been placed since, but for this node's own, and the position behind it. Changes nothing: a reading may run twice.</summary>
    private ((long Log, long Next) At, long Size, List<LedgerEntry> Entries) Read(Connection connection)
    {
        var entries = new List<LedgerEntry>();
        var (newest, size) = Head(connection);
        if (position.Log != newest || position.Next >= size || !updates.AnyoneListens)
        {
            // At the first look what was before is nobody's news.
            return ((newest, size), size, entries);
        }

        var next = position.Next;
        using (var rows = connection.Query(
            """
            SELECT kind, organization, time, bytes, handover, leaf_index FROM ledger
            WHERE log = @log AND leaf_index >= @from ORDER BY leaf_index LIMIT 256
            """,
            ("@log", newest), ("@from", next)))
        {
            while (rows.Read())
            {
                next = rows.GetInt64(5) + 1;
                var entry = new LedgerEntry(rows.GetString(0), rows.Id(1), rows.GetInt64(2), rows.Bytes(3), rows.NumberOrNull(4));
                if (!updates.Own.Has(entry.Bytes))
                {
                    entries.Add(entry);
                }
            }
        }

        return ((newest, next), size, [.. entries.Select(entry => entry.Kind == "entries" ? entry with { Changed = GroupOf(connection, entry) } : entry)]);
    }

    private static (long Number, long Size) Head(Connection connection)
    {
        using var row = connection.Query("SELECT number, size FROM logs ORDER BY number DESC LIMIT 1");
        return row.Read() ? (row.GetInt64(0), row.GetInt64(1)) : (-1, 0);
    }

    /// <summary>The counter as it is now: at least as far as with this entry.</summary>
    private static (Id Group, long Change)? GroupOf(Connection connection, LedgerEntry entry)
    {
        using var json = JsonDocument.Parse(entry.Bytes);
        return Id.TryParse(json.RootElement.GetProperty("group").GetString(), out var group)
            && connection.Scalar("SELECT change FROM groups WHERE id = @group", ("@group", group)) is long change
            ? (group, change)
            : null;
    }

    [LoggerMessage(1, LogLevel.Warning, "What other nodes wrote can't be read now; live updates come later")]
    private partial void Late(Exception exception);
}
