using System.Security.Cryptography;
using Baton.Server.Storage;

namespace Baton.Server.Features.Moving;

/// <summary>
/// The two SQLite stores that are on their way out: nobody writes to them meanwhile, and once everything has arrived they end. The mark in
/// the data directory keeps servers from starting on them from the first step to the last.
/// </summary>
internal sealed class MoveSource : IDisposable
{
    private readonly string directory;

    private MoveSource(string directory, Connection? main, Connection? shares)
    {
        (this.directory, Main, Shares) = (directory, main, shares);
        Move = MoveMark.Read(directory) ?? RandomNumberGenerator.GetBytes(16);
    }

    /// <summary>Names this move, here and in the target: another one's half is never gone on with.</summary>
    public byte[] Move { get; }

    /// <summary>Null once it has ended.</summary>
    public Connection? Main { get; private set; }

    /// <inheritdoc cref="Main" />
    public Connection? Shares { get; private set; }

    /// <summary>Begins a move, or goes on with the one that was begun.</summary>
    /// <param name="data">Held: no server runs here.</param>
    /// <exception cref="RefusedToStartException">There is nothing to move.</exception>
    public static MoveSource Open(DataDirectory data, TimeProvider clock)
    {
        var main = Path.Combine(data.Path, MoveMark.DatabaseName);
        if (!File.Exists(main) && MoveMark.Read(data.Path) is null)
        {
            throw new RefusedToStartException($"{data.Path} holds no SQLite database.", "Give the data directory of the server that is to be moved with --data.");
        }

        return new MoveSource(data.Path, Held(main, "Migrations", clock), Held(Path.Combine(data.Path, "shares", "shares.db"), "ShareMigrations", clock));
    }

    /// <summary>Before the first row goes anywhere: from here on no server starts on it.</summary>
    public void Mark() => MoveMark.Set(directory, Move);

    /// <summary>
    /// Everything has arrived. What must not outlive its end there is overwritten here; the rest stays, as <c>baton.db.moved</c>, which no
    /// server takes for its database. Cut off anywhere, it is done again.
    /// </summary>
    public void End()
    {
        if (Shares is not null)
        {
            Empty(Shares, "DELETE FROM shares");
            Shares.Dispose();
            Shares = null;
        }

        var shares = Path.Combine(directory, "shares");
        if (Directory.Exists(shares))
        {
            Directory.Delete(shares, recursive: true);
        }

        if (Main is not null)
        {
            Empty(Main, string.Concat(BackupFile.LeftOut.Where(table => !MoveMark.IsOwn(table)).Select(table => $"DELETE FROM {table};")));
            Main.Script("PRAGMA journal_mode = DELETE");
            Main.Dispose();
            Main = null;
            File.Move(Path.Combine(directory, MoveMark.DatabaseName), Path.Combine(directory, MoveMark.MovedName));
        }
    }

    /// <summary>The last step: the target may be started.</summary>
    public void Forget() => MoveMark.Clear(directory);

    /// <inheritdoc />
    public void Dispose()
    {
        Main?.Dispose();
        Shares?.Dispose();
    }

    /// <summary>At this version, and locked against the operator's commands, which need no running server to write.</summary>
    private static Connection? Held(string path, string folder, TimeProvider clock)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var opened = Connection.OpenWriter(path);
        try
        {
            Migrator.Run(opened, Dialect.Sqlite, folder, clock);
            opened.Execute("BEGIN IMMEDIATE");
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Deleting overwrites in the file; truncating removes what the log still has.</summary>
    private static void Empty(Connection connection, string delete)
    {
        connection.Script(delete);
        connection.Execute("COMMIT");
        connection.Script("PRAGMA wal_checkpoint(TRUNCATE)");
    }
}
