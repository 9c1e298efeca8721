namespace Baton.Server.Storage;

/// <summary>A SQLite file in write-ahead mode: readers never wait for the writer nor the writer for readers. It is this process's own.</summary>
internal sealed class SqliteEngine(string path) : Engine
{
    /// <summary>
    /// Read connections kept open when nobody uses them. The first free one is taken, so that under little load the same few are used again and
    /// again: what such a connection has read stays in its memory until the next commit.
    /// </summary>
    private readonly Connection?[] idle = new Connection?[16];

    /// <inheritdoc />
    public override bool IsShared => false;

    /// <inheritdoc />
    public override Dialect Dialect => Dialect.Sqlite;

    /// <inheritdoc />
    public override bool Exists => File.Exists(path);

    /// <inheritdoc />
    public override Connection Open() => SqliteSession.OpenWriter(path);

    /// <inheritdoc />
    public override Writer OpenWriter(string name, TruncatePolicy truncate) => new GroupCommit(Open(), name, truncate);

    /// <inheritdoc />
    public override T Read<T>(Func<Connection, T> read)
    {
        var connection = Take() ?? SqliteSession.OpenReader(path);
        try
        {
            return read(connection);
        }
        finally
        {
            Keep(connection);
        }
    }

    private Connection? Take()
    {
        for (var i = 0; i < idle.Length; i++)
        {
            if (Volatile.Read(ref idle[i]) is not null && Interlocked.Exchange(ref idle[i], null) is { } taken)
            {
                return taken;
            }
        }

        return null;
    }

    private void Keep(Connection connection)
    {
        for (var i = 0; i < idle.Length; i++)
        {
            if (Volatile.Read(ref idle[i]) is null && Interlocked.CompareExchange(ref idle[i], connection, null) is null)
            {
                return;
            }
        }

        connection.Dispose();
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        while (Take() is { } connection)
        {
            connection.Dispose();
        }
    }
}
