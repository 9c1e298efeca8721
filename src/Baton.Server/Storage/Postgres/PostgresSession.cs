using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using Baton.Protocol;
using Npgsql;
using NpgsqlTypes;

namespace Baton.Server.Storage;

/// <summary>A connection to PostgreSQL. Statements are prepared once and kept; commands block the calling thread, and only that.</summary>
internal sealed class PostgresSession : Connection
{
    /// <summary>For whoever changes the schema: one at a time in a database. The number is ours and means nothing.</summary>
    private const long MigrationLock = 0x6261746F6E01;

    /// <summary>
    /// What the server made of each text's parameters: a null value says nothing of its type, and a type guessed wrong makes another statement.
    /// The same texts have the same tables on every connection.
    /// </summary>
    private static readonly ConcurrentDictionary<string, Dictionary<string, NpgsqlDbType>> Types = new(StringComparer.Ordinal);

    /// <summary>A table without an index looks so dear with <c>enable_seqscan = off</c> that each look at it would be compiled first, a second of work for a few rows.</summary>
    private const string NoCompiler = "SELECT set_config('jit', 'off', false) WHERE current_setting('jit', true) = 'on'";

    private readonly NpgsqlConnection connection;
    private readonly Dictionary<string, NpgsqlCommand> commands = new(StringComparer.Ordinal);
    private NpgsqlTransaction? transaction;
    private bool warned;
    private bool migrating;

    private PostgresSession(NpgsqlConnection connection)
    {
        this.connection = connection;
        connection.Notice += (_, told) => warned |= told.Notice.InvariantSeverity == "WARNING";
    }

    /// <summary>A connection that may write. What it acknowledges is durable, and replicated where the server has a synchronous standby.</summary>
    public static PostgresSession OpenWriter(PostgresTarget target) => Open(
        target, "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') NOT IN ('on', 'remote_apply')");

    /// <summary>A connection that the server keeps from writing.</summary>
    public static PostgresSession OpenReader(PostgresTarget target) => Open(target, "SET default_transaction_read_only = on");

    /// <summary>The planner is kept to indexes: without statistics, as in a young table, it would read whole tables, and lock them against each other.</summary>
    private static PostgresSession Open(PostgresTarget target, string own)
    {
        var opened = new NpgsqlConnection(target.Text);
        try
        {
            opened.Open();
            var session = new PostgresSession(opened);
            var limit = (long)target.StatementTimeout.TotalMilliseconds;
            session.Script($"SET statement_timeout = {limit}; SET lock_timeout = {limit}; SET idle_in_transaction_session_timeout = {limit}; SET enable_seqscan = off; {NoCompiler}; {own}");
            return session;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public override bool InTransaction => transaction is not null;

    /// <inheritdoc />
    public override bool IsBroken => connection.FullState is ConnectionState.Closed || connection.FullState.HasFlag(ConnectionState.Broken);

    /// <summary>The operation under way wants nothing of it kept.</summary>
    public bool IsTakenBack { get; private set; }

    /// <summary>Begins an operation's transaction; sent together with its first statement.</summary>
    public void Begin(IsolationLevel level)
    {
        (IsTakenBack, warned) = (false, false);
        transaction = connection.BeginTransaction(level);
    }

    /// <summary>
    /// Commits. False when the server said so with a warning: it gave up waiting for a standby, and what is written here may be lost with this
    /// machine, so it is not acknowledged.
    /// </summary>
    public bool Commit()
    {
        transaction!.Commit();
        transaction.Dispose();
        transaction = null;
        return !warned;
    }

    /// <summary>Takes back the transaction. A connection that can't even do that is broken afterwards.</summary>
    public void RollBack()
    {
        try
        {
            transaction?.Rollback();
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or IOException)
        {
            connection.Close();
        }
        finally
        {
            transaction?.Dispose();
            transaction = null;
        }
    }

    /// <inheritdoc />
    public override int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        switch (sql)
        {
            case "COMMIT":
                Commit();
                return 0;
            case "ROLLBACK":
                RollBack();
                return 0;
            default:
                return Math.Max(0, Prepare(sql, values).ExecuteNonQuery());
        }
    }

    /// <inheritdoc />
    public override DbDataReader Query(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Prepare(sql, values).ExecuteReader();

    /// <inheritdoc />
    public override object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Prepare(sql, values).ExecuteScalar() switch
    {
        DBNull => null,
        int number => (long)number,
        var value => value,
    };

    /// <inheritdoc />
    public override void Script(string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        if (migrating)
        {
            command.CommandTimeout = 0;
        }

        command.ExecuteNonQuery();
    }

    /// <inheritdoc />
    public override void BeginSnapshot() => Begin(IsolationLevel.RepeatableRead);

    /// <inheritdoc />
    public override void BeginMigration()
    {
        // Another node may be at it for a while, and so may this one.
        migrating = true;
        Begin(IsolationLevel.ReadCommitted);
        Script($"SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock({MigrationLock})");
    }

    /// <inheritdoc />
    public override void TakeBack() => IsTakenBack = true;

    private NpgsqlCommand Prepare(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        Tracing.Asked(sql);
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
                int number => (long)number,
                var value => value,
            };
        }

        return command;
    }

    private NpgsqlCommand Create(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        if (values.Length > 0)
        {
            if (!Types.TryGetValue(sql, out var types))
            {
                types = Types.GetOrAdd(sql, Ask(sql));
            }

            foreach (var (name, _) in values)
            {
                command.Parameters.Add(new NpgsqlParameter(name[1..], types[name[1..]]));
            }
        }

        command.Prepare();
        return command;
    }

    private Dictionary<string, NpgsqlDbType> Ask(string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        NpgsqlCommandBuilder.DeriveParameters(command);

        // Every whole number of ours is 64 bits wide, also where it is compared with a small literal.
        return command.Parameters.ToDictionary(
            parameter => parameter.ParameterName, parameter => parameter.NpgsqlDbType is NpgsqlDbType.Integer ? NpgsqlDbType.Bigint : parameter.NpgsqlDbType, StringComparer.Ordinal);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        transaction?.Dispose();
        foreach (var command in commands.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }
}
