using Baton.Server.Storage;

namespace Baton.Server.Features.Moving;

/// <summary>A table and its columns, as a SQLite database has them: one side of every copy is one, and both sides have the same tables.</summary>
/// <param name="Truths">Which columns are BOOLEAN: SQLite keeps those as numbers, PostgreSQL does not take numbers for them.</param>
internal sealed record Table(string Name, IReadOnlyList<string> Columns, IReadOnlyList<bool> Truths)
{
    /// <summary>What a database keeps about itself: each side has its own.</summary>
    private const string OfTheSchema = "migrations";

    private readonly string columns = string.Join(", ", Columns);

    /// <summary>All rows, in no order.</summary>
    public string Select => $"SELECT {columns} FROM {Name}";

    /// <summary>Rows of SQLite after a place, in an order that stays; the place comes first.</summary>
    public string SelectAfter => $"SELECT rowid, {columns} FROM {Name} WHERE rowid > @after ORDER BY rowid LIMIT @limit";

    /// <summary>Inserts so many rows at once; parameters are @p0, @p1… through all of them.</summary>
    public string Insert(int rows)
    {
        var values = Enumerable.Range(0, rows).Select(row => "(" + string.Join(", ", Enumerable.Range(row * Columns.Count, Columns.Count).Select(p => "@p" + p)) + ")");
        return $"INSERT INTO {Name} ({columns}) VALUES {string.Join(", ", values)}";
    }

    /// <summary>Every table of a SQLite database but what it keeps about itself, in the order of their names.</summary>
    public static List<Table> AllOf(Connection sqlite)
    {
        var names = new List<string>();
        using (var rows = sqlite.Query(@"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name"))
        {
            while (rows.Read())
            {
                names.Add(rows.GetString(0));
            }
        }

        names.Remove(OfTheSchema);
        return names.ConvertAll(name => Of(sqlite, name));
    }

    private static Table Of(Connection sqlite, string name)
    {
        var (columns, truths) = (new List<string>(), new List<bool>());
        using var rows = sqlite.Query("SELECT name, type FROM pragma_table_info(@table) ORDER BY cid", ("@table", name));
        while (rows.Read())
        {
            columns.Add(rows.GetString(0));
            truths.Add(rows.GetString(1) == "BOOLEAN");
        }

        return new Table(name, columns, truths);
    }
}
