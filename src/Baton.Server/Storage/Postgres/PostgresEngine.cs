using System.Collections.Concurrent;
using Npgsql;

namespace Baton.Server.Storage;

/// <summary>
/// A PostgreSQL database. Half of the connections read: on the calling thread, each lent for as long as the reading lasts. The other half write:
/// <see cref="PostgresWriter"/>.
/// </summary>
internal sealed class PostgresEngine : Engine
{
    /// <summary>So long a reading waits for a connection before it is refused.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly PostgresTarget target;
    private readonly ConcurrentBag<PostgresSession> idle = [];
    private readonly SemaphoreSlim places;

    /// <summary>Opens nothing yet.</summary>
    public PostgresEngine(PostgresTarget target)
    {
        this.target = target;
        var readers = Math.Max(1, target.Connections / 2);
        places = new SemaphoreSlim(readers);

        // Reading blocks threads of the pool, on purpose: there have to be enough of them from the beginning.
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(workers + readers, ports);
    }

    /// <inheritdoc />
    public override bool IsShared => true;

    /// <inheritdoc />
    public override Dialect Dialect => Dialect.Postgres;

    /// <inheritdoc />
    public override bool Exists => Read(connection =>
        connection.Scalar("SELECT 1 FROM information_schema.tables WHERE table_name = 'migrations' AND table_schema = current_schema()") is not null);

    /// <inheritdoc />
    public override Connection Open() => PostgresSession.OpenWriter(target);

    /// <inheritdoc />
    public override Writer OpenWriter(string name, TruncatePolicy truncate) => new PostgresWriter(target, Math.Max(1, target.Connections / 2), name);

    /// <inheritdoc />
    public override void Vacuum(params IReadOnlyList<string> tables)
    {
        using var session = PostgresSession.OpenWriter(target);
        foreach (var table in tables)
        {
            // Who does not own a table may not: then autovacuum does, as migration 0009 set it.
            if (session.Scalar("SELECT 1 FROM pg_tables WHERE tablename = @table AND schemaname = current_schema() AND pg_has_role(tableowner, 'USAGE')", ("@table", table)) is not null)
            {
                session.Script($"VACUUM (SKIP_LOCKED) {table}");
            }
        }
    }

    /// <summary>Touches nothing when nothing is to be done: nodes need no right to change the schema.</summary>
    public override void Migrate(string folder, TimeProvider clock)
    {
        try
        {
            if (Read(connection => connection.Scalar("SELECT current_setting('server_encoding')")) is string encoding && encoding != "UTF8")
            {
                throw new RefusedToStartException(
                    $"{target.Name} keeps text as {encoding}, not as UTF8.", "Make it anew: CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8'.");
            }

            if (!Exists || !Read(connection => Migrator.IsCurrent(connection, folder)))
            {
                base.Migrate(folder, clock);
            }
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new RefusedToStartException(
                $"The schema of {target.Name} is not this version's, and this role may not change it ({refused.MessageText}).",
                "Run once as the role that owns it: baton-server migrate --database-file FILE --shares-file FILE.");
        }
        catch (Exception failure) when (PostgresFaults.Of(failure) != Fault.None || failure is PostgresException or StoreFailedException)
        {
            throw Refused(failure is StoreFailedException { InnerException: { } inner } ? inner : failure);
        }
    }

    /// <inheritdoc />
    public override T Read<T>(Func<Connection, T> read)
    {
        if (!places.Wait(Patience))
        {
            throw new StoreBusyException();
        }

        try
        {
            // Connections that slept through a restart of the server are found dead when they are used: reading again loses nothing.
            for (var kept = true; kept;)
            {
                kept = idle.TryTake(out var session);
                session ??= PostgresSession.OpenReader(target);
                var lost = false;
                try
                {
                    return read(session);
                }
                catch (Exception exception) when (kept && (lost = PostgresFaults.Of(exception) == Fault.Lost))
                {
                }
                finally
                {
                    Return(session, lost);
                }
            }

            throw new InvalidOperationException("A fresh connection ends the loop.");
        }
        catch (Exception exception) when (PostgresFaults.Of(exception) != Fault.None)
        {
            throw PostgresFaults.Told(exception);
        }
        finally
        {
            places.Release();
        }
    }

    private void Return(PostgresSession session, bool lost)
    {
        if (session.InTransaction)
        {
            session.RollBack();
        }

        if (lost || session.IsBroken)
        {
            session.Dispose();
        }
        else
        {
            idle.Add(session);
        }
    }

    private RefusedToStartException Refused(Exception failure) => new(
        $"{target.Name} can't be used: {failure.Message}", "See that PostgreSQL runs, that role, password and database are right, and that it can be reached from here.");

    /// <inheritdoc />
    public override void Dispose()
    {
        while (idle.TryTake(out var session))
        {
            session.Dispose();
        }

        places.Dispose();
    }
}
