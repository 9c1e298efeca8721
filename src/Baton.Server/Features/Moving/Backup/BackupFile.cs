using System.Security.Cryptography;
using Baton.Server.Storage;

namespace Baton.Server.Features.Moving;

/// <summary>
/// A backup is a SQLite database of the main store's tables, whichever database they came from, that says of each table how many rows it
/// has and what they hash to. What was destroyed must not come back, and what can still be opened must not lie about: see
/// <see cref="LeftOut"/>.
/// </summary>
internal static class BackupFile
{
    /// <summary>
    /// Sealed content and files, also of drafts; sessions, which <c>recover</c> ends anyway; how far a move is; which nodes live and what was spent. The shares are in another store and never here.
    /// </summary>
    public static readonly IReadOnlySet<string> LeftOut = new HashSet<string>(StringComparer.Ordinal) { "sealed", "files", "chunks", "drafts", "sessions", "moves", "moved", "nodes", "budgets" };

    private const string Tables = "backup_tables";

    /// <summary>What a table had when it was copied.</summary>
    public sealed record Kept(string Name, long Rows, byte[] Digest);

    /// <summary>Fills a new file from one state of the main database.</summary>
    /// <param name="path">There is none yet.</param>
    /// <param name="source">In a transaction that shows it one state of the database.</param>
    public static void Write(string path, Connection source, TimeProvider clock)
    {
        using (new FileStream(path, PrivateNew()))
        {
            // Open to its owner alone from its first byte on; SQLite keeps what it finds.
        }

        using var file = Connection.OpenWriter(path);
        file.Script("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536");
        Migrator.Run(file, Dialect.Sqlite, "Migrations", clock);
        var tables = Table.AllOf(file);
        file.Script($"BEGIN; CREATE TABLE {Tables} (name TEXT NOT NULL PRIMARY KEY, number BIGINT NOT NULL, digest BYTEA NOT NULL)");
        foreach (var table in tables.Where(table => !LeftOut.Contains(table.Name)))
        {
            var tally = Copy(table, source, file);
            file.Execute($"INSERT INTO {Tables} (name, number, digest) VALUES (@name, @number, @digest)", ("@name", table.Name), ("@number", tally.Rows), ("@digest", tally.Digest));
        }

        file.Script("COMMIT");
    }

    /// <summary>What is in it.</summary>
    /// <exception cref="RefusedToStartException">It is no backup, or not what was written.</exception>
    public static List<Kept> Check(string path)
    {
        if (!IsSqlite(path))
        {
            throw NoBackup(path);
        }

        try
        {
            using var file = Connection.OpenReader(path);
            if (file.Scalar("SELECT 1 FROM sqlite_master WHERE name = @name", ("@name", Tables)) is null)
            {
                throw NoBackup(path);
            }

            var kept = new List<Kept>();
            using (var rows = file.Query($"SELECT name, number, digest FROM {Tables} ORDER BY name"))
            {
                while (rows.Read())
                {
                    kept.Add(new Kept(rows.GetString(0), rows.GetInt64(1), rows.Bytes(2)));
                }
            }

            var tables = Table.AllOf(file).ToDictionary(table => table.Name, StringComparer.Ordinal);
            foreach (var one in kept)
            {
                if (!tables.TryGetValue(one.Name, out var table) || !Count(table, file).Is(one.Rows, one.Digest))
                {
                    throw Damaged(path, $"table {one.Name} is not what was written");
                }
            }

            return (string?)file.Scalar("PRAGMA integrity_check(1)") == "ok" ? kept : throw Damaged(path, "its pages are not whole");
        }
        catch (System.Data.Common.DbException failure)
        {
            throw Damaged(path, failure.Message);
        }
    }

    /// <summary>Reads something from one that was checked.</summary>
    public static T Read<T>(string path, Func<Connection, T> read)
    {
        using var file = Connection.OpenReader(path);
        return read(file);
    }

    /// <summary>Makes a copy of a backup a main database of this version.</summary>
    public static void MakeDatabase(string path, TimeProvider clock)
    {
        using var file = Connection.OpenWriter(path);
        file.Script($"DROP TABLE {Tables}");
        Migrator.Run(file, Dialect.Sqlite, "Migrations", clock);

        // One file again, all of it on the disk.
        file.Script("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE");
    }

    /// <summary>The rows of a table, counted and hashed.</summary>
    public static Tally Count(Table table, Connection connection)
    {
        var tally = new Tally();
        using var rows = connection.Query(table.Select);
        while (rows.Read())
        {
            tally.Add(RowWriter.Values(table, rows));
        }

        return tally;
    }

    /// <summary>A new file that is its owner's alone.</summary>
    public static FileStreamOptions PrivateNew()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    /// <summary>In hexadecimal, as sha256sum writes it.</summary>
    public static string Sha256(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static Tally Copy(Table table, Connection from, Connection to)
    {
        var (tally, writer) = (new Tally(), new RowWriter(table, to));
        using var rows = from.Query(table.Select);
        while (rows.Read())
        {
            var values = RowWriter.Values(table, rows);
            tally.Add(values);
            writer.Add(values);
        }

        writer.End();
        return tally;
    }

    private static bool IsSqlite(string path)
    {
        var magic = "SQLite format 3\0"u8;
        using var file = File.OpenRead(path);
        Span<byte> begins = stackalloc byte[16];
        return file.ReadAtLeast(begins, begins.Length, throwOnEndOfStream: false) == begins.Length && begins.SequenceEqual(magic);
    }

    private static RefusedToStartException NoBackup(string path) => new($"{path} is no backup of Baton.", "Give a file that baton-server backup made.");

    private static RefusedToStartException Damaged(string path, string how) => new($"{path} is damaged: {how}.", "Take an older backup, or another copy of this one.");
}
