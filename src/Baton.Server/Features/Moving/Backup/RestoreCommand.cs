using Baton.Server.Storage;

namespace Baton.Server.Features.Moving;

/// <summary><c>baton-server restore</c>: puts a backup into an empty data directory. The start then wants <c>recover</c>: spec/ledger.md §6.</summary>
internal static class RestoreCommand
{
    private const string Usage = "baton-server restore FILE [--data DIRECTORY] [--database-file FILE --shares-file FILE]\nFILE: made by baton-server backup. The directory, or the two databases, must be empty.";

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

            using var data = new DataDirectory(command.Places.Directory);
            var copy = Place(Path.GetFullPath(file), data.Path, clock);
            if (command.Places.Main is null)
            {
                File.Move(copy, Path.Combine(data.Path, MoveMark.DatabaseName));
            }
            else if (Send(copy, BackupFile.Sha256(file), command.Places, clock, output, errors) is { } difference)
            {
                await errors.WriteLineAsync(difference + "\nGive two new databases, and run it again.");
                return 2;
            }

            await output.WriteLineAsync(
                $"""
                {file} is in {command.Places.Main?.Name ?? data.Path}. Before the start:
                - put server.key, as it was kept with the backup, into {data.Path}
                - say why, with the same options: baton-server recover --reason TEXT --data '{data.Path}'
                """);
            return 0;
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

    /// <summary>A database of this version in the data directory, under a name that no server takes for its own.</summary>
    private static string Place(string file, string data, TimeProvider clock)
    {
        if (File.Exists(Path.Combine(data, MoveMark.DatabaseName)))
        {
            throw new RefusedToStartException($"{data} holds a database already.", "Give another directory with --data.");
        }

        // What is checked is the copy, and the copy it is that becomes the database.
        var unfinished = Path.Combine(data, "baton.db.unfinished");
        File.Delete(unfinished);
        using (var from = File.OpenRead(file))
        using (var to = new FileStream(unfinished, BackupFile.PrivateNew()))
        {
            from.CopyTo(to);
            to.Flush(flushToDisk: true);
        }

        BackupFile.Check(unfinished);
        BackupFile.MakeDatabase(unfinished, clock);
        return unfinished;
    }

    /// <summary>Into PostgreSQL, as a store is moved there; the file's hash names the move, so that the same file goes on where it was.</summary>
    private static string? Send(string copy, string sha256, StorePlaces places, TimeProvider clock, TextWriter output, TextWriter errors)
    {
        using (var from = Connection.OpenReader(copy))
        using (var target = MoveTarget.Open(places, Convert.FromHexString(sha256)[..16], static () => { }, clock))
        {
            var transfer = new Transfer(from, null, target);
            transfer.Copy(errors);
            if (transfer.Difference(output) is { } difference)
            {
                return difference;
            }

            target.SetVerified();
            target.SetEnded();
        }

        File.Delete(copy);
        return null;
    }
}
