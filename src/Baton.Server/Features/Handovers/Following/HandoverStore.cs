using System.Data.Common;
using System.Text;
using System.Text.Json;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Security;
using Baton.Server.Storage;

namespace Baton.Server.Features.Handovers;

/// <summary>What the organization's members see of their handovers: lists, one with its story, one that just changed.</summary>
internal sealed class HandoverStore(Database database)
{
    private const string Summary =
        """
        SELECT h.handover, h.group_id, h.group_version, h.member, m.name, h.state, h.flags, h.channel, h.language,
            h.created_at, h.changed_at, h.expires_at, h.guesses_left, h.files, d.bytes, h.number, before.handover, after.handover,
            EXISTS (SELECT 1 FROM follow_ups f WHERE f.handover = h.number), p.bytes, h.reports
        FROM handovers h JOIN members m ON m.id = h.member
            LEFT JOIN details d ON d.handover = h.number LEFT JOIN personal p ON p.handover = h.number
            LEFT JOIN reissues made ON made.handover = h.number LEFT JOIN handovers before ON before.number = made.replaces
            LEFT JOIN reissues gone ON gone.replaces = h.number LEFT JOIN handovers after ON after.number = gone.handover
        """;

    /// <summary>Newest first, over all groups whose history the member may see: look-ups in one index, one for each group.</summary>
    public HandoverPage Page(CurrentMember member, long before, int limit) => database.ReadSnapshot(connection =>
    {
        var newest = new List<long>();
        foreach (var (group, _) in member.Rights.Where(pair => pair.Value >= Right.History))
        {
            using var rows = connection.Query(
                "SELECT number FROM handovers WHERE group_id = @group AND number < @before ORDER BY number DESC LIMIT @limit",
                ("@group", group), ("@before", before), ("@limit", limit + 1));
            while (rows.Read())
            {
                newest.Add(rows.GetInt64(0));
            }
        }

        newest.Sort((a, b) => b.CompareTo(a));
        var page = newest.Take(limit).Select(number => ByNumber(connection, number)!).ToList();
        return new HandoverPage(page, newest.Count > limit ? newest[limit - 1].ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
    });

    /// <summary>The handover in that row; null when the member may not see it.</summary>
    public HandoverSummary? Find(CurrentMember member, long number) =>
        database.Read(connection => Seen(member, ByNumber(connection, number)));

    /// <summary>The handover; null when there is none that the member may see.</summary>
    public HandoverSummary? Find(CurrentMember member, Id handover) =>
        database.Read(connection => Seen(member, ById(connection, handover)?.Summary));

    /// <summary>The handover with its ledger entries and receipts; null when there is none that the member may see.</summary>
    public HandoverDetail? FindDetail(CurrentMember member, Id handover) => database.ReadSnapshot(connection =>
        ById(connection, handover) is { } found && Seen(member, found.Summary) is { } summary
            ? new HandoverDetail(summary, Entries(connection, found.Number), Replies(connection, found.Number))
            : null);

    internal static HandoverSummary? Seen(CurrentMember member, HandoverSummary? summary) =>
        summary is not null && member.RightOn(summary.Group) >= Right.History ? summary : null;

    private static HandoverSummary? ByNumber(Connection connection, long number) => Read(connection, Summary + " WHERE h.number = @number", ("@number", number))?.Summary;

    internal static (HandoverSummary Summary, long Number)? ById(Connection connection, Id handover) =>
        Read(connection, Summary + " WHERE h.handover = @handover", ("@handover", handover));

    private static (HandoverSummary Summary, long Number)? Read(Connection connection, string sql, (string Name, object? Value) value)
    {
        HandoverSummary summary;
        long number;
        using (var row = connection.Query(sql, value))
        {
            if (!row.Read())
            {
                return null;
            }

            (summary, number) = (Read(row), row.GetInt64(15));
            if (!row.GetBoolean(18))
            {
                return (summary, number);
            }
        }

        return (summary with { FollowUps = FollowUps(connection, number) }, number);
    }

    private static HandoverSummary Read(DbDataReader row) => new(
        row.Id(0), row.Id(1), (int)row.GetInt64(2), row.Id(3), row.GetString(4), row.GetString(5), (byte)row.GetInt64(6), row.GetString(7), row.GetString(8),
        row.GetInt64(9), row.GetInt64(10), row.GetInt64(11), (int)row.GetInt64(12), (int)row.GetInt64(13), row.BytesOrNull(14), row.BytesOrNull(19),
        row.IdOrNull(16), row.IdOrNull(17), Reports: (int)row.GetInt64(20));

    private static List<FollowedUp> FollowUps(Connection connection, long number)
    {
        var followUps = new List<FollowedUp>();
        using var rows = connection.Query(
            "SELECT f.item, f.step, f.at, m.name FROM follow_ups f JOIN members m ON m.id = f.member WHERE f.handover = @number ORDER BY f.at, f.item, f.step",
            ("@number", number));
        while (rows.Read())
        {
            followUps.Add(new FollowedUp(rows.Bytes(0), rows.GetString(1), rows.GetInt64(2), rows.GetString(3)));
        }

        return followUps;
    }

    private static List<LedgerEntryText> Entries(Connection connection, long number)
    {
        var entries = new List<LedgerEntryText>();
        using var rows = connection.Query("SELECT bytes, observed FROM ledger WHERE handover = @number ORDER BY id", ("@number", number));
        while (rows.Read())
        {
            entries.Add(new LedgerEntryText(
                Encoding.UTF8.GetString(rows.Bytes(0)),
                rows.BytesOrNull(1) is { } observed ? JsonSerializer.Deserialize<Observed>(observed, WireJson.Of<Observed>()) : null));
        }

        return entries;
    }

    internal static List<HandoverReply> Replies(Connection connection, long number)
    {
        var replies = new List<HandoverReply>();
        using var rows = connection.Query("SELECT seq, statement, reply FROM replies WHERE handover = @number ORDER BY seq", ("@number", number));
        while (rows.Read())
        {
            // A purged reply is there without its bytes.
            replies.Add(new HandoverReply((int)rows.GetInt64(0), rows.GetString(1), rows.Bytes(2) is { Length: > 0 } reply ? reply : null));
        }

        return replies;
    }
}
