using System.Globalization;
using Baton.Protocol;
using Baton.Server.Features.History;
using Baton.Server.Storage;

namespace Baton.Server.Features.Organizations;

/// <summary>
/// <c>baton-server organization …</c>: what the operator does with organizations. It opens the database itself, also beside a server that
/// is running: the databases let two processes write in turn, and this one too writes through the ledger's gate.
/// </summary>
internal static class OrganizationCommand
{
    private const string Usage =
        """
        baton-server organization list [--data DIRECTORY]
        baton-server organization extend ID --days N [--data DIRECTORY]
        baton-server organization extend ID --forever [--data DIRECTORY]
        """;

    private const int DaysMost = 3650;

    /// <summary>Exit code 0: done; 1: there is nothing to do that to; 2: not understood, or the data directory can't be used.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter errors, TimeProvider clock)
    {
        try
        {
            var (words, places) = CommandWords.Of(args);
            switch (words)
            {
                case ["list"]:
                    return await With(places, clock, store => Task.FromResult(List(store, output)));
                case ["extend", var id, "--forever"] when Id.TryParse(id, out var organization):
                    return await With(places, clock, store => Extend(store, organization, null, output, errors));
                case ["extend", var id, "--days", var days] when Id.TryParse(id, out var organization) && Setting.TryParseCount(days, 1, DaysMost, out var count):
                    return await With(places, clock, store => Extend(store, organization, (int)count, output, errors));
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

    private static async Task<int> With(StorePlaces places, TimeProvider clock, Func<TrialStore, Task<int>> work)
    {
        using var database = Database.OpenBeside(places);
        return await work(new TrialStore(database, new Ledger(database, new LiveUpdates()), clock));
    }

    private static int List(TrialStore store, TextWriter output)
    {
        foreach (var organization in store.List())
        {
            output.WriteLine($"{organization.Id}  {organization.Members.ToString(CultureInfo.InvariantCulture),4} members  {Trial(organization.TrialEnds),-24}  {organization.Name}");
        }

        return 0;
    }

    private static async Task<int> Extend(TrialStore store, Id organization, int? days, TextWriter output, TextWriter errors)
    {
        if (await store.Extend(organization, days))
        {
            await output.WriteLineAsync(Trial(store.List().Single(row => row.Id == organization).TrialEnds));
            return 0;
        }

        await errors.WriteLineAsync($"{organization} is no organization with a trial here.\nRun: baton-server organization list");
        return 1;
    }

    private static string Trial(long? ends) => ends is { } end
        ? "trial until " + DateTimeOffset.FromUnixTimeMilliseconds(end).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
        : "no trial";
}
