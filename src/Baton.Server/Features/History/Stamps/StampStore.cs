using Baton.Protocol.Wire;
using Baton.Server.Storage;

namespace Baton.Server.Features.History;

/// <summary>A checkpoint as it is stamped: its exact note.</summary>
internal sealed record StampedCheckpoint(int Log, long Size, string Note);

/// <summary>A stamp whose authority's certificate ends.</summary>
internal sealed record EndingStamp(long Id, long Stamped, string Note, byte[] Token, long CertificateEnds);

/// <summary>The SQL of stamps. spec/ledger.md §9.</summary>
internal sealed class StampStore(Database database, Ledger ledger, Lead lead)
{
    /// <summary>Whether it is for this node to ask authorities of itself.</summary>
    public bool IsOurs => lead.IsHeld;

    /// <summary>The newest checkpoint; null before the first, and when this authority has stamped it.</summary>
    public StampedCheckpoint? NotYetStampedBy(string authority) => database.ReadSnapshot(connection =>
    {
        using (var row = connection.Query(
            """
            SELECT l.number, l.noted, COALESCE(s.note, l.note), l.number = (SELECT max(number) FROM logs) FROM logs l LEFT JOIN stamped s ON s.log = l.number AND s.size = l.noted
            WHERE l.noted > 0 AND NOT EXISTS (SELECT 1 FROM stamps t WHERE t.stamped = s.id AND t.authority = @authority AND t.renews IS NULL)
            ORDER BY l.number DESC LIMIT 1
            """,
            ("@authority", authority)))
        {
            return row.Read() && row.GetBoolean(3)
                ? new StampedCheckpoint((int)row.GetInt64(0), row.GetInt64(1), row.GetString(2))
                : null;
        }
    });

    /// <summary>Keeps a stamp. False when the checkpoint was stamped with another note meanwhile: the token is over nothing that is kept.</summary>
    public Task<bool> Keep(StampedCheckpoint checkpoint, string authority, Stamping got, long now) => ledger.Housekeeping(transaction =>
    {
        transaction.Execute(
            "INSERT INTO stamped (log, size, note) VALUES (@log, @size, @note) ON CONFLICT DO NOTHING",
            ("@log", checkpoint.Log), ("@size", checkpoint.Size), ("@note", checkpoint.Note));
        return transaction.Scalar(
            "SELECT id FROM stamped WHERE log = @log AND size = @size AND note = @note",
            ("@log", checkpoint.Log), ("@size", checkpoint.Size), ("@note", checkpoint.Note)) is long stamped
            && Insert(transaction, stamped, authority, got, renews: null, now);
    });

    /// <summary>Keeps a renewal, once for each stamp.</summary>
    public Task<bool> KeepRenewal(EndingStamp of, string authority, Stamping got, long now) => ledger.Housekeeping(transaction =>
        transaction.Scalar("SELECT 1 FROM stamps WHERE renews = @id", ("@id", of.Id)) is null && Insert(transaction, of.Stamped, authority, got, of.Id, now));

    /// <summary>The newest stamp that this authority gave, or what renewed it last, when its certificate ends before that time.</summary>
    public EndingStamp? Ending(string authority, long before) => database.ReadSnapshot(connection =>
    {
        EndingStamp? newest = null;
        (string Text, (string, object?) Value) which = ("t.authority = @authority AND t.renews IS NULL", ("@authority", authority));
        while (true)
        {
            using var row = connection.Query(
                $"""
                SELECT t.id, t.stamped, s.note, t.token, t.certificate_ends FROM stamps t JOIN stamped s ON s.id = t.stamped
                WHERE {which.Text} ORDER BY t.id DESC LIMIT 1
                """,
                which.Value);
            if (!row.Read())
            {
                return newest is not null && newest.CertificateEnds <= before ? newest : null;
            }

            newest = new EndingStamp(row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.Bytes(3), row.GetInt64(4));
            which = ("t.renews = @id", ("@id", newest.Id));
        }
    });

    /// <summary>When this authority gave its last token.</summary>
    public long? LastOf(string authority) => database.Read(connection =>
        connection.Scalar("SELECT kept_at FROM stamps WHERE authority = @authority ORDER BY id DESC LIMIT 1", ("@authority", authority)) as long?);

    /// <summary>Newest first.</summary>
    public IReadOnlyList<StampSummary> Newest(int limit) => database.Read(connection =>
    {
        var newest = new List<StampSummary>();
        using var rows = connection.Query(
            """
            SELECT s.log, s.size, t.authority, t.time, t.certificate_ends, t.renews IS NOT NULL FROM stamps t JOIN stamped s ON s.id = t.stamped
            ORDER BY t.id DESC LIMIT @limit
            """,
            ("@limit", limit));
        while (rows.Read())
        {
            newest.Add(new StampSummary((int)rows.GetInt64(0), rows.GetInt64(1), rows.GetString(2), rows.GetInt64(3), rows.GetInt64(4), rows.GetBoolean(5)));
        }

        return newest;
    });

    private static bool Insert(HousekeepingTransaction transaction, long stamped, string authority, Stamping got, long? renews, long now) =>
        transaction.Execute(
            """
            INSERT INTO stamps (stamped, authority, token, renews, time, certificate_ends, kept_at)
            VALUES (@stamped, @authority, @token, @renews, @time, @ends, @now)
            """,
            ("@stamped", stamped), ("@authority", authority), ("@token", got.Token), ("@renews", renews), ("@time", got.Stamp!.Time),
            ("@ends", got.Stamp.CertificateEnds), ("@now", now)) == 1;
}
