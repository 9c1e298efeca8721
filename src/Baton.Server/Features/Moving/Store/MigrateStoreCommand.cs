using Baton.Server.Features.History;
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

    private const long TellEach = 100_000;

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
            using var target = MoveTarget.Open(command.Places, source, clock);
            if (!target.IsVerified)
            {
                Copy(source, target, errors);
                if (Difference(source, target, output) is { } difference)
                {
                    await errors.WriteLineAsync(difference + "\nNothing was given up here. Give two new databases with --database-file and --shares-file, and run it again.");
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

    private static void Copy(MoveSource source, MoveTarget target, TextWriter errors)
    {
        foreach (var table in MainTables(source))
        {
            var told = 0L;
            target.Copy(table, source.Main!, copied =>
            {
                if (copied / TellEach > told)
                {
                    told = copied / TellEach;
                    errors.WriteLine($"{table.Name}: {copied} rows");
                }
            });
        }

        MoveTarget.GoOnCounting(source.Main!, target.Main);
        if (source.Shares is not null)
        {
            target.CopyShares(Table.AllOf(source.Shares), source.Shares);
            MoveTarget.GoOnCounting(source.Shares, target.Shares);
        }
    }

    /// <summary>What is not there as it was here; null: nothing.</summary>
    private static string? Difference(MoveSource source, MoveTarget target, TextWriter output)
    {
        var compared = MainTables(source).ConvertAll(table => (table, From: source.Main!, To: target.Main));
        compared.AddRange(source.Shares is { } shares ? Table.AllOf(shares).ConvertAll(table => (table, From: shares, To: target.Shares)) : []);
        var total = 0L;
        foreach (var (table, from, to) in compared)
        {
            var (was, now) = (BackupFile.Count(table, from), MoveTarget.Count(table, to));
            if (!now.Is(was.Rows, was.Digest))
            {
                return $"Table {table.Name} has {now.Rows} rows there and {was.Rows} here, or one of them is another.";
            }

            total += now.Rows;
        }

        var chain = LogRow.Chain(target.Main.Query);
        var head = chain.Count == 0 ? null : new LogCheck(target.Main.Query, chain[^1]).Head().FirstOrDefault();
        if (head is not null)
        {
            return head.ToString();
        }

        output.WriteLine($"{total} rows of {compared.Count} tables, {(chain.Count == 0 ? "no log" : $"{chain[^1].Size} entries of {chain[^1].Origin}")}: all as they were.");
        return null;
    }

    private static List<Table> MainTables(MoveSource source) => Table.AllOf(source.Main!).FindAll(table => !MoveMark.IsOwn(table.Name));
}
