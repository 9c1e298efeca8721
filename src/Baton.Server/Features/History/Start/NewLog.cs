using Baton.Protocol;
using Baton.Protocol.Ledger;
using Baton.Server.Security;
using Baton.Server.Storage;

namespace Baton.Server.Features.History;

/// <summary>
/// Ends the newest log at its last signed checkpoint and begins the next, with a new key: what was not signed leaves the old log, and the
/// first entry of the new one quotes that checkpoint and says why. spec/ledger.md §6.
/// </summary>
internal sealed class NewLog(Database database, Ledger ledger, Shares shares, TimeProvider clock)
{
    /// <summary>How the chain goes on.</summary>
    /// <param name="Ended">The log that ended; null when it had no signed entry and the new one stands in its place.</param>
    public sealed record Succession(LogRow? Ended, string Origin, string Key);

    /// <summary>The new key must be on disk already, as the next one: <see cref="LedgerKey.Next"/>.</summary>
    /// <param name="make">Makes the next key under the name given.</param>
    public async Task<Succession> Begin(string reason, Func<string, LedgerKey> make)
    {
        if (database.Read(connection => LogRow.Chain(connection.Query)) is not [.., var last] chain)
        {
            throw new RefusedToStartException("This database has no log yet.", "Start the server: nothing is there to recover.");
        }

        var ended = last.Noted > 0 ? database.ReadSnapshot(connection => AtLastCheckpoint(connection, last)) : null;
        var number = ended is null ? last.Number : ended.Number + 1;
        using var key = make(number == 0 ? chain[0].Origin : $"{chain[0].Origin}/{number + 1}");
        if (shares.FindHead(last.Origin) is { } known && known.Size > (ended?.Size ?? 0))
        {
            reason += $" [the share store knew {known.Size} entries of {known.Origin}, root {Protocol.Encoding.Base64Url.Encode(known.Root)}]";
        }

        // Whatever stands in the share store under the new name is of a log that nobody has seen.
        await shares.ReplaceHead(new Checkpoint(key.Name, 0, MerkleTree.Empty));
        await ledger.Write(transaction =>
        {
            if (ended is not null)
            {
                transaction.Execute("UPDATE logs SET size = @size, root = @root WHERE number = @number", ("@size", ended.Size), ("@root", ended.Root), ("@number", ended.Number));
            }

            transaction.Execute(
                "UPDATE ledger SET log = NULL, leaf_index = NULL WHERE log = @log AND leaf_index >= @size", ("@log", last.Number), ("@size", ended?.Size ?? 0));
            transaction.Execute("DELETE FROM tiles WHERE log = @log", ("@log", number));
            transaction.Execute("DELETE FROM logs WHERE number = @number", ("@number", number));
            transaction.Execute(
                "INSERT INTO logs (number, origin, verifying_key, size, root, noted, note) VALUES (@number, @origin, @key, 0, @root, -1, '')",
                ("@number", number), ("@origin", key.Name), ("@key", key.VerifyingKey), ("@root", MerkleTree.Empty));
            // Sessions that had ended after the copy was made live in it: everybody signs in anew.
            transaction.Execute("DELETE FROM sessions");
            transaction.Execute("UPDATE installation SET ledger_key = @key", ("@key", key.VerifyingKey));
            return transaction.Record(0, Opening(key.Name, Previous(number == 0 ? null : ended ?? chain[number - 1]), reason));
        });
        return new Succession(ended, key.Name, key.VerifyingKey);
    }

    /// <summary>What was signed of it. Where the checkpoint itself was changed, what it was signed for: then nothing proves it any more.</summary>
    private static LogRow AtLastCheckpoint(Connection connection, LogRow log) => SignedNote.TryParse(log.Note, out var note) && Checkpoint.TryParse(note, out var checkpoint)
        ? log with { Size = checkpoint.Size, Root = checkpoint.Root }
        : log with { Size = log.Noted, Root = new LogCheck(connection.Query, log).RootOf(log.Noted) ?? log.Root };

    private static string Previous(LogRow? log) => log is not null && SignedNote.TryParse(log.Note, out _) ? log.Note : "";

    private LedgerEntry Opening(string origin, string previous, string reason) => LedgerEntry.Of(
        "log", new Id(new byte[Id.Size]), clock.GetUtcNow().ToUnixTimeMilliseconds(), Actor.Server, (origin, previous, reason), static (json, log) =>
        {
            json.WriteString("origin"u8, log.origin);
            json.WriteString("previous"u8, log.previous);
            json.WriteString("reason"u8, log.reason);
        });
}
