using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Storage;

namespace Baton.Server.Features.Vault;

/// <summary>
/// What time and deletion leave to do, in pieces that let other writes through: entries 30 days in the bin, everything in deleted groups, files
/// that nothing refers to. Each step may be repeated, and whatever a crash leaves undone is found again. spec/vault.md §3 and §4.
/// </summary>
internal sealed class Destruction(Database database, Ledger ledger, BatonOptions settings)
{
    private const int Together = 100;

    /// <summary>Chunks of a file deleted in one write: about a megabyte, overwritten with zeros.</summary>
    private const int ChunksAtOnce = 16;

    /// <summary>Entries that have been in the bin for 30 days.</summary>
    public async Task PurgeBinned(long now)
    {
        while (Binned(now - VaultRules.BinLife) is { Count: > 0 } binned)
        {
            foreach (var organization in binned.GroupBy(one => one.Organization))
            {
                await ledger.Write(transaction => Purge(transaction, organization.Key, [.. organization], now));
            }
        }
    }

    /// <summary>Everything in groups that were deleted: who may read them has been nobody since.</summary>
    public async Task EmptyDeleted()
    {
        while (Deleted() is { } deleted)
        {
            while (Kept(deleted.Group) is { Count: > 0 } entries)
            {
                await ledger.Housekeeping(transaction => Empty(transaction, deleted.Organization, entries));
            }

            await ledger.Housekeeping(transaction => transaction.Execute("UPDATE groups SET emptied = TRUE WHERE id = @group", ("@group", deleted.Group)));
        }
    }

    /// <summary>Attachments that nothing refers to: drafts a day after their upload, others since the last entry was purged.</summary>
    public async Task DestroyLoose(long now)
    {
        foreach (var (file, organization, shape) in Loose(now - VaultRules.LooseLife))
        {
            // From here on no entry can refer to it.
            if (await ledger.Housekeeping(transaction => transaction.Execute(
                "UPDATE attachments SET loose_since = 0 WHERE file = @file AND loose_since <= @until",
                ("@file", file), ("@until", now - VaultRules.LooseLife))) == 0)
            {
                continue;
            }

            for (var chunk = 0; chunk < shape.Chunks; chunk += ChunksAtOnce)
            {
                var from = chunk;
                await ledger.Housekeeping(transaction => transaction.Execute(
                    "DELETE FROM attachment_chunks WHERE file = @file AND chunk >= @from AND chunk < @to", ("@file", file), ("@from", from), ("@to", from + ChunksAtOnce)));
            }

            await ledger.Housekeeping(transaction =>
                transaction.Execute("DELETE FROM attachments WHERE file = @file", ("@file", file)) == 1
                && VaultBytes.Add(transaction.Execute, organization, -shape.Size, settings));
        }
    }

    private static Recorded<int> Purge(LedgerTransaction transaction, Id organization, List<(Id Entry, Id Group, Id Organization)> binned, long now)
    {
        var purged = new List<(EntryChange, EntryState, byte[]?)>();
        var bytes = 0L;
        foreach (var (entry, group, _) in binned)
        {
            // Restored or purged since it was looked up: then this is no business of the sweep.
            if (transaction.Scalar(
                "SELECT revision FROM entries WHERE entry = @entry AND purged = FALSE AND binned_at <= @until",
                ("@entry", entry), ("@until", now - VaultRules.BinLife)) is not long revision)
            {
                continue;
            }

            var number = (long)transaction.Scalar("UPDATE groups SET change = change + 1 WHERE id = @group RETURNING change", ("@group", group))!;
            purged.Add((new EntryChange("purge", group, entry, revision), EntryRows.Purge(transaction, entry, number, ref bytes)!, null));
        }

        if (purged.Count == 0)
        {
            return transaction.Nothing(0);
        }

        transaction.Execute("UPDATE organizations SET vault_bytes = vault_bytes + @bytes WHERE id = @organization", ("@organization", organization), ("@bytes", bytes));
        var entries = EntryLedger.Of(organization, Actor.Server, purged, now);
        return transaction.Record(purged.Count, entries[0], entries.AsSpan(1));
    }

    private bool Empty(HousekeepingTransaction transaction, Id organization, List<Id> entries)
    {
        var bytes = 0L;
        foreach (var entry in entries)
        {
            bytes += EntryRows.Bytes(transaction.Scalar, entry);
            transaction.Execute("DELETE FROM entry_revisions WHERE entry = @entry", ("@entry", entry));
            transaction.Execute(FileReferences.LoosenAll, ("@entry", entry));
            transaction.Execute("DELETE FROM entry_files WHERE entry = @entry", ("@entry", entry));
            transaction.Execute("UPDATE entries SET sealed = NULL, purged = TRUE WHERE entry = @entry", ("@entry", entry));
        }

        return VaultBytes.Add(transaction.Execute, organization, -bytes, settings);
    }

    private List<(Id Entry, Id Group, Id Organization)> Binned(long until) => database.Read(connection =>
    {
        var binned = new List<(Id, Id, Id)>();
        using var rows = connection.Query(
            """
            SELECT e.entry, e.group_id, g.organization FROM entries e JOIN groups g ON g.id = e.group_id
            WHERE e.binned_at <= @until AND e.purged = FALSE AND g.state <> 'deleted' ORDER BY e.binned_at LIMIT 100
            """,
            ("@until", until));
        while (rows.Read())
        {
            binned.Add((rows.Id(0), rows.Id(1), rows.Id(2)));
        }

        return binned;
    });

    private (Id Group, Id Organization)? Deleted() => database.Read(connection =>
    {
        using var row = connection.Query("SELECT id, organization FROM groups WHERE emptied = FALSE LIMIT 1");
        return row.Read() ? (row.Id(0), row.Id(1)) : ((Id, Id)?)null;
    });

    private List<Id> Kept(Id group) => database.Read(connection =>
    {
        var entries = new List<Id>(Together);
        using var rows = connection.Query("SELECT entry FROM entries WHERE group_id = @group AND purged = FALSE LIMIT 100", ("@group", group));
        while (rows.Read())
        {
            entries.Add(rows.Id(0));
        }

        return entries;
    });

    private List<(Id File, Id Organization, FileShape Shape)> Loose(long until) => database.Read(connection =>
    {
        var files = new List<(Id, Id, FileShape)>();
        using var rows = connection.Query("SELECT file, organization, size FROM attachments WHERE loose_since <= @until", ("@until", until));
        while (rows.Read())
        {
            files.Add((rows.Id(0), rows.Id(1), new FileShape(rows.GetInt64(2))));
        }

        return files;
    });
}
