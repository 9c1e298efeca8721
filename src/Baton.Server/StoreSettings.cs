using Baton.Server.Security;
using Baton.Server.Storage;

namespace Baton.Server;

/// <summary>The settings that say where the stores are, as they are read; <see cref="Find"/> makes sense of them together.</summary>
internal sealed class StoreSettings
{
    public string Database { get; set; } = "";
    public string DatabaseFile { get; set; } = "";
    public string Shares { get; set; } = "";
    public string SharesFile { get; set; } = "";
    public int Connections { get; set; }
    public TimeSpan StatementTimeout { get; set; }

    /// <summary>Both, or neither.</summary>
    /// <exception cref="RefusedToStartException">One without the other, both the same, or a text that is no connection string.</exception>
    public (PostgresTarget? Database, PostgresTarget? Shares) Find()
    {
        var database = Target("--database", Database, DatabaseFile);
        var shares = Target("--shares", Shares, SharesFile);
        if (database is null != shares is null)
        {
            throw new RefusedToStartException(
                "The main database and the share store are on PostgreSQL both, or neither.",
                "Give --shares (or --shares-file) with --database (or --database-file): another database, best on another server, that no backup and no replica holds.");
        }

        return database is not null && database.IsSameAs(shares!)
            ? throw new RefusedToStartException(
                "--shares is the same database as --database.", "Give the shares a database of their own, best on another server: no backup of the main database may hold them.")
            : (database, shares);
    }

    private PostgresTarget? Target(string option, string text, string file)
    {
        if (text.Length > 0 && file.Length > 0)
        {
            throw new RefusedToStartException($"{option} and {option}-file exclude each other.", $"Leave {option} out.");
        }

        if (file.Length > 0)
        {
            (option, text) = (option + "-file", KeyFile.ReadText(Path.GetFullPath(file)).Trim());
        }

        return text.Length == 0 && file.Length == 0 ? null : PostgresTarget.Parse(option, text, Connections, StatementTimeout);
    }
}
