using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Baton.Server.Storage;

namespace Baton.Server.Security;

/// <summary>Takes up to so many of a budget's permits an hour, for this node alone; or gives some back, where <paramref name="wanted"/> is negative.</summary>
/// <param name="count">Permits an hour.</param>
/// <returns>How many were taken; when none, how long to wait for one.</returns>
internal delegate Task<(int Permits, TimeSpan Wait)> LeasePermits(string kind, byte[] key, int count, int wanted);

/// <summary>
/// A budget that all nodes spend. What stands in the database is the truth; a node leases permits from it, one at first, and twice as many
/// each time it used up the last ones early, so that a burst asks seldom. What it has not spent it forgets as fast as the budget refills:
/// all nodes together never spend more than there is. The table here never grows: a key that lost its slot leases again.
/// </summary>
internal sealed class LeasedBudgets(string kind, int count, TimeProvider clock, LeasePermits lease) : IBudget
{
    private const int Ways = 8;
    private const int Sets = 512;
    private const int Gates = 64;

    private readonly Slot[] slots = new Slot[Sets * Ways];
    private readonly SemaphoreSlim[] gates = [.. Enumerable.Range(0, Gates).Select(_ => new SemaphoreSlim(1))];
    private readonly byte[] hashKey = RandomNumberGenerator.GetBytes(16);
    private readonly long interval = HourlyBudgets.Hour.Ticks / count;
    private readonly int most = Math.Max(1, count / 16);

    /// <param name="Until">What is left is worth (Until - now) / interval, rounded up.</param>
    /// <param name="Young">Until then the last lease could not have been forgotten: nothing left means that it was spent.</param>
    /// <param name="Denied">Until then the database has none either.</param>
    private record struct Slot(ulong Tag, long Until, long Young, int Leased, long Denied);

    /// <inheritdoc />
    public ValueTask<TimeSpan?> Spend(byte[] key)
    {
        var tag = TagOf(key);
        return SpendHere(tag, out var denied, out _) ? new ValueTask<TimeSpan?>(denied) : Lease(key, tag);
    }

    /// <inheritdoc />
    public void GiveBack(byte[] key)
    {
        var tag = TagOf(key);
        lock (slots)
        {
            ref var slot = ref SlotOf(tag);
            if (slot.Tag == tag && slot.Until + interval <= slot.Young)
            {
                slot.Until += interval;
                return;
            }
        }

        _ = Return(key);
    }

    /// <summary>False: the database has to be asked.</summary>
    private bool SpendHere(ulong tag, out TimeSpan? denied, out int wanted)
    {
        (denied, wanted) = (null, 1);
        var now = clock.GetUtcNow().UtcTicks;
        lock (slots)
        {
            ref var slot = ref SlotOf(tag);
            if (slot.Tag != tag)
            {
                return false;
            }

            // A clock set back makes nothing last longer than a lease can.
            if (slot.Until > now && slot.Until - now <= slot.Leased * interval)
            {
                slot.Until -= interval;
                return true;
            }

            if (slot.Denied > now && slot.Denied - now <= HourlyBudgets.Hour.Ticks)
            {
                denied = TimeSpan.FromTicks(slot.Denied - now);
                return true;
            }

            wanted = slot.Young > now ? Math.Min(most, 2 * slot.Leased) : 1;
            return false;
        }
    }

    private async ValueTask<TimeSpan?> Lease(byte[] key, ulong tag)
    {
        // One at a time for a key: who waits here finds what the one before has leased.
        var gate = gates[tag % Gates];
        await gate.WaitAsync();
        try
        {
            if (SpendHere(tag, out var denied, out var wanted))
            {
                return denied;
            }

            var (permits, wait) = await lease(kind, key, count, Math.Max(1, wanted));
            var now = clock.GetUtcNow().UtcTicks;
            lock (slots)
            {
                SlotOf(tag) = permits == 0
                    ? new Slot(tag, 0, 0, 0, now + wait.Ticks)
                    : new Slot(tag, now + ((permits - 1) * interval), now + (permits * interval), permits, 0);
            }

            return permits == 0 ? wait : null;
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task Return(byte[] key)
    {
        try
        {
            await lease(kind, key, count, -1);
        }
        catch (Exception failure) when (failure is StoreBusyException or StoreFailedException or ObjectDisposedException or DbException or IOException)
        {
            // It comes back with the time.
        }
    }

    /// <summary>Never 0, which is an empty slot.</summary>
    private ulong TagOf(byte[] key)
    {
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(hashKey, [.. Encoding.UTF8.GetBytes(kind), .. key], hash);
        return BitConverter.ToUInt64(hash) | 1;
    }

    /// <summary>Its own, or the one of its set that is worth least.</summary>
    private ref Slot SlotOf(ulong tag)
    {
        var first = (int)((tag >> 8) % Sets) * Ways;
        var least = first;
        for (var i = first; i < first + Ways; i++)
        {
            if (slots[i].Tag == tag)
            {
                return ref slots[i];
            }

            if (Math.Max(slots[i].Until, slots[i].Denied) < Math.Max(slots[least].Until, slots[least].Denied))
            {
                least = i;
            }
        }

        return ref slots[least];
    }
}
