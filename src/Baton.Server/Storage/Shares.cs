using System.Data.Common;
using System.Diagnostics;
using System.Security.Cryptography;
using Baton.Protocol;
using Baton.Protocol.Ledger;

namespace Baton.Server.Storage;

/// <summary>
/// The second store: the server's part of every waiting handover's key, apart from everything else, in no backup
/// (CACHEDIR.TAG says so to backup programs). Main decides, shares follow: spec/handover.md §8.
/// Everything here throws <see cref="SharesUnavailableException"/> when the store is out of reach.
/// </summary>
internal sealed class Shares : IDisposable
{
    /// <summary>https://bford.info/cachedir/</summary>
    private const string CacheDirectoryTag =
        "Signature: 8a477f597d28d172789f06886806bc55\n# Shares of waiting handovers. A backup must not hold them: what was destroyed would come back.\n";

    private const string Migrations = "ShareMigrations";

    private readonly Engine engine;
    private readonly TimeProvider clock;
    private readonly Writer writer;

    /// <summary>Opens or creates DIRECTORY/shares/shares.db.</summary>
    public Shares(string directory, TimeProvider clock)
        : this(new StorePlaces(directory), clock)
    {
    }

    /// <summary>Opens or creates it where it is, and brings its schema up to date.</summary>
    public Shares(StorePlaces places, TimeProvider clock)
    {
        this.clock = clock;
        if (places.Shares is null)
        {
            var own = Path.Combine(places.Directory, "shares");
            Directory.CreateDirectory(own);
            File.WriteAllText(Path.Combine(own, "CACHEDIR.TAG"), CacheDirectoryTag);
        }

        engine = At(places);
        engine.Migrate(Migrations, clock);
        writer = engine.OpenWriter("share writer", TruncatePolicy.Shares);
    }

    /// <summary>Told how long each write took from being handed over to its commit; null while nobody wants to know. Returns at once.</summary>
    public Action<TimeSpan>? Timed { get; set; }

    /// <summary>Keeps a share; durable when the task completes. False when another share is there under this id.</summary>
    public Task<bool> Keep(Id handover, byte[] share) => Write(connection =>
    {
        if (connection.Execute(
            "INSERT INTO shares (handover, share, kept_at) VALUES (@handover, @share, @now) ON CONFLICT DO NOTHING",
            ("@handover", handover), ("@share", share), ("@now", clock.GetUtcNow().ToUnixTimeMilliseconds())) == 1)
        {
            return true;
        }

        return connection.Scalar("SELECT share FROM shares WHERE handover = @handover", ("@handover", handover)) is byte[] there
            && CryptographicOperations.FixedTimeEquals(there, share);
    });

    /// <summary>The share, or null. The caller clears it after use.</summary>
    public byte[]? Find(Id handover) => Read(connection =>
        (byte[]?)connection.Scalar("SELECT share FROM shares WHERE handover = @handover", ("@handover", handover)));

    /// <summary>Destroys shares; also where there is none.</summary>
    public Task Destroy(params IReadOnlyList<Id> handovers) => Write(connection =>
    {
        foreach (var handover in handovers)
        {
            connection.Execute("DELETE FROM shares WHERE handover = @handover", ("@handover", handover));
        }

        return handovers.Count;
    });

    /// <summary>
    /// Whose shares were kept before a time, from a place on, in the order they were kept, up to the first that was not: for the sweep, which
    /// must pass over none of a node whose clock is ahead.
    /// </summary>
    public List<(long Number, Id Handover)> KeptBefore(long time, long after, int limit) => Read(connection =>
    {
        var kept = new List<(long, Id)>();
        using var rows = connection.Query(
            "SELECT number, handover, kept_at FROM shares WHERE number > @after ORDER BY number LIMIT @limit", ("@after", after), ("@limit", limit));
        while (rows.Read() && rows.GetInt64(2) < time)
        {
            kept.Add((rows.GetInt64(0), rows.Id(1)));
        }

        return kept;
    });

