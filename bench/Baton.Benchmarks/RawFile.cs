using System.Diagnostics;
using System.Security.Cryptography;
using SQLitePCL;

namespace Baton.Benchmarks;

/// <summary>A SQLite file, written as the server's writers do (Storage/Sqlite), with nothing between.</summary>
internal abstract class RawFile : IDisposable
{
    protected const long Now = 1_790_000_000_000;

    /// <summary>Contents are cut out of this: making them is not what is measured.</summary>
    private static readonly byte[] Contents = RandomNumberGenerator.GetBytes(64 * 1024);

    private readonly sqlite3 database;
    private readonly TimeSpan truncate;
    private readonly List<sqlite3_stmt> statements = [];
    private readonly sqlite3_stmt begin, commit;
    private long truncated = Stopwatch.GetTimestamp();

    /// <param name="truncate">The write-ahead log at least so often.</param>
    protected RawFile(string path, TimeSpan truncate)
    {
        Batteries_V2.Init();
        this.truncate = truncate;
        Expect(raw.sqlite3_open(path, out database), raw.SQLITE_OK);
        Expect(raw.sqlite3_exec(
            database,
            "PRAGMA busy_timeout = 30000; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON; "
            + "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -8192; PRAGMA wal_autocheckpoint = 4000;"), raw.SQLITE_OK);
        (begin, commit) = (Prepare("BEGIN IMMEDIATE"), Prepare("COMMIT"));
    }

    protected sqlite3_stmt Prepare(string sql)
    {
        Expect(raw.sqlite3_prepare_v2(database, sql, out var statement), raw.SQLITE_OK);
        statements.Add(statement);
        return statement;
    }

