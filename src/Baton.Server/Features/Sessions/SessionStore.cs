using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Security;
using Baton.Server.Storage;

namespace Baton.Server.Features.Sessions;

/// <summary>A member as sign-in needs it.</summary>
/// <param name="MayEnter">Active, or waiting for approval. A suspended member's password is as wrong as any other.</param>
internal sealed record Account(
    Id Member, Id Organization, bool MayEnter, KdfParameters Parameters, Verifier Auth, Verifier Recovery, byte[] RecoveryBlob);

/// <summary>A session about to be opened: what its cookie's token hashes to, and from where it was asked for.</summary>
internal sealed record NewSession(Id Session, byte[] TokenHash, string Address, string? UserAgent);

/// <summary>A row of sessions with its member.</summary>
internal sealed record SessionRow(
    byte[] TokenHash, Id Session, Id Member, Id Organization, string Name, Role Role, bool IsPending, long CreatedAt, long UsedAt, long Changes,
    IReadOnlyDictionary<Id, Right> Rights);

/// <summary>What another node may have changed of a session since it was read, and of its organization's policy, in milliseconds.</summary>
/// <param name="Changes">Another number: the member has to be read anew.</param>
internal readonly record struct SessionNow(long Changes, long UsedAt, long? Idle, long? Life);

/// <summary>The SQL of sessions, and of what a session shows of its member.</summary>
internal sealed class SessionStore(Database database, Ledger ledger)
{
    public Account? FindAccount(string email) => database.Read(connection =>
    {
        using var row = connection.Query(
            """
            SELECT id, organization, kdf_salt, kdf_memory, kdf_passes, kdf_lanes, auth_salt, auth_hash, recovery_salt, recovery_hash, recovery_blob,
                state IN ('active', 'pending')
            FROM members WHERE email = @email
            """,
            ("@email", email));
        return row.Read()
            ? new Account(
                row.Id(0), row.Id(1), row.GetBoolean(11), new KdfParameters(row.Bytes(2), (int)row.GetInt64(3), (int)row.GetInt64(4), (int)row.GetInt64(5)),
                new Verifier(row.Bytes(6), row.Bytes(7)), new Verifier(row.Bytes(8), row.Bytes(9)), row.Bytes(10))
            : null;
    });

    /// <summary>The name of the member's account.</summary>
    public string? EmailOf(Id member) => database.Read(connection =>
        connection.Scalar("SELECT email FROM members WHERE id = @member", ("@member", member)) as string);

    public SessionRow? Find(byte[] tokenHash) => database.ReadSnapshot(connection =>
    {
        using var row = connection.Query(
            """
            SELECT s.id, s.member, m.organization, m.name, m.role, m.state = 'pending', s.created_at, s.used_at, m.changes
            FROM sessions s JOIN members m ON m.id = s.member WHERE s.token_hash = @token AND m.state IN ('active', 'pending')
            """,
            ("@token", tokenHash));
        if (!row.Read())
        {
            return null;
        }

        var session = new SessionRow(
            tokenHash, row.Id(0), row.Id(1), row.Id(2), row.GetString(3), (Role)row.GetInt64(4), row.GetBoolean(5), row.GetInt64(6), row.GetInt64(7), row.GetInt64(8),
            new Dictionary<Id, Right>());
        row.Close();
        return session with { Rights = RightsOf(connection, session.Member) };
    });

    /// <inheritdoc cref="Database.IsShared" />
    public bool IsShared => database.IsShared;

    /// <summary>One look-up by indexes; null when the session has ended or its member may not enter any more.</summary>
    public SessionNow? Now(byte[] tokenHash) => database.Read(connection =>
    {
        using var row = connection.Query(
            """
            SELECT m.changes, s.used_at, p.idle * 1000, p.session * 1000
            FROM sessions s JOIN members m ON m.id = s.member LEFT JOIN policies p ON p.organization = m.organization
            WHERE s.token_hash = @token AND m.state IN ('active', 'pending')
            """,
            ("@token", tokenHash));
        return row.Read() ? new SessionNow(row.GetInt64(0), row.GetInt64(1), row.NumberOrNull(2), row.NumberOrNull(3)) : (SessionNow?)null;
    });

