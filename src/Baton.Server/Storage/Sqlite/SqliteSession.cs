using System.Data.Common;
using System.Runtime.CompilerServices;

namespace Baton.Server.Storage;

/// <summary>A connection to a SQLite file, with every statement it was ever asked kept prepared.</summary>
internal sealed class SqliteSession : Connection
{
    // Counting each allocation takes a lock that all connections share, and nobody asks for the count.
    private static readonly int WithoutStatistics = Native.Configure(Native.MemoryStatistics, 0);

    private readonly Dictionary<string, SqliteStatement> statements = new(StringComparer.Ordinal);

    /// <summary>The same by the text's identity, for literals: to hash hundreds of characters takes longer than most statements.</summary>
    private readonly Dictionary<string, SqliteStatement> literals = new(ReferenceEqualityComparer.Instance);

    private nint database;

    private SqliteSession(nint database) => this.database = database;

    /// <summary>
    /// A connection that may write. secure_delete and temp_store hold for one connection only, so they are set on every one. Pages go from the
    /// log into the file every 16 MB of log, and when it is truncated.
    /// </summary>
    public static new SqliteSession OpenWriter(string path) =>
        Open(path, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -8192; PRAGMA wal_autocheckpoint = 4000;");

    /// <summary>A connection that SQLite itself keeps from writing.</summary>
    public static new SqliteSession OpenReader(string path) => Open(path, "PRAGMA query_only = ON;");

    private static SqliteSession Open(string path, string own)
    {
        _ = WithoutStatistics;
        var code = Native.Open(path, out var opened, Native.OpenFlags, 0);
        var session = new SqliteSession(opened);
        try
        {
            session.Check(code);
            session.Script("PRAGMA busy_timeout = 30000; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON;" + own);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public override bool InTransaction => Native.IsAutocommit(database) == 0;

    /// <inheritdoc />
    public override int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Prepare(sql, values).Execute(values);

    /// <inheritdoc />
    public override DbDataReader Query(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Prepare(sql, values).Query(values);

    /// <inheritdoc />
    public override object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Prepare(sql, values).Scalar(values);

    /// <inheritdoc />
    public override void Script(string sql) => Check(Native.Run(database, sql, 0, 0, 0));

    /// <inheritdoc />
    public override void BeginSnapshot() => Execute("BEGIN");

    /// <inheritdoc />
    public override void BeginMigration() => Execute("BEGIN IMMEDIATE");

    /// <summary>Each operation of a group runs in its own savepoint: <see cref="GroupCommit"/>.</summary>
    public override void TakeBack() => Execute("ROLLBACK TO one");

    private SqliteStatement Prepare(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        ObjectDisposedException.ThrowIf(database == 0, this);
        Tracing.Asked(sql);
        return literals.TryGetValue(sql, out var prepared) ? prepared : PrepareText(sql, values);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private SqliteStatement PrepareText(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (!statements.TryGetValue(sql, out var statement))
        {
            statement = new SqliteStatement(database, sql, values);
            statements.Add(sql, statement);
        }

        // A text put together each time would be another one each time.
        if (ReferenceEquals(string.IsInterned(sql), sql))
        {
            literals.Add(sql, statement);
        }

        return statement;
    }

    private void Check(int code)
    {
        if (code != Native.Ok)
        {
            throw SqliteFaultException.Of(database, code);
        }
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        foreach (var statement in statements.Values)
        {
            statement.End();
        }

        statements.Clear();
        literals.Clear();
        _ = Native.Close(database);
        database = 0;
    }
}
