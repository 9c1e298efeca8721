using Baton.Server.Features.History;
using Baton.Server.Storage;

namespace Baton.Server.Features.Moving;

/// <summary>
/// <c>baton-server backup</c>: a copy of the main store from one moment, beside a server that goes on writing. docs/operate.md, "Backup".
/// </summary>
internal static class BackupCommand
{
    private const string Usage =
        """
        baton-server backup FILE [--data DIRECTORY | --database-file FILE --shares-file FILE]
        baton-server backup --check FILE
        FILE: must not be there yet. It gets everything but shares, sealed content, files and sessions; it does not hold ledger.key and server.key.
        """;

    /// <summary>Exit code 0: done, and the file is whole; 2: not understood, refused, or damaged.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter errors, TimeProvider clock)
    {
        try
        {
            var command = CommandWords.Of(args);
            switch (command.Words)
            {
                case ["--check", var file] when file.Length > 0:
                    await Tell(file, output);
                    return 0;
                case [var file] when !file.StartsWith('-') && file.Length > 0:
                    Make(command, Path.GetFullPath(file), clock);
                    await Tell(Path.GetFullPath(file), output);
                    return 0;
                default:
                    await errors.WriteLineAsync(Usage);
                    return 2;
            }
        }
        catch (RefusedToStartException refused)
        {
            await errors.WriteLineAsync(refused.Message);
            return 2;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or System.Data.Common.DbException or StoreFailedException or StoreBusyException)
        {
            await errors.WriteLineAsync(failure.Message);
            return 2;
        }
    }

    private static void Make(CommandWords command, string path, TimeProvider clock)
    {
        if (Path.Exists(path))
        {
            throw new RefusedToStartException($"{path} is there already.", "Give a name that is free: a backup never overwrites another.");
        }

        // Under its name there is a whole backup or none, also when the power goes.
        var unfinished = path + ".unfinished";
        File.Delete(unfinished);
        using (var database = Database.OpenBeside(command.Places))
        {
            database.ReadSnapshot(connection =>
            {
                if (database.IsShared)
                {
                    connection.Script(MoveTarget.Patience);
                }

                BackupFile.Write(unfinished, connection, clock);
                return 0;
            });
        }

        using (var written = new FileStream(unfinished, FileMode.Open, FileAccess.ReadWrite))
        {
            written.Flush(flushToDisk: true);
        }

        BackupFile.Check(unfinished);
        File.Move(unfinished, path);
    }

    private static async Task Tell(string path, TextWriter output)
    {
        var tables = BackupFile.Check(path);
        var log = BackupFile.Read(path, connection => LogRow.Chain(connection.Query)).LastOrDefault();
        await output.WriteLineAsync($"{tables.Sum(table => table.Rows)} rows of {tables.Count} tables, {log?.Size ?? 0} entries of {log?.Origin ?? "no log"}.");
        await output.WriteLineAsync($"{BackupFile.Sha256(path)}  {path}");
    }
}