    /// <summary>One durable commit.</summary>
    protected void Commit(byte[][] handovers, Action<byte[]> each)
    {
        Run(begin);
        foreach (var handover in handovers)
        {
            each(handover);
        }

        Run(commit);
        if (Stopwatch.GetElapsedTime(truncated) > truncate)
        {
            Expect(raw.sqlite3_exec(database, "PRAGMA wal_checkpoint(TRUNCATE)"), raw.SQLITE_OK);
            truncated = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Binds in the order of ?1, ?2, … and runs it; gives the first column of the last row, if it is a number.</summary>
    protected static long Run(sqlite3_stmt statement, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            _ = values[i] switch
            {
                byte[] bytes => raw.sqlite3_bind_blob(statement, i + 1, bytes),
                long number => raw.sqlite3_bind_int64(statement, i + 1, number),
                var text => raw.sqlite3_bind_text(statement, i + 1, (string)text),
            };
        }

        var found = 0L;
        int step;
        while ((step = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
        {
            found = raw.sqlite3_column_int64(statement, 0);
            _ = raw.sqlite3_column_blob(statement, 0).Length;
        }

        Expect(step, raw.SQLITE_DONE);
        _ = raw.sqlite3_reset(statement);
        return found;
    }

    /// <summary>Other bytes each time.</summary>
    protected static byte[] Some(int bytes) => Contents.AsSpan(RandomNumberGenerator.GetInt32(Contents.Length - bytes), bytes).ToArray();

    private static void Expect(int code, int expected)
    {
        if (code != expected)
        {
            throw new InvalidDataException($"SQLite says {code}.");
        }
    }

    public void Dispose()
    {
        statements.ForEach(statement => statement.Dispose());
        database.Dispose();
    }
}

/// <inheritdoc cref="RawFile" />
internal sealed class RawShares(string path) : RawFile(path, TimeSpan.FromSeconds(1))
{
    private sqlite3_stmt? keep, destroy;

    public void Keep(byte[][] handovers)
    {
        keep ??= Prepare("INSERT INTO shares (handover, share, kept_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING");
        Commit(handovers, handover => Run(keep, handover, Some(32), Now));
    }

    public void Destroy(byte[][] handovers)
    {
        destroy ??= Prepare("DELETE FROM shares WHERE handover = ?1");
        Commit(handovers, handover => Run(destroy, handover));
    }
}

/// <summary>The texts are the server's (CreateStore, Claims, Receipts, Endings, LedgerTransaction), numbered in the order of their values.</summary>
internal sealed class RawMain : RawFile
{
    private readonly sqlite3_stmt create, keepSealed, details, personal, ledger, claim, readSealed, readCreated, display, destroySealed, gone;
    private readonly byte[] organization, group, member;
    private readonly Dictionary<byte[], long> numbers = new(ReferenceEqualityComparer.Instance);
    private List<long> ended = [];

    public RawMain(string path)
        : base(path, TimeSpan.FromSeconds(5))
    {
        create = Prepare("""
            INSERT INTO handovers (
                handover, locator_hash, organization, group_id, group_version, member, body_hash, claim_tag, displayed_tag, flags, channel, language,
                show_sender, files, state, guesses_left, created_at, changed_at, expires_at)
            SELECT ?1, ?2, ?3, g.id, g.version, m.id, ?4, ?5, ?6, 1, 'phone', 'en', 0, 0, 'waiting', 10, ?7, ?7, ?7 + 86400000
            FROM groups g JOIN grants r ON r.group_id = g.id AND r.member = ?8 AND r.level > 3 JOIN members m ON m.id = r.member AND m.state = 'active'
            WHERE g.id = ?9 AND g.version = 1 AND g.state = 'active'
            ON CONFLICT DO NOTHING
            RETURNING number
            """);
        keepSealed = Prepare("INSERT INTO sealed (handover, bytes) VALUES (?1, ?2)");
        details = Prepare("INSERT INTO details (handover, bytes) VALUES (?1, ?2)");
        personal = Prepare("INSERT INTO personal (handover, organization, bytes) VALUES (?1, ?2, ?3)");
        ledger = Prepare("INSERT INTO ledger (organization, handover, kind, time, bytes, observed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        claim = Prepare("""
            UPDATE handovers SET state = 'claimed', reader_key = ?1, claimed_at = ?2, changed_at = ?2, read_until = ?2 + 300000
            WHERE number = ?3 AND state = 'waiting' AND expires_at > ?2 AND guesses_left > 0
            """);
        readSealed = Prepare("SELECT bytes FROM sealed WHERE handover = ?1");
        readCreated = Prepare("SELECT bytes FROM ledger WHERE handover = ?1 AND kind = 'created' ORDER BY id");
        display = Prepare("UPDATE handovers SET state = 'displayed', changed_at = ?1, share_gone = 0 WHERE number = ?2 AND state IN ('claimed', 'undisplayed')");
        destroySealed = Prepare("DELETE FROM sealed WHERE handover = ?1");
        gone = Prepare("UPDATE handovers SET share_gone = 1 WHERE number = ?1");
        (organization, group, member) = (Owner("organization"), Owner("group_id"), Owner("member"));
    }

    /// <summary>Three commits; what follows the end goes into the next batch's first, as the server does it with other operations.</summary>
    public void Cycle(byte[][] handovers)
    {
        numbers.Clear();
        Commit(handovers, Create);
        Commit(handovers, handover =>
        {
            var number = numbers[handover];
            Run(claim, Some(91), Now, number);
            Run(readSealed, number);
            Run(readCreated, number);
            Run(ledger, organization, number, "claimed", Now, Some(384), Some(90));
        });
        Commit(handovers, handover =>
        {
            var number = numbers[handover];
            Run(display, Now, number);
            Run(destroySealed, number);
            Run(ledger, organization, number, "displayed", Now, Some(320), Some(0));
        });
        ended = [.. numbers.Values];
    }

    private void Create(byte[] handover)
    {
        ended.ForEach(number => Run(gone, number));
        ended = [];
        var number = Run(create, handover, RandomNumberGenerator.GetBytes(32), organization, Some(32), Some(32), Some(32), Now, member, group);
        numbers.Add(handover, number > 0 ? number : throw new InvalidDataException("The owner may not create."));
        Run(keepSealed, number, Some(1040));
        Run(details, number, Some(256));
        Run(personal, number, organization, Some(160));
        Run(ledger, organization, number, "created", Now, Some(896), Some(0));
    }

    private byte[] Owner(string column)
    {
        var statement = Prepare($"SELECT {column} FROM handovers LIMIT 1");
        _ = raw.sqlite3_step(statement);
        var found = raw.sqlite3_column_blob(statement, 0).ToArray();
        _ = raw.sqlite3_reset(statement);
        return found;
    }
}
