using Baton.Protocol.Ledger;
using Baton.Server.Storage;

namespace Baton.Server.Features.History;

/// <summary>
/// <c>baton-server ledger check</c>: reads the whole chain of logs and changes nothing; also beside a server that is running.
/// spec/ledger.md §6.
/// </summary>
internal static class LedgerCommand
{
    private const string Usage = "baton-server ledger check [--from FILE] [--data DIRECTORY]\nFILE: a checkpoint or a piece of evidence that somebody kept.";

    /// <summary>Exit code 0: all is as it was logged; 1: something is not, and each line names it; 2: not understood, or it can't be read.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter errors)
    {
        try
        {
            var command = CommandWords.Of(args);
            switch (command.Words)
            {
                case ["check"]:
                    return await Check(command.Places, null, output, errors);
                case ["check", "--from", var file]:
                    return await From(command.Places, file, output, errors);
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
    }

    private static async Task<int> From(StorePlaces places, string file, TextWriter output, TextWriter errors)
    {
        try
        {
            if (KeptProof.TryParse(await File.ReadAllTextAsync(file), out var kept))
            {
                return await Check(places, kept, output, errors);
            }

            await errors.WriteLineAsync($"{file} is neither a checkpoint nor evidence of Baton.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(exception.Message);
        }

        return 2;
    }

    private static async Task<int> Check(StorePlaces places, KeptProof? kept, TextWriter output, TextWriter errors)
    {
        using var database = Database.OpenBeside(places);

        // First the share store: the main store of a server that is running only grows beyond it.
        var heads = Shares.HeadsBeside(places);
        var chain = database.Read(connection => LogRow.Chain(connection.Query));
        var wrong = new List<string>();
        foreach (var log in chain)
        {
            foreach (var (done, found) in new LogWalk(database, log).Steps())
            {
                wrong.AddRange(found.Select(damage => damage.ToString()));
                if (done > 0 && done % 1_048_576 == 0)
                {
                    await errors.WriteLineAsync($"{log.Origin}: {done} of {log.Size} entries");
                }
            }
        }

        database.ReadSnapshot(connection =>
        {
            var checks = chain.ConvertAll(log => (log, new LogCheck(connection.Query, log)));
            wrong.AddRange(heads.Select(head => Behind(head, checks)).OfType<string>());
            wrong.AddRange(kept?.Missing(checks) ?? []);
            return wrong;
        });
        foreach (var line in wrong)
        {
            await output.WriteLineAsync(line);
        }

        foreach (var log in chain)
        {
            await output.WriteLineAsync($"{log.Origin}: {log.Size} entries, {(wrong.Count == 0 ? "all as they were logged" : "checked")}");
        }

        return wrong.Count == 0 ? 0 : 1;
    }

    private static string? Behind(Checkpoint head, List<(LogRow Row, LogCheck Check)> chain)
    {
        var (row, check) = chain.Find(log => log.Row.Origin == head.Origin);

        // A log that was ended has lost its newest head on purpose, and the next one says so.
        return row is null || row.Number != chain[^1].Row.Number || (head.Size <= row.Size && check.RootOf(head.Size)?.AsSpan().SequenceEqual(head.Root) == true) ? null
            : $"{head.Origin} does not lead to the head that the share store knows ({head.Size} entries): the database was put back from a copy, or changed.";
    }
}
