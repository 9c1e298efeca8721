using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

namespace Baton.Server.Storage;

/// <summary>What a failure of PostgreSQL means for the transaction it came from.</summary>
internal enum Fault
{
    /// <summary>None of the database's: the operation's own.</summary>
    None,

    /// <summary>Two transactions came in each other's way: nothing of this one was kept, and it may run again.</summary>
    Conflict,

    /// <summary>The connection is of no use any more. Before COMMIT was sent nothing was kept; after it, nobody knows.</summary>
    Lost,

    /// <summary>It waited too long: nothing was kept.</summary>
    Slow,

    /// <summary>The server can't do it now: disk full, no more connections, shutting down.</summary>
    Unable,
}

/// <inheritdoc cref="Fault" />
internal static class PostgresFaults
{
    /// <summary>25P03, which the driver has no name for.</summary>
    private const string IdleInTransactionTimeout = "25P03";

    /// <summary>Sorts by SQLSTATE, which distributed engines share with PostgreSQL.</summary>
    public static Fault Of(Exception exception) => exception switch
    {
        // Something asked while rows were open: a mistake of ours, on a connection that is well.
        NpgsqlOperationInProgressException => Fault.None,
        PostgresException told => told.SqlState switch
        {
            // Serialization failure, deadlock. A unique key taken by who ran beside us is also reported as just that: the next run sees it there.
            PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation => Fault.Conflict,
            PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable => Fault.Slow,

            // Shut down, crashed, starting; became a standby; prepared statements that the server no longer has or whose tables changed.
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.DatabaseDropped
                or IdleInTransactionTimeout or PostgresErrorCodes.ReadOnlySqlTransaction
                or PostgresErrorCodes.InvalidSqlStatementName or PostgresErrorCodes.FeatureNotSupported => Fault.Lost,
            var state when state.StartsWith("08", StringComparison.Ordinal) => Fault.Lost,
            var state when state.StartsWith("53", StringComparison.Ordinal) || state.StartsWith("58", StringComparison.Ordinal) => Fault.Unable,
            _ => Fault.None,
        },
        NpgsqlException or SocketException or IOException or TimeoutException => Fault.Lost,
        _ => Fault.None,
    };

    /// <summary>Whether COMMIT's answer says for certain that nothing was kept.</summary>
    public static bool IsRefusedCommit(Exception exception) => exception is PostgresException
    {
        SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation
    };

    /// <summary>A unique key is taken: by who ran beside us, or by what is there since long.</summary>
    public static bool IsTakenKey(Exception exception) => exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    /// <summary>As the rest of the server knows failures of a store.</summary>
    public static Exception Told(Exception exception) => Of(exception) switch
    {
        Fault.Conflict or Fault.Slow => new StoreBusyException(exception),
        Fault.Lost or Fault.Unable => new StoreFailedException(exception),
        _ => exception is DbException ? new StoreFailedException(exception) : exception,
    };
}
