using Baton.Protocol;
using Baton.Server.Features.History;
using Baton.Server.Storage;

namespace Baton.Server.Features.Handovers;

/// <summary>
/// What waits or is being read when a database was put back: its shares are gone or can't be trusted, so nobody opens it any more. The rest of
/// the end (shares, files) is the sweep's, at the next start. spec/ledger.md §6.
/// </summary>
internal sealed class Voiding(Database database, Ledger ledger, TimeProvider clock)
{
    private const int Together = 256;

    /// <summary>Ends them all; gives how many.</summary>
    public async Task<long> Run()
    {
        var voided = 0L;
        while (Open() is { Count: > 0 } open)
        {
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            voided += await ledger.Write(transaction =>
            {
                var entries = new List<LedgerEntry>();
                foreach (var (number, handover, organization) in open)
                {
                    transaction.Execute(
                        "UPDATE handovers SET state = 'void', changed_at = @now, share_gone = FALSE WHERE number = @number AND state IN ('waiting', 'claimed')",
                        ("@number", number), ("@now", now));
                    Endings.DeleteSealed(transaction, number);
                    entries.Add(HandoverEntries.Ended(HandoverState.Void, number, handover, organization, Actor.Server, now));
                }

                return transaction.Record(entries.Count, entries[0], [.. entries.Skip(1)]);
            });
        }

        return voided;
    }

    private List<(long Number, Id Handover, Id Organization)> Open() => database.Read(connection =>
    {
        var open = new List<(long, Id, Id)>();
        using var rows = connection.Query(
            "SELECT number, handover, organization FROM handovers WHERE state IN ('waiting', 'claimed') ORDER BY number LIMIT @limit", ("@limit", Together));
        while (rows.Read())
        {
            open.Add((rows.GetInt64(0), rows.Id(1), rows.Id(2)));
        }

        return open;
    });
}