    /// <summary>The newest head kept of this log; null when none is.</summary>
    public Checkpoint? FindHead(string origin) => Read(connection => HeadIn(connection, origin));

    /// <summary>Keeps a head before its checkpoint leaves the process; durable when the task completes. Also when it is kept already.</summary>
    /// <exception cref="ForkedException">A newer head is kept, or another of this size.</exception>
    public Task KeepHead(Checkpoint head) => Write(connection =>
    {
        connection.Execute(
            """
            INSERT INTO heads (origin, size, root) VALUES (@origin, @size, @root)
            ON CONFLICT (origin) DO UPDATE SET size = excluded.size, root = excluded.root WHERE heads.size < excluded.size
            """,
            ("@origin", head.Origin), ("@size", head.Size), ("@root", head.Root));
        return HeadIn(connection, head.Origin) is { } kept && kept.Size == head.Size && kept.Root.AsSpan().SequenceEqual(head.Root)
            ? true
            : throw new ForkedException($"The share store knows another head of {head.Origin} than size {head.Size}.");
    });

    /// <summary>Keeps this head whatever is kept: a new log begins.</summary>
    public Task ReplaceHead(Checkpoint head) => Write(connection => connection.Execute(
        """
        INSERT INTO heads (origin, size, root) VALUES (@origin, @size, @root)
        ON CONFLICT (origin) DO UPDATE SET size = excluded.size, root = excluded.root
        """,
        ("@origin", head.Origin), ("@size", head.Size), ("@root", head.Root)));

    /// <summary>The heads kept, read beside a server that may be using the store; none where there is no store.</summary>
    /// <exception cref="RefusedToStartException">It is of another version, or can't be read.</exception>
    public static List<Checkpoint> HeadsBeside(StorePlaces places)
    {
        using var engine = At(places);
        var heads = new List<Checkpoint>();
        if (!engine.Exists)
        {
            return heads;
        }

        engine.Expect(Migrations);
        return engine.Read(connection =>
        {
            using var rows = connection.Query("SELECT origin, size, root FROM heads ORDER BY origin");
            while (rows.Read())
            {
                heads.Add(new Checkpoint(rows.GetString(0), rows.GetInt64(1), rows.Bytes(2)));
            }

            return heads;
        });
    }

    /// <summary>Frees what was destroyed.</summary>
    public void Vacuum()
    {
        try
        {
            engine.Vacuum("shares");
        }
        catch (Exception exception) when (exception is DbException or IOException)
        {
            throw new SharesUnavailableException(exception);
        }
    }

    private static Checkpoint? HeadIn(Connection connection, string origin)
    {
        using var row = connection.Query("SELECT size, root FROM heads WHERE origin = @origin", ("@origin", origin));
        return row.Read() ? new Checkpoint(origin, row.GetInt64(0), row.Bytes(1)) : null;
    }

    private static Engine At(StorePlaces places) =>
        places.Shares is { } target ? new PostgresEngine(target) : new SqliteEngine(Path.Combine(places.Directory, "shares", "shares.db"));

    private async Task<T> Write<T>(Func<Connection, T> operation)
    {
        using var span = Tracing.Source.StartActivity("share write");
        var began = Timed is null ? 0 : Stopwatch.GetTimestamp();
        try
        {
            var answer = await writer.Submit(operation, Isolation.Row);
            Timed?.Invoke(Stopwatch.GetElapsedTime(began));
            return answer;
        }
        catch (Exception exception) when (exception is DbException or IOException)
        {
            throw new SharesUnavailableException(exception);
        }
    }

    private T Read<T>(Func<Connection, T> read)
    {
        try
        {
            return engine.Read(read);
        }
        catch (Exception exception) when (exception is DbException or IOException)
        {
            throw new SharesUnavailableException(exception);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        writer.Dispose();
        engine.Dispose();
    }
}
