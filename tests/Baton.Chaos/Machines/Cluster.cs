using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Baton.Chaos.Machines;

/// <summary>
/// One PostgreSQL of Debian's package in a folder of its own, with everything synced to the disk as in earnest. As root it runs as the user
/// postgres. Its process is ours, so that it can be killed with all its children.
/// </summary>
internal sealed class Cluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string folder;
    private readonly string[] settings;
    private Process? process;

    private Cluster(string folder, string[] settings)
    {
        (this.folder, this.settings) = (folder, settings);
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        Port = ((IPEndPoint)free.LocalEndpoint).Port;
    }

    public static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")).FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
        : null;

    public int Port { get; }

    private string Data => Path.Combine(folder, "data");

    /// <summary>An empty one, running.</summary>
    /// <param name="settings">As name=value.</param>
    public static async Task<Cluster> Make(string folder, params string[] settings)
    {
        var cluster = new Cluster(folder, settings);
        await cluster.MakeFolder();
        await Run("initdb", "--pgdata", cluster.Data, "--username", "postgres", "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-instructions");
        await cluster.Start();
        return cluster;
    }

    /// <summary>A standby of this one, running and in step.</summary>
    public async Task<Cluster> MakeStandby(string path)
    {
        var standby = new Cluster(path, settings);
        await standby.MakeFolder();
        await Run(
            "pg_basebackup", "--pgdata", standby.Data, "--host", "127.0.0.1", "--port", Port.ToString(CultureInfo.InvariantCulture), "--username", "postgres",
            "--write-recovery-conf", "--wal-method", "stream", "--checkpoint", "fast");
        await standby.Start();
        await Until(async () => await Ask("SELECT count(*) FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum') AND state = 'streaming'") == "1");
        return standby;
    }

    public async Task Start()
    {
        string[] arguments = ["-D", Data, "-p", Port.ToString(CultureInfo.InvariantCulture), "-k", folder, "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=300",
            .. settings.SelectMany(setting => new[] { "-c", setting })];
        var (program, words) = AsOwner("postgres", arguments);
        process = new Process { StartInfo = new ProcessStartInfo(program, words) { RedirectStandardError = true, UseShellExecute = false } };

        // What it logs is read, so that it never waits for us, and thrown away.
        process.ErrorDataReceived += (_, _) => { };
        process.Start();
        process.BeginErrorReadLine();
        await Until(async () => await Ask("SELECT 1") == "1");
    }

    /// <summary>kill -9 of the postmaster and of every process of it.</summary>
    public async Task Kill()
    {
        if (process is { HasExited: false })
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        // Those that the tree missed see that the postmaster is gone; until then the next start refuses.
        await Until(() => Task.FromResult(!Directory.EnumerateDirectories("/proc").Any(IsOurs)));
    }

    public async Task Restart()
    {
        await Kill();
        await Start();
    }

    /// <summary>Ends the connections that match, as an administrator would.</summary>
    public Task Terminate() => Ask("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");

    /// <summary>Makes a standby the primary; returns once it takes writes.</summary>
    public async Task Promote()
    {
        await Ask("SELECT pg_promote(true, 60)");
        await Until(async () => await Ask("SELECT pg_is_in_recovery()") == "f");
    }

    /// <summary>One value as text; empty when it has no answer.</summary>
    public async Task<string> Ask(string sql, string database = "postgres")
    {
        var (code, output) = await Command.Try(
            Path.Combine(Programs!, "psql"),
            ["--host", "127.0.0.1", "--port", Port.ToString(CultureInfo.InvariantCulture), "--username", "postgres", "--no-psqlrc", "--tuples-only", "--no-align", "--quiet", "--command", sql, database],
            // What is asked for here waits for no standby.
            new Dictionary<string, string>(StringComparer.Ordinal) { ["PGOPTIONS"] = "-c synchronous_commit=local", ["PGCONNECT_TIMEOUT"] = "5" });
        return code == 0 ? output : "";
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        process?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task Until(Func<Task<bool>> holds)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            if (TimeProvider.System.GetElapsedTime(since) > Patience)
            {
                throw new TimeoutException("PostgreSQL did not come to it.");
            }

            await Task.Delay(100);
        }
    }

    /// <summary>Whether a process works in this cluster's data.</summary>
    private bool IsOurs(string proc)
    {
        try
        {
            return char.IsAsciiDigit(Path.GetFileName(proc)[0]) && Directory.ResolveLinkTarget(Path.Combine(proc, "cwd"), returnFinalTarget: false)?.FullName == Data
                && File.ReadAllText(Path.Combine(proc, "comm")).StartsWith("postgres", StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private async Task MakeFolder()
    {
        Directory.CreateDirectory(folder);
        if (Environment.UserName == "root")
        {
            await Command.Run("chown", "postgres:", folder);
        }
    }

    private static Task Run(string name, params string[] arguments)
    {
        var (program, words) = AsOwner(name, arguments);
        return Command.Run(program, words);
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private static (string Program, string[] Arguments) AsOwner(string name, string[] arguments)
    {
        var path = Path.Combine(Programs!, name);
        return Environment.UserName == "root" ? ("setpriv", ["--reuid", "postgres", "--regid", "postgres", "--init-groups", path, .. arguments]) : (path, arguments);
    }
}
