using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Security;
using Baton.Server.Storage;

namespace Baton.Server.Features.Sessions;

/// <summary>The SQL of a member's own account.</summary>
internal sealed class AccountStore(Database database, Ledger ledger, TimeProvider clock)
{
    /// <summary>The new password, and every other session ended. False when the password was changed meanwhile.</summary>
    public Task<bool> ChangePassword(CurrentMember member, Account account, ChangePassword request)
    {
        var auth = Verifier.Of(request.NewAuthKey);
        var now = Now();
        return ledger.Write(transaction =>
        {
            if (transaction.Execute(
                """
                UPDATE members SET kdf_salt = @salt, kdf_memory = @memory, kdf_passes = @passes, kdf_lanes = @lanes,
                    auth_salt = @auth_salt, auth_hash = @auth_hash, key_blob = @key_blob
                WHERE id = @member AND state = 'active' AND auth_hash = @old
                """,
                ("@salt", request.Parameters.Salt), ("@memory", request.Parameters.MemoryKiB), ("@passes", request.Parameters.Passes),
                ("@lanes", request.Parameters.Lanes), ("@auth_salt", auth.Salt), ("@auth_hash", auth.Hash), ("@key_blob", request.KeyBlob),
                ("@member", member.Member), ("@old", account.Auth.Hash)) == 0)
            {
                return transaction.Nothing(false);
            }

            transaction.Execute(
                "DELETE FROM sessions WHERE member = @member AND id <> @session", ("@member", member.Member), ("@session", member.Session));
            return transaction.Record(true, Entry("password-changed", member, now));
        });
    }

    /// <summary>The old recovery key is void from now on. False when password or recovery key was changed meanwhile.</summary>
    public Task<bool> ChangeRecoveryKey(CurrentMember member, Account account, ChangeRecoveryKey request)
    {
        var recovery = Verifier.Of(request.RecoveryAuth);
        var now = Now();
        return ledger.Write(transaction => transaction.Execute(
            """
            UPDATE members SET recovery_salt = @salt, recovery_hash = @hash, recovery_blob = @blob
            WHERE id = @member AND state = 'active' AND auth_hash = @auth AND recovery_hash = @old
            """,
            ("@salt", recovery.Salt), ("@hash", recovery.Hash), ("@blob", request.RecoveryBlob), ("@member", member.Member),
            ("@auth", account.Auth.Hash), ("@old", account.Recovery.Hash)) == 0
            ? transaction.Nothing(false)
            : transaction.Record(true, Entry("recovery-key-changed", member, now)));
    }

    /// <summary>The name stands in no entry: it can be corrected without leaving the old one behind.</summary>
    public Task<bool> Rename(CurrentMember member, string name)
    {
        var now = Now();
        return ledger.Write(transaction =>
        {
            if (transaction.Execute(
                "UPDATE members SET name = @name WHERE id = @member AND state = 'active'", ("@name", name), ("@member", member.Member)) == 0)
            {
                return transaction.Nothing(false);
            }

            transaction.Affects(member.Member);
            return transaction.Record(true, Entry("member-renamed", member, now));
        });
    }

    /// <summary>Latest use first, as written down.</summary>
    public IReadOnlyList<LiveSession> SessionsOf(CurrentMember member) => database.Read(connection =>
    {
        var sessions = new List<LiveSession>();
        using var rows = connection.Query(
            "SELECT id, created_at, used_at, address, user_agent FROM sessions WHERE member = @member ORDER BY used_at DESC, created_at DESC",
            ("@member", member.Member));
        while (rows.Read())
        {
            sessions.Add(new LiveSession(
                rows.Id(0), rows.GetInt64(1), rows.GetInt64(2), rows.TextOrNull(3), rows.TextOrNull(4), Current: rows.Id(0) == member.Session));
        }

        return sessions;
    });

    /// <summary>Ends one session of the member; false when it has none such.</summary>
    public Task<bool> Revoke(CurrentMember member, Id session)
    {
        var now = Now();
        return ledger.Write(transaction =>
            transaction.Execute("DELETE FROM sessions WHERE id = @session AND member = @member", ("@session", session), ("@member", member.Member)) == 0
                ? transaction.Nothing(false)
                : transaction.Record(true, LedgerEntry.Of(
                    "session-revoked", member.Organization, now, Actor.Of(member.Member), session, static (json, session) => json.WriteId("session"u8, session))));
    }

    private static LedgerEntry Entry(string kind, CurrentMember member, long now) => LedgerEntry.Of(kind, member.Organization, now, Actor.Of(member.Member));

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
