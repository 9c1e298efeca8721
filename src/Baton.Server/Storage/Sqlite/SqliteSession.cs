using System.Data.Common;
using Baton.Protocol;
using Microsoft.Data.Sqlite;

namespace Baton.Server.Storage;

/// <summary>A connection to a SQLite file. A new command an operation would cost almost half of the throughput.</summary>
internal sealed class SqliteSession : Connection
{
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, DbCommand> commands = new(StringComparer.Ordinal);

    private SqliteSession(SqliteConnection connection) => this.connection = connection;

    /// <summary>A connection that may write. secure_delete and temp_store hold for one connection only, so they are set on every one.</summary>
    public static new SqliteSession OpenWriter(string path) => Open(path, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -8192;");

    /// <summary>A connection that SQLite itself keeps from writing.</summary>
    public static new SqliteSession OpenReader(string path) => Open(path, "PRAGMA query_only = ON;");

    private static SqliteSession Open(string path, string own)
    {
        var opened = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            opened.Open();
            using var pragmas = opened.CreateCommand();
            pragmas.CommandText = "PRAGMA busy_timeout = 5000; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON;" + own;
            pragmas.ExecuteNonQuery();
            return new SqliteSession(opened);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public override bool InTransaction => SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0;

    /// <inheritdoc />
    public override int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Prepare(sql, values).ExecuteNonQuery();

    /// <inheritdoc />
    public override DbDataReader Query(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Prepare(sql, values).ExecuteReader();

    /// <inheritdoc />
    public override object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Prepare(sql, values).ExecuteScalar();

    /// <inheritdoc />
    public override void Script(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <inheritdoc />
    public override void BeginSnapshot() => Execute("BEGIN");

    /// <inheritdoc />
    public override void BeginMigration() => Execute("BEGIN IMMEDIATE");

    /// <summary>Each operation of a group runs in its own savepoint: <see cref="GroupCommit"/>.</summary>
    public override void TakeBack() => Execute("ROLLBACK TO one");

    private DbCommand Prepare(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (!commands.TryGetValue(sql, out var command))
        {
            command = Create(sql, values);
            commands.Add(sql, command);
        }

        var parameters = command.Parameters;
        for (var i = 0; i < values.Length; i++)
        {
            parameters[i].Value = values[i].Value switch
            {
                null => DBNull.Value,
                Id id => id.ToBytes(),
                var value => value,
            };
        }

        return command;
    }

    private SqliteCommand Create(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, _) in values)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        return command;
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        foreach (var command in commands.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }
}
