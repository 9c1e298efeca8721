using System.Diagnostics;

namespace Baton.Benchmarks;

/// <summary>Ten thousand entries in the command line: each figure is a whole command, from its start to its end.</summary>
internal static class VaultInTerminal
{
    public const int Entries = 10_000;

    private const int Runs = 3;

    /// <summary>Measures, and leaves the entries in the vault and in a KeePass database.</summary>
    /// <returns>The database's path.</returns>
    public static async Task<string> Measure(ServerProcess server, string program, string folder)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "master"), ServerProcess.MasterPassword + "\n");
        var rows = Enumerable.Range(1, Entries).Select(i => $"Client {i % 40}/Servers,Entry {i:D5},https://host{i}.example,user{i}@client{i % 40}.example,pass-{i:D5}-x,note {i}");
        await File.WriteAllLinesAsync(Path.Combine(folder, "many.csv"), ["folder,title,url,username,password,notes", .. rows]);
        await Run("sign-in", $"http://localhost:{server.Endpoint.Port}", "--email", ServerProcess.Email);
        var imported = await Run("vault", "import", Path.Combine(folder, "many.csv"), "--yes");
        var listed = await Best("vault", "ls");
        var found = await Best("vault", "ls", "client7", "entry", "00007");
        var database = Path.Combine(folder, "many.kdbx");
        var exported = await Run("vault", "export", database, "--export-password-file", Path.Combine(folder, "master"));
        Report.Row($"{Entries} entries, `baton`", $"import from CSV {imported.TotalSeconds:0.0} s   export to KeePass {exported.TotalSeconds:0.0} s");
        Report.Row("  unlock, sync, list", $"{listed.TotalSeconds:0.00} s   search {found.TotalSeconds:0.00} s (whole commands, best of {Runs}; 0.2 s of each is the master password)");
        return database;

        async Task<TimeSpan> Best(params string[] command)
        {
            var times = new List<TimeSpan>();
            for (var run = 0; run < Runs; run++)
            {
                times.Add(await Run(command));
            }

            return times.Min();
        }

        async Task<TimeSpan> Run(params string[] command)
        {
            var start = new ProcessStartInfo(program, [.. command, "--password-file", Path.Combine(folder, "master")]) { UseShellExecute = false, RedirectStandardOutput = true };
            start.Environment["XDG_CONFIG_HOME"] = folder;
            var watch = Stopwatch.StartNew();
            using var process = Process.Start(start)!;
            await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? watch.Elapsed : throw new InvalidDataException($"baton {command[0]} ended with {process.ExitCode}.");
        }
    }
}
