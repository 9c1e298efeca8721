namespace Baton.Server.Storage;

/// <summary>Where the two stores are.</summary>
/// <param name="Directory">The data directory; without PostgreSQL both are in it.</param>
/// <param name="Main">The main database on PostgreSQL; null: SQLite.</param>
/// <param name="Shares">The share store on PostgreSQL, there exactly when <paramref name="Main"/> is.</param>
internal sealed record StorePlaces(string Directory, PostgresTarget? Main = null, PostgresTarget? Shares = null);
