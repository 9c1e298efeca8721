using System.Text;

namespace Baton.Server.Storage;

/// <summary>
/// What tells a server that its store is on its way from SQLite to PostgreSQL, or has gone: a file in the data directory, and a row in the
/// target. Two servers on two copies of one store would write two histories.
/// </summary>
internal static class MoveMark
{
    public const string DatabaseName = "baton.db";
    public const string MovedName = DatabaseName + ".moved";

    private const string FileName = "moving";

    private const string Remedy = "Run baton-server migrate-store again with the same options: it goes on where it was.";

    /// <summary>Tables that keep how far a move is, and go nowhere themselves.</summary>
    public static bool IsOwn(string table) => table is "moves" or "moved";

    /// <summary>The move's 16 bytes; null where none was begun.</summary>
    public static byte[]? Read(string directory) =>
        Path.Combine(directory, FileName) is var path && File.Exists(path) ? Convert.FromHexString(File.ReadAllText(path).Trim()) : null;

    /// <summary>Whole or not at all, also through a crash.</summary>
    public static void Set(string directory, byte[] move)
    {
        var path = Path.Combine(directory, FileName);
        using (var file = new FileStream(path + ".new", FileMode.Create, FileAccess.Write))
        {
            file.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(move) + "\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(path + ".new", path, overwrite: true);
    }

    public static void Clear(string directory) => File.Delete(Path.Combine(directory, FileName));

    /// <exception cref="RefusedToStartException">The store in this directory is on its way elsewhere, or has gone.</exception>
    public static void ExpectNone(StorePlaces places)
    {
        if (Read(places.Directory) is not null)
        {
            throw new RefusedToStartException($"The store of {places.Directory} is on its way to PostgreSQL.", Remedy);
        }

        if (places.Main is null && File.Exists(Path.Combine(places.Directory, MovedName)) && !File.Exists(Path.Combine(places.Directory, DatabaseName)))
        {
            throw new RefusedToStartException($"The store of {places.Directory} has moved to PostgreSQL.", "Start with --database-file and --shares-file.");
        }
    }

    /// <exception cref="RefusedToStartException">Something is still on its way into this database.</exception>
    public static void ExpectEnded(Engine engine)
    {
        if (engine.Read(connection => connection.Scalar("SELECT 1 FROM moves WHERE ended_at IS NULL")) is not null)
        {
            throw new RefusedToStartException("A store is on its way into this database, and not all of it is here.", Remedy);
        }
    }
}
