using System.Text.RegularExpressions;
using Baton.Server.Storage;

namespace Baton.Server.Tests;

/// <summary>
/// Where a server of the tests keeps what it has: a data directory, and both databases. Whatever reaches past the server into
/// them goes through here, so that no test knows which kind they are.
/// </summary>
internal abstract partial class Store : IDisposable
{
    /// <summary>The trait of what only one kind has: SQLite's log and pages, files that hold the databases. Few; the other kind's run leaves them out.</summary>
    public const string Only = "store";

    /// <summary>Value of <see cref="Only"/>.</summary>
    public const string Sqlite = "SQLite";

    /// <summary>The other value: several servers on one pair of databases.</summary>
    public const string Postgres = "PostgreSQL";

    protected Store(string data) => Data = data;

    /// <summary>The data directory.</summary>
    public string Data { get; }

    /// <summary>What a server, or a command of the operator's, is told to find it: options and their values.</summary>
    public abstract string[] Settings { get; }

    /// <summary>The same for a server that runs.</summary>
    public virtual string[] ServerSettings => Settings;

    /// <summary>The databases' phrases.</summary>
    public abstract Dialect Dialect { get; }

    /// <summary>Whether the tests run on PostgreSQL: BATON_TEST_DATABASE is an administrator's connection string to a cluster of theirs (eng/postgres.sh).</summary>
    public static bool OnPostgres => PostgresStore.Administrator is not null;

    /// <summary>A store in a directory of its own.</summary>
    public static Store New() => OnPostgres ? PostgresStore.Ready() : new SqliteStore(BatonServer.NewDirectory());

    /// <summary>A connection of its own to the main database; it may write, as any administrator of the database can.</summary>
    public abstract Connection OpenMain();

    /// <summary>The same for the share store.</summary>
    public abstract Connection OpenShares();

    /// <summary>The product's own, for tests below HTTP.</summary>
    public abstract Database Database();

    /// <summary>The product's own, for tests below HTTP.</summary>
    public abstract Shares Shares();

    /// <summary>An empty main database: no table, no migration.</summary>
    public abstract void EmptyMain();

    /// <summary>Gives another store this one's main database as it is now; a server may be using it.</summary>
    public abstract void CopyMainTo(Store other);

    /// <summary>Gives another store this one's share store.</summary>
    public abstract void CopySharesTo(Store other);

    /// <summary>From now on nobody can open the running server's share store.</summary>
    public abstract void LoseShares(Shares shares);

    /// <summary>Whether these bytes are kept anywhere.</summary>
    public abstract bool Holds(byte[] bytes);

    /// <summary>Whether these bytes are kept anywhere in the share store.</summary>
    public abstract bool SharesHold(byte[] bytes);

    /// <summary>What the database itself can say about its files after the server was killed.</summary>
    public abstract void CheckFiles();

    /// <summary>How many tables the main database has.</summary>
    public abstract long Tables(Connection main);

    /// <summary>Until it is disposed, such a write fails.</summary>
    /// <param name="inShares">In the share store.</param>
    /// <param name="when">BEFORE INSERT or UPDATE ON a table.</param>
    /// <param name="which">Condition on NEW and OLD.</param>
    public abstract IDisposable Fail(bool inShares, string when, string which = "1 = 1");

    /// <summary>Changes the main database behind everybody's back. `{zeros N}` in the text is so many zero bytes.</summary>
    public void Script(string sql)
    {
        using var main = OpenMain();
        main.Script(Zeros().Replace(sql, match => Zeros(match.Groups[1].Value)));
    }

    /// <summary>One number out of the main database.</summary>
    public long Number(string sql, params (string Name, object? Value)[] values)
    {
        using var main = OpenMain();
        return (long)main.Scalar(sql, values)!;
    }

    /// <summary>The directory and the databases, gone.</summary>
    public virtual void Dispose() => Directory.Delete(Data, recursive: true);

    protected abstract string Zeros(string count);

    [GeneratedRegex(@"\{zeros ([^}]+)\}")]
    private static partial Regex Zeros();
}
