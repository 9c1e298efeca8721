namespace Baton.Server.Storage;

/// <summary>The main database: read connections for everyone, one writer for Features/History/Ledger alone.</summary>
internal sealed class Database : IDisposable
{
    private const string Migrations = "Migrations";
    private const string FileName = "baton.db";

    private readonly Engine engine;
    private Writer? writer;

    private Database(Engine engine) => this.engine = engine;

    /// <summary>Opens or creates DIRECTORY/baton.db and brings its schema up to date.</summary>
    /// <exception cref="RefusedToStartException">The schema on disk is not one this version can go on with.</exception>
    public Database(string directory, TimeProvider clock)
        : this(new StorePlaces(directory), clock)
    {
    }

    /// <summary>Opens or creates it where it is, and brings its schema up to date.</summary>
    /// <exception cref="RefusedToStartException">The schema there is not one this version can go on with.</exception>
    public Database(StorePlaces places, TimeProvider clock)
        : this(At(places))
    {
        MoveMark.ExpectNone(places);
        if (places.Main is null)
        {
            Directory.CreateDirectory(places.Directory);
        }

        engine.Migrate(Migrations, clock);
        if (engine.IsShared)
        {
            MoveMark.ExpectEnded(engine);
        }
    }

    /// <summary>Opens the database as it is, beside a server that may be using it.</summary>
    /// <exception cref="RefusedToStartException">There is none, or its schema is not exactly this version's.</exception>
    public static Database OpenBeside(StorePlaces places)
    {
        var engine = ExistingAt(places);
        engine.Expect(Migrations);
        return new Database(engine);
    }

    /// <summary>Refuses where no server ever was: what is to be mended there would be made anew.</summary>
    /// <exception cref="RefusedToStartException">There is no database.</exception>
    public static void ExpectAt(StorePlaces places) => ExistingAt(places).Dispose();

    /// <summary>Other processes may be writing: what was read a moment ago may have changed without this process hearing of it.</summary>
    public bool IsShared => engine.IsShared;

    /// <inheritdoc cref="Engine.Read{T}" />
    public T Read<T>(Func<Connection, T> read) => engine.Read(read);

    /// <inheritdoc cref="Engine.ReadSnapshot{T}" />
    public T ReadSnapshot<T>(Func<Connection, T> read) => engine.ReadSnapshot(read);

    /// <summary>Frees what was destroyed: of handovers, drafts and the vault.</summary>
    public void Vacuum() => engine.Vacuum("sealed", "chunks", "personal", "entry_revisions", "attachment_chunks");

    /// <summary>A connection outside the pool, for what lasts as long as a connection does: locks. The caller closes it, and writes nothing.</summary>
    public Connection OpenOwn() => engine.Open();

    /// <summary>
    /// The writer, once: Features/History/Ledger takes it when it is made and lends it out with the duty to record.
    /// Anybody else comes second and fails at start.
    /// </summary>
    public Writer TakeWriter()
    {
        var taken = engine.OpenWriter("baton writer", TruncatePolicy.Main);
        if (Interlocked.CompareExchange(ref writer, taken, null) is null)
        {
            return taken;
        }

        taken.Dispose();
        throw new InvalidOperationException("The ledger has the writer already.");
    }

    private static Engine ExistingAt(StorePlaces places)
    {
        var engine = At(places);
        return engine.Exists ? engine : throw (places.Main is null
            ? new RefusedToStartException($"{places.Directory} holds no data of Baton.", "Give the server's data directory with --data.")
            : new RefusedToStartException($"{places.Main.Name} holds no data of Baton.", "Give the server's own --database or --database-file."));
    }

    private static Engine At(StorePlaces places) =>
        places.Main is { } target ? new PostgresEngine(target) : new SqliteEngine(Path.Combine(places.Directory, FileName));

    /// <inheritdoc />
    public void Dispose()
    {
        writer?.Dispose();
        engine.Dispose();
    }
}
