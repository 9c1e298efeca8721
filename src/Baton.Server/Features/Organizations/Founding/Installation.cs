using System.Security.Cryptography;
using Baton.Server.Features.History;
using Baton.Server.Security;
using Baton.Server.Storage;

namespace Baton.Server.Features.Organizations;

/// <summary>The keys beside a database are those it was begun with. Otherwise checkpoints would change their signer unnoticed.</summary>
internal sealed class Installation(Database database, Ledger ledger, ServerKey server, LedgerKey key)
{
    /// <exception cref="RefusedToStartException">A key file belongs to another installation, or was made anew.</exception>
    public async Task Check()
    {
        var kept = database.Read(connection =>
        {
            using var row = connection.Query("SELECT ledger_key, server_key_hash FROM installation WHERE id = 1");
            return row.Read() ? (Ledger: row.GetString(0), Server: row.Bytes(1)) : default;
        });

        if (kept.Ledger is null)
        {
            var first = await ledger.Housekeeping(transaction => transaction.Execute(
                "INSERT INTO installation (id, ledger_key, server_key_hash) VALUES (1, @ledger, @server) ON CONFLICT DO NOTHING",
                ("@ledger", key.VerifyingKey), ("@server", server.Hash())));
            if (first == 0)
            {
                // Another node began it just now: with these keys, or not.
                await Check();
            }

            return;
        }

        if (kept.Ledger != key.VerifyingKey)
        {
            throw Wrong(LedgerKey.FileName);
        }

        if (!CryptographicOperations.FixedTimeEquals(kept.Server, server.Hash()))
        {
            throw Wrong(ServerKey.FileName);
        }
    }

    private static RefusedToStartException Wrong(string file) =>
        new($"{file} is not the one this database was begun with.", $"Put the {file} of this installation back into the data directory.");
}
