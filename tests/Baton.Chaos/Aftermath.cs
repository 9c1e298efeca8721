using System.Collections.Concurrent;
using Baton.Chaos.Clients;
using Baton.Chaos.Recording;
using Baton.Chaos.Targets;
using Baton.Protocol.Wire;

namespace Baton.Chaos;

/// <summary>When all faults are over: opens what still waits, tries what has ended, then reads everything there is.</summary>
internal sealed class Aftermath(Wire wire, Agency agency, Target target)
{
    private const int Together = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public async Task<Found> Look(Stories stories, VaultWriters vault)
    {
        await Healthy();
        var parcels = stories.Parcels.ToList();
        await Each(parcels.Take(1000), async parcel =>
        {
            using var page = new Page();
            await page.Claim(wire, parcel);
            await parcel.Lookup(wire);
        });

        var (key, head) = await Placed();
        var handovers = new ConcurrentDictionary<string, FoundHandover>(StringComparer.Ordinal);
        await Each(parcels, async parcel =>
        {
            if (await Find<HandoverDetail>($"/api/handovers/{parcel.Id}") is { } detail)
            {
                handovers[parcel.Id] = new FoundHandover(detail.Summary.State, detail.Summary.GuessesLeft, [.. detail.Entries.Select(entry => entry.Text)]);
            }
        });
        var revisions = new ConcurrentDictionary<string, IReadOnlyList<FoundRevision>>(StringComparer.Ordinal);
        await Each(vault.Entries, async entry =>
        {
            if (await Find<EntryRevisions>($"/api/entries/{entry}/revisions") is { } kept)
            {
                revisions[entry.ToString()] = [.. kept.Revisions.Select(revision => new FoundRevision(revision.Revision, Wire.Hash(revision.Sealed)))];
            }
        });
        foreach (var state in await Newest())
        {
            revisions[state.Entry.ToString()] = [.. (revisions.GetValueOrDefault(state.Entry.ToString()) ?? []).Where(revision => revision.Revision != state.Revision), new FoundRevision(state.Revision, Wire.Hash(state.Sealed!))];
        }

        var ended = parcels.Where(parcel => handovers.TryGetValue(parcel.Id, out var found) && found.State is not ("waiting" or "claimed")).ToList();
        return new Found(handovers, revisions, await Ledger(), key, head, await target.Verdicts(), await target.Leftovers(ended));
    }

    private async Task Healthy()
    {
        await Until("ready", async () => (await wire.Ask("/healthz/ready")).Outcome == Outcome.Done);
    }

    /// <summary>Until every entry has its place under a checkpoint.</summary>
    private async Task<(string Key, string Head)> Placed()
    {
        LedgerHead? head = null;
        await Until("in place", async () => (head = await Find<LedgerHead>("/api/ledger/head")) is { Behind: 0 });
        return (head!.Logs[^1].Key, head.Logs[^1].Note);
    }

    private async Task<List<EntryState>> Newest()
    {
        var all = new List<EntryState>();
        for (EntryPage? page = null; page is null or { More: true };)
        {
            page = (await Find<EntryPage>($"/api/groups/{agency.Group}/entries?after={(all.Count == 0 ? 0 : all[^1].Change)}&limit=1000"))!;
            all.AddRange(page.Entries);
        }

        return all;
    }

    private async Task<List<FoundEntry>> Ledger()
    {
        var all = new List<FoundEntry>();
        for (string? next = ""; next is not null;)
        {
            var page = (await Find<LedgerPage>($"/api/ledger?limit=500{(next.Length == 0 ? "" : "&before=" + next)}"))!;
            all.AddRange(page.Entries.Select(entry => new FoundEntry(entry.Text, entry.Index)));
            next = page.Next;
        }

        return all;
    }

    /// <summary>Null: there is no such thing.</summary>
    private async Task<T?> Find<T>(string path)
        where T : class
    {
        Heard? heard = null;
        await Until(path, async () => (heard = await wire.Ask(path)).Outcome != Outcome.Unknown);
        return heard!.Outcome == Outcome.Done ? heard.Read<T>() : heard.Problem?.Status == 404 ? null : throw new InvalidOperationException($"{path}: {heard.Status}");
    }

    private static async Task Until(string what, Func<Task<bool>> holds)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            if (TimeProvider.System.GetElapsedTime(since) > Patience)
            {
                throw new TimeoutException($"After all faults were over it did not come: {what}");
            }

            await Task.Delay(100);
        }
    }

    private static Task Each<T>(IEnumerable<T> all, Func<T, Task> each) =>
        Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = Together }, async (one, _) => await each(one));
}
