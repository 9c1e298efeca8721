using System.Collections.Concurrent;

namespace Baton.Server.Storage;

/// <summary>A SQLite file in write-ahead mode: readers never wait for the writer nor the writer for readers. It is this process's own.</summary>
internal sealed class SqliteEngine(string path) : Engine
{
    /// <summary>Read connections kept open when nobody uses them.</summary>
    private const int IdleReaders = 16;

    private readonly ConcurrentBag<Connection> idle = [];

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
        var connection = idle.TryTake(out var kept) ? kept : SqliteSession.OpenReader(path);
        try
        {
            return read(connection);
        }
        finally
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
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        while (idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }
}
