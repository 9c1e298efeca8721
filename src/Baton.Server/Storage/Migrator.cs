using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Baton.Server.Storage;

/// <summary>
/// Brings a database's tables up to date: numbered SQL files, embedded, each applied once and recorded with its SHA-256,
/// all under a lock that one process has at a time. What was applied must still be what is embedded.
/// </summary>
internal static class Migrator
{
    /// <param name="connection">May write.</param>
    /// <param name="dialect">The database's.</param>
    /// <param name="folder">Migrations or ShareMigrations.</param>
    /// <param name="clock">For the record.</param>
    /// <exception cref="RefusedToStartException">A migration changed after it was applied, or the database is from a newer version.</exception>
    public static void Run(Connection connection, Dialect dialect, string folder, TimeProvider clock) =>
        Run(connection, dialect, Embedded(folder), clock);

    /// <summary>The same with the migrations given.</summary>
    public static void Run(Connection connection, Dialect dialect, IReadOnlyList<Migration> migrations, TimeProvider clock)
    {
        connection.BeginMigration();
        try
        {
            connection.Script("CREATE TABLE IF NOT EXISTS migrations (number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, sha256 BYTEA NOT NULL, applied_at BIGINT NOT NULL)");
            var applied = Check(connection, migrations);
            foreach (var migration in migrations.Where(migration => migration.Number > applied))
            {
                connection.Script(dialect.Render(migration.Text));
                connection.Execute(
                    "INSERT INTO migrations (number, name, sha256, applied_at) VALUES (@number, @name, @sha256, @now)",
                    ("@number", migration.Number), ("@name", migration.Name), ("@sha256", migration.Hash), ("@now", clock.GetUtcNow().ToUnixTimeMilliseconds()));
            }

            connection.Execute("COMMIT");
        }
        catch
        {
            if (connection.InTransaction)
            {
                connection.Execute("ROLLBACK");
            }

            throw;
        }
    }

    /// <summary>Changes nothing; refuses a database that is not exactly at this version.</summary>
    public static void Expect(Connection connection, string folder)
    {
        if (!IsCurrent(connection, folder))
        {
            throw new RefusedToStartException("The database is of an older version.", "Start this version's baton-server once: it brings the database up to date.");
        }
    }

    /// <summary>Whether all of this version's migrations are applied, and no others.</summary>
    public static bool IsCurrent(Connection connection, string folder)
    {
        var migrations = Embedded(folder);
        return Check(connection, migrations) == migrations[^1].Number;
    }

    /// <summary>Number of the last migration applied; refuses when the record and the embedded files disagree.</summary>
    private static long Check(Connection connection, IReadOnlyList<Migration> migrations)
    {
        var last = 0L;
        using var rows = connection.Query("SELECT number, name, sha256 FROM migrations ORDER BY number");
        while (rows.Read())
        {
            last = rows.GetInt64(0);
            var name = rows.GetString(1);
            var migration = migrations.FirstOrDefault(migration => migration.Number == last)
                ?? throw new RefusedToStartException(
                    $"The database has migration {name}, which this version does not know: it was written by a newer version.",
                    "Start that newer version again, or restore the backup made before the upgrade.");
            if (migration.Name != name)
            {
                throw new RefusedToStartException($"The database has migration {name}, which is none of this store.", "Give the main database and the share store a database each.");
            }

            if (!migration.Hash.AsSpan().SequenceEqual(rows.Bytes(2)))
            {
                throw new RefusedToStartException(
                    $"Migration {migration.Name} is not the one that was applied to this database: its text has changed.",
                    "Install an unmodified release of Baton; the database has not been touched.");
            }
        }

        return last;
    }

    private static List<Migration> Embedded(string folder)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"Baton.Server.Storage.{folder}.";
        var migrations = new List<Migration>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
            var name = resource[prefix.Length..^".sql".Length];
            migrations.Add(new Migration(int.Parse(name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture), name, reader.ReadToEnd()));
        }

        return migrations;
    }
}

/// <summary>One numbered file. Its hash is of the text as embedded, before the dialect's phrases are put in.</summary>
internal sealed record Migration(long Number, string Name, string Text)
{
    public byte[] Hash => SHA256.HashData(Encoding.UTF8.GetBytes(Text));
}
