using System.Data.Common;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Storage;

namespace Baton.Server.Features.Vault;

/// <summary>The one row of an entry, changed; null when it is not what the change was made from.</summary>
internal static class EntryRows
{
    private const string Columns = " RETURNING group_id, revision, version, changed_at, changed_by, binned_at, purged";

    /// <summary>A new revision; what was the newest is kept beside. Out of the bin with it: somebody is using it.</summary>
    public static EntryState? Save(LedgerTransaction transaction, Id member, EntryChange change, long number, long now)
    {
        if (change.Base == 0)
        {
            return One(transaction.Query, change.Entry, number,
                """
                INSERT INTO entries (entry, group_id, change, revision, version, sealed, changed_at, changed_by, purged)
                VALUES (@entry, @group, @number, 1, @version, @sealed, @now, @member, FALSE) ON CONFLICT DO NOTHING
                """ + Columns,
                ("@entry", change.Entry), ("@group", change.Group), ("@number", number), ("@version", change.Version), ("@sealed", change.Sealed),
                ("@now", now), ("@member", member));
        }

        transaction.Execute(
            """
            INSERT INTO entry_revisions (entry, revision, version, sealed, changed_at, changed_by)
            SELECT entry, revision, version, sealed, changed_at, changed_by FROM entries WHERE entry = @entry AND revision = @base AND purged = FALSE
            """,
            ("@entry", change.Entry), ("@base", change.Base));
        return One(transaction.Query, change.Entry, number,
            """
            UPDATE entries SET change = @number, revision = revision + 1, version = @version, sealed = @sealed, changed_at = @now, changed_by = @member, binned_at = NULL
            WHERE entry = @entry AND revision = @base AND purged = FALSE
            """ + Columns,
            ("@entry", change.Entry), ("@base", change.Base), ("@number", number), ("@version", change.Version), ("@sealed", change.Sealed),
            ("@now", now), ("@member", member));
    }

    /// <summary>Into the bin, or out of it; who binned it first set its time.</summary>
    public static EntryState? Bin(LedgerTransaction transaction, Id entry, long? at, long number) => One(transaction.Query, entry, number,
        """
        UPDATE entries SET change = @number, binned_at = CASE WHEN CAST(@at AS BIGINT) IS NULL THEN NULL ELSE coalesce(binned_at, @at) END
        WHERE entry = @entry AND purged = FALSE
        """ + Columns,
        ("@entry", entry), ("@at", at), ("@number", number));

    /// <summary>
    /// The bytes of the entry and of its revisions go; id and last revision stay. Attachments that nothing refers to any more are
    /// left to be destroyed behind.
    /// </summary>
    /// <param name="bytes">Less what was destroyed.</param>
    public static EntryState? Purge(LedgerTransaction transaction, Id entry, long number, ref long bytes)
    {
        bytes -= Bytes(transaction.Scalar, entry);
        transaction.Execute("DELETE FROM entry_revisions WHERE entry = @entry", ("@entry", entry));
        transaction.Execute(FileReferences.LoosenAll, ("@entry", entry));
        transaction.Execute("DELETE FROM entry_files WHERE entry = @entry", ("@entry", entry));
        return One(transaction.Query, entry, number,
            "UPDATE entries SET change = @number, sealed = NULL, purged = TRUE WHERE entry = @entry AND purged = FALSE" + Columns,
            ("@entry", entry), ("@number", number));
    }

    internal delegate object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> values);

    /// <summary>Sealed bytes of an entry and its revisions.</summary>
    public static long Bytes(Scalar ask, Id entry) => (long)ask(
        """
        SELECT coalesce((SELECT length(sealed) FROM entries WHERE entry = @entry), 0)
            + coalesce((SELECT sum(length(sealed)) FROM entry_revisions WHERE entry = @entry), 0)
        """,
        ("@entry", entry))!;

    private static EntryState? One(Ask ask, Id entry, long number, string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var row = ask(sql, values);
        return row.Read() ? Read(row, entry, number) : null;
    }

    private static EntryState Read(DbDataReader row, Id entry, long number) => new(
        entry, row.Id(0), number, row.GetInt64(1), (int)row.GetInt64(2), Sealed: null, row.GetInt64(3), row.Id(4), row.NumberOrNull(5), row.GetBoolean(6));
}
