using Baton.Server.Storage;

namespace Baton.Server.Features.Moving;

/// <summary>
/// The PostgreSQL databases that a store moves into. Each step is one transaction with how far it got, so whatever comes in between, the
/// next run goes on from what is there.
/// </summary>
internal sealed class MoveTarget : IDisposable
{
    /// <summary>In a transaction: reading a whole table takes longer than any statement of a server may.</summary>
    public const string Patience = "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0";

    private const int Together = 256;

    private readonly PostgresEngine[] engines;
    private readonly TimeProvider clock;

    private MoveTarget(PostgresEngine main, PostgresEngine shares, TimeProvider clock)
    {
        (engines, this.clock) = ([main, shares], clock);
        Main = main.Open();
        Shares = shares.Open();
    }

    public Connection Main { get; }

    public Connection Shares { get; }

    /// <summary>Brings both databases to this version and takes them for this move.</summary>
    /// <param name="move">Names it.</param>
    /// <param name="mark">Called before it leaves its first trace there; null when it has to be there already.</param>
    /// <exception cref="RefusedToStartException">They are not empty, and what is there is not of this move.</exception>
    public static MoveTarget Open(StorePlaces places, byte[] move, Action? mark, TimeProvider clock)
    {
        var (main, shares) = (new PostgresEngine(places.Main!), new PostgresEngine(places.Shares!));
        main.Migrate("Migrations", clock);
        shares.Migrate("ShareMigrations", clock);
        var opened = new MoveTarget(main, shares, clock);
        try
        {
            opened.Begin(move, mark);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Everything is here, and was compared with the source.</summary>
    public bool IsVerified => Main.Scalar("SELECT 1 FROM moves WHERE verified_at IS NOT NULL") is not null;

    public void SetVerified() => Now("UPDATE moves SET verified_at = @now WHERE verified_at IS NULL");

    /// <summary>From here on a server may be started on it.</summary>
    public void SetEnded() => Now("UPDATE moves SET ended_at = @now WHERE ended_at IS NULL");

    /// <summary>Copies what of a table is not here yet.</summary>
    /// <param name="progress">Told how many rows were copied in this run.</param>
    public void Copy(Table table, Connection from, Action<long> progress)
    {
        var place = Main.Scalar("SELECT place FROM moved WHERE name = @name", ("@name", table.Name)) is long at ? at : long.MinValue;
        var rows = new List<object?[]>(Together);
        var writer = new RowWriter(table, Main);
        for (var copied = 0L; Next(table, from, ref place, rows); progress(copied))
        {
            Main.BeginSnapshot();
            rows.ForEach(row => writer.Add(row));
            writer.End();
            Main.Execute(
                "INSERT INTO moved (name, place) VALUES (@name, @place) ON CONFLICT (name) DO UPDATE SET place = excluded.place", ("@name", table.Name), ("@place", place));
            Main.Execute("COMMIT");
            copied += rows.Count;
        }
    }

    /// <summary>Copies all of a small store in one transaction; what is there of an earlier run goes.</summary>
    public void CopyShares(IReadOnlyList<Table> tables, Connection from)
    {
        Shares.BeginSnapshot();
        foreach (var table in tables)
        {
            Shares.Execute($"DELETE FROM {table.Name}");
            var writer = new RowWriter(table, Shares);
            using (var rows = from.Query(table.Select))
            {
                while (rows.Read())
                {
                    writer.Add(RowWriter.Values(table, rows));
                }
            }

            writer.End();
        }

        Shares.Execute("COMMIT");
    }

    /// <summary>Numbers that the database gives go on where the source's ended, also above rows that are gone: none is ever given twice.</summary>
    public static void GoOnCounting(Connection from, Connection to)
    {
        var numbered = new List<(string Table, string Column)>();
        using (var rows = to.Query("SELECT table_name, column_name FROM information_schema.columns WHERE is_identity = 'YES' AND table_schema = current_schema()"))
        {
            while (rows.Read())
            {
                numbered.Add((rows.GetString(0), rows.GetString(1)));
            }
        }

        foreach (var (table, column) in numbered)
        {
            if (from.Scalar("SELECT seq FROM sqlite_sequence WHERE name = @name", ("@name", table)) is long last and > 0)
            {
                to.Scalar("SELECT setval(pg_get_serial_sequence(@table, @column), @last)", ("@table", table), ("@column", column), ("@last", last));
            }
        }
    }

    /// <summary>Rows and hashes of a table, however long that takes.</summary>
    public static Tally Count(Table table, Connection connection)
    {
        connection.BeginSnapshot();
        try
        {
            connection.Script(Patience);
            return BackupFile.Count(table, connection);
        }
        finally
        {
            connection.Execute("COMMIT");
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Main.Dispose();
        Shares.Dispose();
        foreach (var engine in engines)
        {
            engine.Dispose();
        }
    }

    private void Begin(byte[] move, Action? mark)
    {
        if (Main.Scalar("SELECT 1 FROM moves WHERE id = @id AND (ended_at IS NULL OR @ends)", ("@id", move), ("@ends", mark is null)) is not null)
        {
            return;
        }

        if (mark is null || Main.Scalar("SELECT 1 FROM installation") is not null || Main.Scalar("SELECT 1 FROM moves") is not null || Shares.Scalar("SELECT 1 FROM heads") is not null)
        {
            throw new RefusedToStartException("The target is not empty, and what is there is not of this move.", "Give two new databases with --database-file and --shares-file.");
        }

        mark();
        Main.Execute("INSERT INTO moves (id, began_at) VALUES (@id, @now)", ("@id", move), ("@now", clock.GetUtcNow().ToUnixTimeMilliseconds()));
    }

    private static bool Next(Table table, Connection from, ref long place, List<object?[]> rows)
    {
        rows.Clear();
        using var read = from.Query(table.SelectAfter, ("@after", place), ("@limit", Together));
        while (read.Read())
        {
            place = read.GetInt64(0);
            rows.Add(RowWriter.Values(table, read, 1));
        }

        return rows.Count > 0;
    }

    private void Now(string sql) => Main.Execute(sql, ("@now", clock.GetUtcNow().ToUnixTimeMilliseconds()));
}
