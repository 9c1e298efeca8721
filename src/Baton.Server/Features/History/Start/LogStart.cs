using Baton.Protocol.Ledger;
using Baton.Server.Security;
using Baton.Server.Storage;

namespace Baton.Server.Features.History;

/// <summary>
/// Before anything listens: begins the first log, and refuses a main database that is older than the share store, another, or changed in its
/// newest part. spec/ledger.md §6.
/// </summary>
internal sealed class LogStart(Database database, Ledger ledger, Shares shares, LedgerKey key)
{
    /// <summary>Entries read before the start; the others are read behind it.</summary>
    public const int Newest = 1000;

    private const string Recover =
        "Put back the newest copy there is, with its share store if that was kept. If this is the newest: baton-server recover --reason TEXT ends this log and begins a new one.";

    /// <exception cref="RefusedToStartException">The database was put back from a copy, or changed.</exception>
    public async Task Check()
    {
        if (database.Read(connection => LogRow.Chain(connection.Query)) is not [.., var log])
        {
            log = new LogRow(0, key.Name, key.VerifyingKey, 0, MerkleTree.Empty, -1, "");

            // First beside it, then here: a log that stands here without a head there was never beside that store.
            await shares.KeepHead(log.Head);
            await ledger.Housekeeping(transaction => transaction.Execute(
                "INSERT INTO logs (number, origin, verifying_key, size, root, noted, note) VALUES (0, @origin, @key, 0, @root, -1, '')",
                ("@origin", log.Origin), ("@key", log.Key), ("@root", log.Root)));
        }

        log = CompareHeads(log);
        if (database.ReadSnapshot(connection => Damaged(new LogCheck(connection.Query, log), log)) is { } damage)
        {
            throw new RefusedToStartException(
                $"The database was changed: {damage}.",
                "See what else: baton-server ledger check. Put that row back from a backup; or baton-server recover --reason TEXT ends this log and begins a new one.");
        }
    }

    /// <summary>The share store's head first, then the log: another node may move both meanwhile, and the log is never behind.</summary>
    private LogRow CompareHeads(LogRow log)
    {
        var head = shares.FindHead(log.Origin);
        log = database.Read(connection => LogRow.Newest(connection.Query));
        if (head is not { } kept)
        {
            throw new RefusedToStartException($"The share store knows nothing of {log.Origin}: this database is a restored backup, or the share store was lost.", Recover);
        }

        if (kept.Size > log.Size)
        {
            throw new RefusedToStartException(
                $"The database is older than the share store ({log.Size} entries of {log.Origin}, not {kept.Size}): it was put back from a copy.", Recover);
        }
        else if (!database.ReadSnapshot(connection => new LogCheck(connection.Query, log).RootOf(kept.Size).AsSpan().SequenceEqual(kept.Root)))
        {
            throw new RefusedToStartException(
                $"The database does not lead to the head of {log.Origin} that the share store knows ({kept.Size} entries): it was put back from a copy, or changed.", Recover);
        }

        return log;
    }

    private static Damage? Damaged(LogCheck check, LogRow log)
    {
        if (check.Head().FirstOrDefault() is { } damage)
        {
            return damage;
        }

        for (var tile = Math.Max(0, log.Size - Newest) / Tiles.Width; tile < check.Count; tile++)
        {
            if (check.Under(tile).FirstOrDefault() is { } changed)
            {
                return changed;
            }
        }

        return null;
    }
}
