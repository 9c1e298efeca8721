using System.Diagnostics;
using System.Globalization;

namespace Baton.Benchmarks;

/// <summary>
/// A PostgreSQL of Debian's package in a temporary folder on this disk, everything as it comes but for the port: what is acknowledged is on the
/// disk. Two databases, as a server wants them. From the repository's root, where `make bench` runs.
/// </summary>
internal sealed class PostgresCluster : IDisposable
{
    private const string Script = "eng/postgres.sh";

    private readonly string folder;
    private readonly string address;
    private readonly string bin;

    private PostgresCluster(string folder, string address, string bin) => (this.folder, this.address, this.bin) = (folder, address, bin);

    /// <summary>Of a server that uses it.</summary>
    public string[] Settings => ["--database", $"{address};Database=baton", "--shares", $"{address};Database=baton_shares"];

    /// <summary>For PostgreSQL's own programs.</summary>
    public string[] Where => ["--host", folder, "--port", Part("Port"), "--username", "postgres"];

    /// <summary>Of all its processes. A connection that was closed while two times are compared is counted with the postmaster's.</summary>
    public double CpuMilliseconds
    {
        get
        {
            var postmaster = File.ReadLines(Path.Combine(folder, "data", "postmaster.pid")).First();
            var ticks = 0L;
            foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
            {
                try
                {
                    // What follows the name: state, parent, … user and system time (14, 15), those of children waited for (16, 17).
                    var stat = File.ReadAllText(Path.Combine(process, "stat"));
                    var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                    ticks += Path.GetFileName(process) == postmaster ? fields[11..15].Sum(Number) : fields[1] == postmaster ? fields[11..13].Sum(Number) : 0;
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    // Ended meanwhile.
                }
            }

            return ticks * 10;
        }
    }

    public static async Task<PostgresCluster> Run(params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("baton-bench-").FullName;
        var address = (await Said("bash", [Script, "start", folder, "fsync=on", "full_page_writes=on", .. settings])).Trim();
        var bin = Directory.GetDirectories("/usr/lib/postgresql").OrderBy(version => int.Parse(Path.GetFileName(version), CultureInfo.InvariantCulture)).Last();
        var cluster = new PostgresCluster(folder, address, Path.Combine(bin, "bin"));
        await cluster.Ask("postgres", "CREATE DATABASE baton");
        await cluster.Ask("postgres", "CREATE DATABASE baton_shares");
        return cluster;
    }

    /// <summary>The answer to one statement, columns apart by '|'.</summary>
    public async Task<string> Ask(string database, string sql) =>
        (await Tool("psql", ["--no-psqlrc", "--tuples-only", "--no-align", "--quiet", "--dbname", database, "--command", sql])).Trim();

    /// <summary>What one of PostgreSQL's programs says, connected here.</summary>
    public Task<string> Tool(string program, string[] arguments) => Said(Path.Combine(bin, program), [.. Where, .. arguments]);

    private static long Number(string digits) => long.Parse(digits, CultureInfo.InvariantCulture);

    private string Part(string name) => address.Split(';').Select(part => part.Split('=', 2)).First(part => part[0] == name)[1];

    private static async Task<string> Said(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? said : throw new InvalidDataException($"{Path.GetFileName(program)} ended with {process.ExitCode}.");
    }

    public void Dispose()
    {
        using var process = Process.Start("bash", [Script, "stop", folder]);
        process.WaitForExit();
    }
}
