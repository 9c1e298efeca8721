using System.Collections.Concurrent;

namespace Baton.Server.Storage;

/// <summary>
/// The main database: read connections for everyone, one writer for Features/History/Ledger alone.
/// SQLite in write-ahead mode: readers never wait for the writer nor the writer for readers.
/// </summary>
internal sealed class Database : IDisposable
{
    /// <summary>Read connections kept open when nobody uses them.</summary>
    private const int IdleReaders = 16;

    private const string FileName = "baton.db";

    private readonly string path;
    private readonly ConcurrentBag<Connection> idle = [];
    private GroupCommit? writer;

    private Database(string path) => this.path = path;

    /// <summary>Opens or creates DIRECTORY/baton.db and brings its schema up to date.</summary>
    /// <exception cref="RefusedToStartException">The schema on disk is not one this version can go on with.</exception>
    public Database(string directory, TimeProvider clock)
        : this(Path.Combine(directory, FileName))
    {
        Directory.CreateDirectory(directory);
        using var connection = Connection.OpenWriter(path);
        Migrator.Run(connection, Dialect.Sqlite, "Migrations", clock);
    }

    /// <summary>Opens the database as it is, beside a server that may be using it.</summary>
    /// <exception cref="RefusedToStartException">There is none, or its schema is not exactly this version's.</exception>
    public static Database OpenBeside(string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
        {
            throw new RefusedToStartException($"{directory} holds no data of Baton.", "Give the server's data directory with --data.");
        }

        using var connection = Connection.OpenReader(path);
        Migrator.Expect(connection, "Migrations");
        return new Database(path);
    }

    /// <summary>Reads on a pooled connection that cannot write. Every statement sees what was committed when it began.</summary>
    public T Read<T>(Func<Connection, T> read)
    {
        var connection = Rent();
        try
        {
            return read(connection);
        }
        finally
        {
            Return(connection);
        }
    }

    /// <summary>Reads several statements from one and the same state of the database.</summary>
    public T ReadSnapshot<T>(Func<Connection, T> read) => Read(connection =>
    {
        connection.Execute("BEGIN");
        try
        {
            return read(connection);
        }
        finally
        {
            connection.Execute("COMMIT");
        }
    });

    /// <summary>
    /// The writer, once: Features/History/Ledger takes it when it is made and lends it out with the duty to record.
    /// Anybody else comes second and fails at start.
    /// </summary>
    public GroupCommit TakeWriter()
    {
        var taken = new GroupCommit(Connection.OpenWriter(path), "baton writer", TruncatePolicy.Main);
        if (Interlocked.CompareExchange(ref writer, taken, null) is null)
        {
            return taken;
        }

        taken.Dispose();
        throw new InvalidOperationException("The ledger has the writer already.");
    }

    private Connection Rent() => idle.TryTake(out var connection) ? connection : Connection.OpenReader(path);

    private void Return(Connection connection)
    {
        if (idle.Count < IdleReaders)
        {
            idle.Add(connection);
        }
        else
        {
            connection.Dispose();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        writer?.Dispose();
        while (idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }
}
