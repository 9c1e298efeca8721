using System.Data.Common;
using Baton.Protocol;
using Microsoft.Data.Sqlite;

namespace Baton.Server.Storage;

/// <summary>
/// One database connection and its prepared commands, kept for as long as the connection lives: a new command an
/// operation would cost almost half of the throughput. Not thread-safe; one user at a time.
/// </summary>
internal sealed class Connection : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, DbCommand> commands = new(StringComparer.Ordinal);

    private Connection(SqliteConnection connection) => this.connection = connection;

    /// <summary>A connection that may write. secure_delete and temp_store hold for one connection only, so they are set on every one.</summary>
    public static Connection OpenWriter(string path) => Open(path, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -8192;");

    /// <summary>A connection that SQLite itself keeps from writing.</summary>
    public static Connection OpenReader(string path) => Open(path, "PRAGMA query_only = ON;");

    private static Connection Open(string path, string own)
    {
        var opened = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            opened.Open();
            using var pragmas = opened.CreateCommand();
            pragmas.CommandText = "PRAGMA busy_timeout = 5000; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON;" + own;
            pragmas.ExecuteNonQuery();
            return new Connection(opened);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>False once SQLite rolled a transaction back by itself (disk full, I/O error).</summary>
    public bool InTransaction => SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0;

    /// <summary>Runs a statement; gives the number of rows changed.</summary>
    /// <param name="sql">A literal: it is the key under which the prepared command is kept.</param>
    /// <param name="values">Named as in the text, "@name", always in the same order for the same text.</param>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Prepare(sql, values).ExecuteNonQuery();

    /// <summary>The rows of a statement. Close them before the same statement is used again.</summary>
    public DbDataReader Query(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Prepare(sql, values).ExecuteReader();

    /// <summary>The first column of the first row, or null.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Prepare(sql, values).ExecuteScalar();

    /// <summary>Runs a text of several statements once, unprepared: migrations.</summary>
    public void Script(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

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
    public void Dispose()
    {
        foreach (var command in commands.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }
}
