using System.Text;
using Baton.Server.Security;
using Baton.Server.Storage;

namespace Baton.Server.Features.History;

/// <summary>
/// The budgets by the hour as all nodes spend them (GCRA): one row a key says when its budget is full again. The key is hashed with the
/// server's own secret, because it is an address, an e-mail or an id. docs/decisions/0020-nodes.md.
/// </summary>
internal sealed class BudgetStore(Ledger ledger, ServerKey key, TimeProvider clock)
{
    /// <inheritdoc cref="LeasePermits" />
    public Task<(int Permits, TimeSpan Wait)> Lease(string kind, byte[] of, int count, int wanted)
    {
        var (row, hour) = (key.Tag("budget " + kind, Encoding.Latin1.GetString(of))[..16], HourlyBudgets.Hour.Ticks);
        var interval = hour / count;
        return ledger.Housekeeping(transaction =>
        {
            var now = clock.GetUtcNow().UtcTicks;
            var full = Math.Max(now, transaction.Scalar("SELECT full_at FROM budgets WHERE key = @key", ("@key", row)) as long? ?? 0);

            // A clock set back must not lock anyone out for the difference.
            full = full - now > hour ? now : full;
            var there = (int)((hour - (full - now)) / interval);
            if (there == 0 && wanted > 0)
            {
                return (0, TimeSpan.FromTicks(full + interval - now - hour));
            }

            var taken = Math.Min(there, wanted);
            transaction.Execute(
                "INSERT INTO budgets (key, full_at) VALUES (@key, @full) ON CONFLICT (key) DO UPDATE SET full_at = excluded.full_at",
                ("@key", row), ("@full", full + (taken * interval)));
            return (taken, TimeSpan.Zero);
        });
    }

    /// <summary>Those that are full say nothing any more.</summary>
    public Task<int> Sweep()
    {
        var now = clock.GetUtcNow().UtcTicks;
        return ledger.Housekeeping(transaction => transaction.Execute("DELETE FROM budgets WHERE full_at <= @now", ("@now", now)));
    }
}
