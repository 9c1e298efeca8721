namespace Baton.Server.Storage;

/// <summary>
/// The few phrases in which the databases differ. Everything else is written in the subset they share:
/// RETURNING, ON CONFLICT, conditional UPDATE, PostgreSQL's type names (SQLite takes them as they are).
/// </summary>
/// <param name="Identity">A key that the database numbers itself, rising.</param>
/// <param name="Key">A whole number, given by us, as the primary key the rows are ordered by.</param>
internal sealed record Dialect(string Identity, string Key)
{
    /// <summary>SQLite: only exactly INTEGER PRIMARY KEY is the row's own number; AUTOINCREMENT never gives a number twice.</summary>
    public static readonly Dialect Sqlite = new("INTEGER PRIMARY KEY AUTOINCREMENT", "INTEGER PRIMARY KEY");

    /// <summary>A migration's text in this dialect.</summary>
    public string Render(string ddl) => ddl
        .Replace("{identity}", Identity, StringComparison.Ordinal)
        .Replace("{key}", Key, StringComparison.Ordinal);
}