    /// <summary>Opens a session with its entry. False when the password was changed since <paramref name="proved"/> was checked.</summary>
    /// <param name="proved">The hash that the key matched; null when the member proved itself otherwise.</param>
    public Task<bool> Open(NewSession session, Id member, byte[]? proved, long now) => ledger.Write(transaction =>
    {
        if (transaction.Scalar(
            "SELECT organization FROM members WHERE id = @member AND state IN ('active', 'pending') AND (auth_hash = @proved OR @proved IS NULL)",
            ("@member", member), ("@proved", proved)) is not byte[] organization)
        {
            return transaction.Nothing(false);
        }

        Insert(transaction, session, member, now);
        return transaction.Record(true, SignedIn(new Id(organization), member, session.Session, now));
    });

    /// <summary>Ends one session; nothing happens when it has ended already.</summary>
    public Task<bool> End(CurrentMember member, long now) => ledger.Write(transaction =>
        transaction.Execute("DELETE FROM sessions WHERE id = @session AND member = @member", ("@session", member.Session), ("@member", member.Member)) == 0
            ? transaction.Nothing(false)
            : transaction.Record(true, SignedOut(member, all: false, now)));

    /// <summary>Ends all sessions of the member.</summary>
    public Task<bool> EndAll(CurrentMember member, long now) => ledger.Write(transaction =>
        transaction.Execute("DELETE FROM sessions WHERE member = @member", ("@member", member.Member)) == 0
            ? transaction.Nothing(false)
            : transaction.Record(true, SignedOut(member, all: true, now)));

    /// <summary>
    /// New password, new recovery key, every session ended and one opened, together. False when the recovery key was used meanwhile:
    /// it works once, also in a race.
    /// </summary>
    public Task<bool> Recover(Account account, Recovery request, NewSession session, long now)
    {
        var auth = Verifier.Of(request.AuthKey);
        var recovery = Verifier.Of(request.NewRecoveryAuth);
        return ledger.Write(transaction =>
        {
            if (transaction.Execute(
                """
                UPDATE members SET kdf_salt = @salt, kdf_memory = @memory, kdf_passes = @passes, kdf_lanes = @lanes,
                    auth_salt = @auth_salt, auth_hash = @auth_hash, recovery_salt = @recovery_salt, recovery_hash = @recovery_hash,
                    key_blob = @key_blob, recovery_blob = @recovery_blob
                WHERE id = @member AND state IN ('active', 'pending') AND recovery_hash = @old
                """,
                ("@salt", request.Parameters.Salt), ("@memory", request.Parameters.MemoryKiB), ("@passes", request.Parameters.Passes),
                ("@lanes", request.Parameters.Lanes), ("@auth_salt", auth.Salt), ("@auth_hash", auth.Hash), ("@recovery_salt", recovery.Salt),
                ("@recovery_hash", recovery.Hash), ("@key_blob", request.KeyBlob), ("@recovery_blob", request.RecoveryBlob),
                ("@member", account.Member), ("@old", account.Recovery.Hash)) == 0)
            {
                return transaction.Nothing(false);
            }

            transaction.Execute("DELETE FROM sessions WHERE member = @member", ("@member", account.Member));
            Insert(transaction, session, account.Member, now);
            return transaction.Record(
                true,
                LedgerEntry.Of("recovered", account.Organization, now, Actor.Of(account.Member)),
                SignedIn(account.Organization, account.Member, session.Session, now));
        });
    }

    /// <summary>That the session is in use, written down now and then: who holds it may go on after a restart.</summary>
    public Task Used(byte[] tokenHash, long now) => ledger.Housekeeping(transaction =>
        transaction.Execute("UPDATE sessions SET used_at = @now WHERE token_hash = @token AND used_at < @now", ("@now", now), ("@token", tokenHash)), Isolation.Row);

    /// <summary>
    /// Drops sessions that ran out by the server's settings (milliseconds) or their organization's policy. That is no event: when they end
    /// follows from when they began. Use is written down once in a tenth of the idle time, so what stands here may be that much behind.
    /// </summary>
    public Task<int> Sweep(long now, long life, long idle) => ledger.Housekeeping(transaction =>
        transaction.Execute(
            """
            DELETE FROM sessions WHERE created_at <= @begun OR used_at <= @used OR EXISTS (
                SELECT 1 FROM members m JOIN policies p ON p.organization = m.organization
                WHERE m.id = sessions.member AND (sessions.created_at <= @now - p.session * 1000 OR sessions.used_at <= @now - p.idle * 1100))
            """,
            ("@now", now), ("@begun", now - life), ("@used", now - (idle * 11 / 10))), Isolation.Row);

