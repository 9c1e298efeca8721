using Baton.Server.Features.History;
using Baton.Server.Security;
using Baton.Server.Storage;

namespace Baton.Server.Features.Handovers;

/// <summary>
/// <c>baton-server recover</c>: makes a store usable that the start refuses, because it was put back from a copy, lost its shares or its key,
/// or was changed. Interrupted anywhere it may be run again. spec/ledger.md §6.
/// </summary>
internal static class RecoverCommand
{
    private const string Usage =
        """
        baton-server recover --reason TEXT [--data DIRECTORY]
        Ends the ledger's log at its last checkpoint and begins a new one under a new key; every waiting handover becomes void.
        TEXT is quoted in the new log's first entry, for all who will ever check it.
        """;

    private const int ReasonMost = 500;

    /// <summary>Exit code 0: done; 2: not understood, or the data directory can't be used.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter errors, TimeProvider clock)
    {
        try
        {
            var (words, places) = CommandWords.Of(args);
            if (words is not ["--reason", var reason] || reason.Trim().Length is < 1 or > ReasonMost || reason.Any(char.IsControl))
            {
                await errors.WriteLineAsync(Usage);
                return 2;
            }

            Database.ExpectAt(places);
            using var data = new DataDirectory(places.Directory);
            using var database = new Database(places, clock);
            using var shares = new Shares(places, clock);
            await Recover(reason.Trim(), data, database, shares, output, clock);
            return 0;
        }
        catch (RefusedToStartException refused)
        {
            await errors.WriteLineAsync(refused.Message);
            return 2;
        }
    }

    private static async Task Recover(string reason, DataDirectory data, Database database, Shares shares, TextWriter output, TimeProvider clock)
    {
        var ledger = new Ledger(database, new LiveUpdates());
        var voided = await new Voiding(database, ledger, clock).Run();
        var next = await new NewLog(database, ledger, shares, clock).Begin(reason, name => LedgerKey.Next(data, name));
        LedgerKey.Succeed(data, next.Key);
        using var key = LedgerKey.InUse(data);
        await new LogRound(database, ledger, shares, key).Run();
        if (next.Ended is { } ended)
        {
            await output.WriteLineAsync($"{ended.Origin} has ended with {ended.Size} entries under its last checkpoint:\n\n{ended.Note}");
        }

        await output.WriteLineAsync($"{next.Origin} has begun. Its verifying key, for all who keep one:\n\n{next.Key}\n\n{voided} handovers that waited are void. Start the server now.");
    }
}
