using Baton.Server.Storage;

namespace Baton.Server.Features.Moving;

/// <summary><c>baton-server restore</c>: puts a backup into an empty data directory. The start then wants <c>recover</c>: spec/ledger.md §6.</summary>
internal static class RestoreCommand
{
    private const string Usage = "baton-server restore FILE [--data DIRECTORY]\nFILE: made by baton-server backup. The directory must not hold a database yet.";

    /// <summary>Exit code 0: done; 2: not understood, or refused.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter errors, TimeProvider clock)
    {
        try
        {
            var command = CommandWords.Of(args);
            if (command.Words is not [var file] || file.StartsWith('-') || file.Length == 0)
            {
                await errors.WriteLineAsync(Usage);
                return 2;
            }

            using var data = new DataDirectory(command.Data);
            Restore(Path.GetFullPath(file), data.Path, clock);
            await output.WriteLineAsync(
                $"""
                {file} is in {data.Path}. Before the start:
                - put server.key, as it was kept with the backup, into {data.Path}
                - say why: baton-server recover --reason TEXT --data '{data.Path}'
                """);
            return 0;
        }
        catch (RefusedToStartException refused)
        {
            await errors.WriteLineAsync(refused.Message);
            return 2;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or System.Data.Common.DbException)
        {
            await errors.WriteLineAsync(failure.Message);
            return 2;
        }
    }

    private static void Restore(string file, string data, TimeProvider clock)
    {
        var (database, unfinished) = (Path.Combine(data, "baton.db"), Path.Combine(data, "baton.db.unfinished"));
        if (File.Exists(database))
        {
            throw new RefusedToStartException($"{data} holds a database already.", "Give another directory with --data.");
        }

        // What is checked is the copy, and the copy it is that becomes the database.
        File.Delete(unfinished);
        using (var from = File.OpenRead(file))
        using (var to = new FileStream(unfinished, BackupFile.PrivateNew()))
        {
            from.CopyTo(to);
            to.Flush(flushToDisk: true);
        }

        BackupFile.Check(unfinished);
        BackupFile.MakeDatabase(unfinished, clock);
        File.Move(unfinished, database);
    }
}