    /// <summary>Failed sign-ins of the last hour, one entry an account.</summary>
    public Task<bool> RecordFailures(IReadOnlyDictionary<Account, int> failures, long now) => ledger.Write(transaction =>
    {
        var entries = failures.Select(failure => LedgerEntry.Of(
            "sign-in-failed", failure.Key.Organization, now, Actor.Server, failure, static (json, failure) =>
            {
                json.WriteId("account"u8, failure.Key.Member);
                json.WriteNumber("count"u8, failure.Value);
            })).ToArray();
        return transaction.Record(true, entries[0], entries.AsSpan(1));
    });

    /// <summary>What a client gets, but for the idle time.</summary>
    public Session Describe(Id member, long now) => database.ReadSnapshot(connection =>
    {
        var (groups, organization) = (HeldGroups.Of(connection.Query, member), new Id((byte[])connection.Scalar("SELECT organization FROM members WHERE id = @member", ("@member", member))!));
        var (cards, policy) = (CardsOf(connection, organization), PolicyOf(connection, organization));
        using var row = connection.Query(
            """
            SELECT m.name, m.email, m.role, o.id, o.name, m.kdf_salt, m.kdf_memory, m.kdf_passes, m.kdf_lanes, m.key_blob, m.state, o.trial_ends, o.personal_days
            FROM members m JOIN organizations o ON o.id = m.organization WHERE m.id = @member
            """,
            ("@member", member));
        row.Read();
        var (state, trialEnds) = (row.GetString(10), row.NumberOrNull(11));
        return new Session(
            new SessionMember(member, row.GetString(0), row.GetString(1), state == "pending" ? state : ((Role)row.GetInt64(2)).Word(), state),
            new SessionOrganization(organization, row.GetString(4), trialEnds, ReadOnly: trialEnds <= now, (int)row.GetInt64(12)),
            new KdfParameters(row.Bytes(5), (int)row.GetInt64(6), (int)row.GetInt64(7), (int)row.GetInt64(8)),
            row.Bytes(9), cards, groups, policy, IdleSeconds: 0);
    });

    /// <summary>The whole roster: the member's client goes through it from the root card to the last.</summary>
    private static List<MemberCard> CardsOf(Connection connection, Id organization)
    {
        var cards = new List<MemberCard>();
        using var rows = connection.Query(
            "SELECT member, card, signature FROM cards WHERE organization = @organization ORDER BY seq", ("@organization", organization));
        while (rows.Read())
        {
            cards.Add(new MemberCard(rows.Id(0), rows.Bytes(1), rows.Bytes(2)));
        }

        return cards;
    }

    private static SignedPolicy? PolicyOf(Connection connection, Id organization)
    {
        using var row = connection.Query("SELECT text, signature, author FROM policies WHERE organization = @organization", ("@organization", organization));
        return row.Read() ? new SignedPolicy(row.GetString(0), row.Bytes(1), row.Id(2)) : null;
    }

    private static Dictionary<Id, Right> RightsOf(Connection connection, Id member)
    {
        var rights = new Dictionary<Id, Right>();
        using var rows = connection.Query("SELECT group_id, level FROM grants WHERE member = @member", ("@member", member));
        while (rows.Read())
        {
            rights[rows.Id(0)] = (Right)rows.GetInt64(1);
        }

        return rights;
    }

    private static void Insert(LedgerTransaction transaction, NewSession session, Id member, long now) => transaction.Execute(
        """
        INSERT INTO sessions (token_hash, id, member, created_at, used_at, address, user_agent)
        VALUES (@token, @session, @member, @now, @now, @address, @user_agent)
        """,
        ("@token", session.TokenHash), ("@session", session.Session), ("@member", member), ("@now", now), ("@address", session.Address),
        ("@user_agent", session.UserAgent));

    private static LedgerEntry SignedIn(Id organization, Id member, Id session, long now) =>
        LedgerEntry.Of("signed-in", organization, now, Actor.Of(member), session, static (json, session) => json.WriteId("session"u8, session));

    private static LedgerEntry SignedOut(CurrentMember member, bool all, long now) =>
        LedgerEntry.Of("signed-out", member.Organization, now, Actor.Of(member.Member), (member.Session, all), static (json, state) =>
        {
            json.WriteId("session"u8, state.Session);
            json.WriteBoolean("all"u8, state.all);
        });
}
