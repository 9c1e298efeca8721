using Baton.Server.Storage;

namespace Baton.Server.Features.Moving;

/// <summary>
/// <c>baton-server migrate-store</c>: moves a stopped server's stores from SQLite into two PostgreSQL databases. Killed at any point it may be
/// run again; from its beginning to its end no server starts on either side. docs/operate.md, "From SQLite to PostgreSQL".
/// </summary>
internal static class MigrateStoreCommand
{
    private const string Usage =
        """
        baton-server migrate-store --database-file FILE --shares-file FILE [--data DIRECTORY]
        Moves the SQLite stores of a stopped server into two empty PostgreSQL databases. Run it again if it was interrupted.
        """;

    /// <summary>Exit code 0: everything is there; 1: what is there is not what was here, and nothing was given up; 2: not understood, refused, or interrupted.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter errors, TimeProvider clock)
    {
        try
        {
            var command = CommandWords.Of(args);
            if (command.Words.Count > 0 || command.Places.Main is null)
            {
                await errors.WriteLineAsync(Usage);
                return 2;
            }

            using var data = new DataDirectory(command.Places.Directory);
            using var source = MoveSource.Open(data, clock);
            using var target = MoveTarget.Open(command.Places, source.Move, source.Main is null ? null : source.Mark, clock);
            if (!target.IsVerified)
            {
                var transfer = new Transfer(source.Main!, source.Shares, target);
                transfer.Copy(errors);
                if (transfer.Difference(output) is { } difference)
                {
                    await errors.WriteLineAsync(difference + "\nNothing was given up here. Remove `moving` from the data directory, give two new databases, and run it again.");
                    return 1;
                }

                target.SetVerified();
            }

            source.End();
            target.SetEnded();
            source.Forget();
            await output.WriteLineAsync(
                $"""
                The store is in {command.Places.Main.Name}. Start every node with these --database-file and --shares-file.
                {MoveMark.MovedName} in {data.Path} is what it was, without what must not outlive its end: destroy it once a backup of the new store is made.
                """);
            return 0;
        }
        catch (RefusedToStartException refused)
        {
            await errors.WriteLineAsync(refused.Message);
            return 2;
        }
        catch (Exception failure) when (failure is System.Data.Common.DbException or IOException or UnauthorizedAccessException or StoreFailedException or StoreBusyException)
        {
            await errors.WriteLineAsync($"Interrupted: {failure.Message}\nRun it again: it goes on where it was.");
            return 2;
        }
    }
}
