using System.Collections.Concurrent;
using System.Security.Cryptography;
using Baton.Chaos.Recording;
using Baton.Protocol;
using Baton.Protocol.Wire;

namespace Baton.Chaos.Clients;

/// <summary>Members who save the same entries from the same revisions at once: one of two wins, and nothing that was saved is lost.</summary>
internal sealed class VaultWriters(Wire wire, Id group)
{
    private const int Revisions = 6;

    private readonly ConcurrentBag<Id> entries = [];

    public IReadOnlyCollection<Id> Entries => entries;

    public async Task Write(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var entry = new Id(RandomNumberGenerator.GetBytes(Id.Size));
            entries.Add(entry);
            for (var from = 0; from < Revisions && !stop.IsCancellationRequested;)
            {
                var saved = await Task.WhenAll(Save(entry, from), Save(entry, from));
                if (saved.Any(heard => heard.Outcome == Outcome.Done || heard.Problem?.Status == 409))
                {
                    from++;
                }

                await Task.Delay(RandomNumberGenerator.GetInt32(40), CancellationToken.None);
            }
        }
    }

    private Task<Heard> Save(Id entry, long from)
    {
        var sealedEntry = RandomNumberGenerator.GetBytes(48 + 256);
        return wire.Call("save", entry.ToString(), HttpMethod.Post, "/api/entries", new EntryChanges([new EntryChange("save", group, entry, from, 1, sealedEntry)]), adds: (operation, _) =>
            operation with { Base = from, Content = Wire.Hash(sealedEntry) });
    }
}
