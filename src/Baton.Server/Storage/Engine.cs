namespace Baton.Server.Storage;

/// <summary>One database, the main one or the share store: a SQLite file of this process, or a PostgreSQL database that other nodes use too.</summary>
internal abstract class Engine : IDisposable
{
    /// <summary>Other processes may be writing.</summary>
    public abstract bool IsShared { get; }

    /// <summary>Its own phrases, for migrations.</summary>
    public abstract Dialect Dialect { get; }

    /// <summary>Whether there is anything yet.</summary>
    public abstract bool Exists { get; }

    /// <summary>A connection outside any pool. The caller closes it.</summary>
    public abstract Connection Open();

    /// <summary>Reads on a pooled connection that cannot write. Every statement sees what was committed when it began.</summary>
    public abstract T Read<T>(Func<Connection, T> read);

    /// <summary>Takes operations that write.</summary>
    /// <param name="name">For its threads.</param>
    /// <param name="truncate">How long destroyed bytes may stay in a write-ahead log that is ours.</param>
    public abstract Writer OpenWriter(string name, TruncatePolicy truncate);

    /// <summary>Reads several statements from one and the same state of the database.</summary>
    public T ReadSnapshot<T>(Func<Connection, T> read) => Read(connection =>
    {
        connection.BeginSnapshot();
        try
        {
            var found = read(connection);
            connection.Execute("COMMIT");
            return found;
        }
        catch
        {
            // A lost connection has lost its transaction, too: what is told is why, not that.
            connection.Execute("ROLLBACK");
            throw;
        }
    });

    /// <summary>Frees the rows of these tables that were deleted, where the database does not do so by itself. Tables are named by us.</summary>
    public virtual void Vacuum(params IReadOnlyList<string> tables)
    {
    }

    /// <summary>Brings the schema up to date.</summary>
    /// <exception cref="RefusedToStartException">The schema there is not one this version can go on with.</exception>
    public virtual void Migrate(string folder, TimeProvider clock)
    {
        using var connection = Open();
        Migrator.Run(connection, Dialect, folder, clock);
    }

    /// <exception cref="RefusedToStartException">The schema there is not exactly this version's.</exception>
    public void Expect(string folder) => Read(connection =>
    {
        Migrator.Expect(connection, folder);
        return true;
    });

    /// <inheritdoc />
    public abstract void Dispose();
}
