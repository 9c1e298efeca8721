using System.Collections.Concurrent;
using Baton.Protocol;

namespace Baton.Server.Storage;

/// <summary>
/// The second store: the server's part of every waiting handover's key, apart from everything else, in no backup
/// (CACHEDIR.TAG says so to backup programs). Main decides, shares follow: spec/handover.md §8.
/// </summary>
internal sealed class Shares : IDisposable
{
    /// <summary>https://bford.info/cachedir/</summary>
    private const string CacheDirectoryTag =
        "Signature: 8a477f597d28d172789f06886806bc55\n# Shares of waiting handovers. A backup must not hold them: what was destroyed would come back.\n";

    private const int IdleReaders = 16;

    private readonly string path;
    private readonly TimeProvider clock;
    private readonly GroupCommit writer;
    private readonly ConcurrentBag<Connection> idle = [];

    /// <summary>Opens or creates DIRECTORY/shares/shares.db.</summary>
    public Shares(string directory, TimeProvider clock)
    {
        this.clock = clock;
        var own = Path.Combine(directory, "shares");
        Directory.CreateDirectory(own);
        File.WriteAllText(Path.Combine(own, "CACHEDIR.TAG"), CacheDirectoryTag);
        path = Path.Combine(own, "shares.db");
        var connection = Connection.OpenWriter(path);
        Migrator.Run(connection, Dialect.Sqlite, "ShareMigrations", clock);
        writer = new GroupCommit(connection, "share writer", TruncatePolicy.Shares);
    }

    /// <summary>Keeps a share; durable when the task completes. False when another share is there under this id.</summary>
    public Task<bool> Keep(Id handover, byte[] share) => writer.Submit(connection =>
    {
        if (connection.Execute(
            "INSERT INTO shares (handover, share, kept_at) VALUES (@handover, @share, @now) ON CONFLICT DO NOTHING",
            ("@handover", handover), ("@share", share), ("@now", clock.GetUtcNow().ToUnixTimeMilliseconds())) == 1)
        {
            return true;
        }

        return connection.Scalar("SELECT share FROM shares WHERE handover = @handover", ("@handover", handover)) is byte[] there
            && System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(there, share);
    });

    /// <summary>The share, or null. The caller clears it after use.</summary>
    public byte[]? Find(Id handover)
    {
        var connection = idle.TryTake(out var kept) ? kept : Connection.OpenReader(path);
        try
        {
            return (byte[]?)connection.Scalar("SELECT share FROM shares WHERE handover = @handover", ("@handover", handover));
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

    /// <summary>Destroys a share; also when it is not there.</summary>
    public Task Destroy(Id handover) => writer.Submit(connection =>
        connection.Execute("DELETE FROM shares WHERE handover = @handover", ("@handover", handover)));

    /// <inheritdoc />
    public void Dispose()
    {
        writer.Dispose();
        while (idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }
}
