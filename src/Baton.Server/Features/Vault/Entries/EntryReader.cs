using System.Data.Common;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Storage;

namespace Baton.Server.Features.Vault;

/// <summary>Entries as they are, in the order of their last change, and as they were.</summary>
internal sealed class EntryReader(Database database)
{
    /// <summary>A look-up in one index, however many entries a group has.</summary>
    public const string After =
        """
        SELECT entry, change, revision, version, sealed, changed_at, changed_by, binned_at, purged
        FROM entries WHERE group_id = @group AND change > @after ORDER BY change LIMIT @limit
        """;

    /// <summary>What changed after that counter; look-ups in one index. Null when the group is deleted.</summary>
    public EntryPage? Page(Id group, long after, int limit) => database.ReadSnapshot(connection =>
    {
        if (connection.Scalar("SELECT 1 FROM groups WHERE id = @group AND state <> 'deleted'", ("@group", group)) is null)
        {
            return null;
        }

        using var rows = connection.Query(
            After,
            ("@group", group), ("@after", after), ("@limit", limit + 1));
        var entries = new List<EntryState>();
        var bytes = 0;
        while (rows.Read())
        {
            if (entries.Count == limit || bytes >= VaultRules.PageBytes)
            {
                return new EntryPage(entries, More: true);
            }

            var entry = new EntryState(
                rows.Id(0), group, rows.GetInt64(1), rows.GetInt64(2), (int)rows.GetInt64(3), rows.BytesOrNull(4), rows.GetInt64(5), rows.Id(6),
                rows.NumberOrNull(7), rows.GetBoolean(8));
            bytes += entry.Sealed?.Length ?? 0;
            entries.Add(entry);
        }

        return new EntryPage(entries, More: false);
    });

    /// <summary>The group of an entry that can be read; null when there is none, or no more.</summary>
    public Id? GroupOf(Id entry) => database.Read(connection => connection.Scalar(
        "SELECT e.group_id FROM entries e JOIN groups g ON g.id = e.group_id WHERE e.entry = @entry AND e.purged = FALSE AND g.state <> 'deleted'",
        ("@entry", entry)) is byte[] group ? new Id(group) : (Id?)null);

    /// <summary>The revisions before that one, newest first, the current one among them.</summary>
    public EntryRevisions Revisions(Id entry, long before) => database.ReadSnapshot(connection =>
    {
        var revisions = new List<EntryRevision>();
        var bytes = 0;
        using (var row = connection.Query(
            "SELECT revision, version, sealed, changed_at, changed_by FROM entries WHERE entry = @entry AND revision < @before AND purged = FALSE",
            ("@entry", entry), ("@before", before)))
        {
            Add(row);
        }

        using var rows = connection.Query(
            """
            SELECT revision, version, sealed, changed_at, changed_by FROM entry_revisions
            WHERE entry = @entry AND revision < @before ORDER BY revision DESC
            """,
            ("@entry", entry), ("@before", before));
        Add(rows);
        return new EntryRevisions(revisions);

        void Add(DbDataReader read)
        {
            while (bytes < VaultRules.PageBytes && read.Read())
            {
                revisions.Add(new EntryRevision(read.GetInt64(0), (int)read.GetInt64(1), read.Bytes(2), read.GetInt64(3), read.Id(4)));
                bytes += revisions[^1].Sealed.Length;
            }
        }
    });
}
