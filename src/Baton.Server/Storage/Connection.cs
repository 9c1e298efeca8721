using System.Data.Common;

namespace Baton.Server.Storage;

/// <summary>
/// One database connection and its prepared commands, kept for as long as the connection lives. Not thread-safe; one user at a time, and one
/// reader at a time: rows are closed before anything else is asked, also before the same statement is used again.
/// </summary>
internal abstract class Connection : IDisposable
{
    /// <summary>A connection to a SQLite file that may write.</summary>
    public static Connection OpenWriter(string path) => SqliteSession.OpenWriter(path);

    /// <summary>A connection to a SQLite file that SQLite itself keeps from writing.</summary>
    public static Connection OpenReader(string path) => SqliteSession.OpenReader(path);

    /// <summary>False once the database rolled a transaction back by itself (disk full, I/O error).</summary>
    public abstract bool InTransaction { get; }

    /// <summary>Nothing can be asked through it any more: to be closed, and another one opened.</summary>
    public virtual bool IsBroken => false;

    /// <summary>Runs a statement; gives the number of rows changed.</summary>
    /// <param name="sql">A literal: it is the key under which the prepared command is kept.</param>
    /// <param name="values">Named as in the text, "@name", always in the same order for the same text.</param>
    public abstract int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values);

    /// <summary>The rows of a statement. Close them before anything else is asked.</summary>
    public abstract DbDataReader Query(string sql, params ReadOnlySpan<(string Name, object? Value)> values);

    /// <summary>The first column of the first row, or null: a long, string, byte[] or bool on either database.</summary>
    public abstract object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> values);

    /// <summary>Runs a text of several statements once, unprepared: migrations.</summary>
    public abstract void Script(string sql);

    /// <summary>Begins a transaction whose statements all see one and the same state. COMMIT ends it.</summary>
    public abstract void BeginSnapshot();

    /// <summary>Begins the transaction in which the schema changes: one at a time, whoever else wants to. COMMIT or ROLLBACK ends it.</summary>
    public abstract void BeginMigration();

    /// <summary>Takes back what the operation under way has done; nothing more is asked in it.</summary>
    public abstract void TakeBack();

    /// <inheritdoc />
    public abstract void Dispose();
}
