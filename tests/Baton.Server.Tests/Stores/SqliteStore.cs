using Baton.Server.Storage;

namespace Baton.Server.Tests;

/// <summary>Two files in the data directory.</summary>
internal sealed class SqliteStore(string data) : Store(data)
{
    public override string[] Settings => ["--data", Data];

    public override Dialect Dialect => Dialect.Sqlite;

    private string MainFile => Path.Combine(Data, "baton.db");

    private string SharesFile => Path.Combine(Data, "shares", "shares.db");

    public override Connection OpenMain() => Connection.OpenWriter(MainFile);

    public override Connection OpenShares() => Connection.OpenWriter(SharesFile);

    public override Database Database() => new(Data, TimeProvider.System);

    public override Shares Shares() => new(Data, TimeProvider.System);

    public override void EmptyMain()
    {
        foreach (var file in Directory.GetFiles(Data, "baton.db*"))
        {
            File.Delete(file);
        }
    }

    public override void CopyMainTo(Store other)
    {
        using var main = OpenMain();
        main.Script($"VACUUM INTO '{other.Data}/baton.db'");
    }

    public override void CopySharesTo(Store other)
    {
        Directory.CreateDirectory(Path.Combine(other.Data, "shares"));
        using var shares = OpenShares();
        shares.Script($"VACUUM INTO '{other.Data}/shares/shares.db'");
    }

    /// <summary>What has the file open could go on reading it, so the server's connections are closed.</summary>
    public override void LoseShares(Shares shares)
    {
        shares.Dispose();
        Directory.Move(Path.Combine(Data, "shares"), Path.Combine(Data, "elsewhere"));
    }

    public override bool Holds(byte[] bytes) => Holds(Data, bytes);

    public override bool SharesHold(byte[] bytes) => Holds(Path.Combine(Data, "shares"), bytes);

    public override void CheckFiles()
    {
        using var main = OpenMain();
        Assert.Equal("ok", main.Scalar("PRAGMA integrity_check"));
        using var shares = OpenShares();
        Assert.Equal("ok", shares.Scalar("PRAGMA integrity_check"));
    }

    public override long Tables(Connection main) => (long)main.Scalar("SELECT count(*) FROM sqlite_master WHERE type = 'table'")!;

    public override IDisposable Fail(bool inShares, string when, string which = "1 = 1") => new Failing(inShares ? OpenShares() : OpenMain(), when, which);

    protected override string Zeros(string count) => $"zeroblob({count})";

    /// <summary>In any file, the database's logs among them. The lock file alone, always empty, can't be read.</summary>
    private static bool Holds(string folder, byte[] bytes) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Any(file => Path.GetFileName(file) != "lock" && Contains(file, bytes));

    private static bool Contains(string file, byte[] bytes)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var content = new byte[stream.Length];
            var length = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            return content.AsSpan(0, length).IndexOf(bytes) >= 0;
        }
        catch (FileNotFoundException)
        {
            // A server that runs deletes files of its own: what is gone holds nothing.
            return false;
        }
    }

    private sealed class Failing : IDisposable
    {
        private readonly Connection connection;

        public Failing(Connection opened, string when, string which)
        {
            connection = opened;
            connection.Script($"CREATE TRIGGER failing {when} WHEN {which} BEGIN SELECT RAISE(ABORT, 'on purpose'); END");
        }

        public void Dispose()
        {
            connection.Script("DROP TRIGGER failing");
            connection.Dispose();
        }
    }
}
