using System.Globalization;
using System.Text;
using System.Text.Json;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Storage;

namespace Baton.Server.Features.Audit;

/// <param name="Kinds">Null: all.</param>
/// <param name="Member">Who did it, or whom it was done to.</param>
/// <param name="Since">Unix milliseconds, inclusive, as <paramref name="Until"/> is.</param>
internal sealed record EntryFilter(string[]? Kinds, Id? Member, Id? Handover, long Since, long Until);

/// <summary>
/// The entries of an organization, newest first. A page looks at so many rows and no more, whatever it is narrowed by: it may hold fewer
/// entries than asked for, and the next one goes on where it stopped.
/// </summary>
internal sealed class EntryList(Database database)
{
    private const int LookedAt = 20_000;

    /// <summary>Entries stand in the order of their commits; their times were taken a little earlier, and a clock may be set.</summary>
    private const long Disorder = 3_600_000;

    /// <summary>The members of entries that name one.</summary>
    private static readonly string[] Naming = ["member", "account", "to"];

    /// <param name="before">Number of a row: entries before it.</param>
    public LedgerPage Page(Id organization, EntryFilter filter, long before, int limit) => database.ReadSnapshot(connection =>
    {
        long? handover = null;
        if (filter.Handover is { } wanted)
        {
            handover = connection.Scalar("SELECT number FROM handovers WHERE handover = @handover AND organization = @organization",
                ("@handover", wanted), ("@organization", organization)) as long?;
            if (handover is null)
            {
                return new LedgerPage([], null);
            }
        }

        var entries = new List<AuditEntry>();
        var (looked, last, texts) = (0, 0L, TextsOf(filter.Member));
        using var rows = connection.Query(
            $"""
            SELECT id, kind, time, bytes, observed, log, leaf_index FROM ledger
            WHERE organization = @organization AND id < @before {(handover is null ? "" : "AND handover = @number")} ORDER BY id DESC LIMIT @limit
            """,
            [("@organization", organization), ("@before", Math.Min(before, After(connection, filter.Until))), ("@limit", LookedAt), .. Of(handover)]);
        while (entries.Count < limit && rows.Read())
        {
            looked++;
            (last, var time) = (rows.GetInt64(0), rows.GetInt64(2));
            if (time < filter.Since - Disorder)
            {
                return new LedgerPage(entries, null);
            }

            if (time >= filter.Since && time <= filter.Until && filter.Kinds?.Contains(rows.GetString(1), StringComparer.Ordinal) != false && Names(rows.Bytes(3), texts))
            {
                entries.Add(new AuditEntry(
                    Encoding.UTF8.GetString(rows.Bytes(3)),
                    rows.BytesOrNull(4) is { } observed ? JsonSerializer.Deserialize<Observed>(observed, WireJson.Of<Observed>()) : null,
                    (int?)rows.NumberOrNull(5), rows.NumberOrNull(6)));
            }
        }

        return new LedgerPage(entries, entries.Count == limit || looked == LookedAt ? last.ToString(CultureInfo.InvariantCulture) : null);
    });

    /// <summary>A value that its statement does not name is refused by PostgreSQL.</summary>
    private static (string Name, object? Value)[] Of(long? handover) => handover is null ? [] : [("@number", handover)];

    /// <summary>Ids and times rise together, but for a little: halving finds a row behind everything of that time, without an index of its own.</summary>
    private static long After(Connection connection, long time)
    {
        if (time > long.MaxValue - Disorder || connection.Scalar("SELECT max(id) FROM ledger") is not long newest)
        {
            return long.MaxValue;
        }

        var (from, to) = (0L, newest + 1);
        while (from < to)
        {
            var middle = from + ((to - from) / 2);
            using var row = connection.Query("SELECT time FROM ledger WHERE id >= @id ORDER BY id LIMIT 1", ("@id", middle));
            (from, to) = row.Read() && row.GetInt64(0) <= time + Disorder ? (middle + 1, to) : (from, middle);
        }

        return from;
    }

    /// <summary>As it stands in the entries that name the member; inside a string of an entry the quotes would be escaped.</summary>
    private static byte[][] TextsOf(Id? member) =>
        member is { } id ? [.. Naming.Select(name => Encoding.UTF8.GetBytes($"\"{name}\":\"{id}\""))] : [];

    private static bool Names(byte[] entry, byte[][] texts) => texts.Length == 0 || texts.Any(text => entry.AsSpan().IndexOf(text) >= 0);
}
