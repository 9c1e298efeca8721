using Baton.Server.Storage;

namespace Baton.Server.Operations;

/// <summary>
/// <c>baton-server migrate</c>: brings the schema of both PostgreSQL databases up to date and ends, as the role that owns them; the servers
/// themselves then need no right to change it. Beside running servers too: docs/operate.md, "PostgreSQL".
/// </summary>
internal static class MigrateCommand
{
    private const string Usage =
        """
        baton-server migrate --database-file FILE --shares-file FILE
        Each FILE holds the connection string of the role that owns the tables. A SQLite store is brought up to date by its server's start.
        """;

    /// <summary>Exit code 0: both are this version's; 2: not understood, or it can't be done.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter errors, TimeProvider clock)
    {
        try
        {
            var (words, places) = CommandWords.Of(args);
            if (words.Count > 0 || places is not { Main: { } main, Shares: { } shares })
            {
                await errors.WriteLineAsync(Usage);
                return 2;
            }

            new Database(places, clock).Dispose();
            new Shares(places, clock).Dispose();
            await output.WriteLineAsync($"{main.Name} and {shares.Name} have the schema of version {BatonHost.Version}.");
            return 0;
        }
        catch (RefusedToStartException refused)
        {
            await errors.WriteLineAsync(refused.Message);
            return 2;
        }
    }
}
