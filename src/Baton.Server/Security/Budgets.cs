using System.Security.Cryptography;

namespace Baton.Server.Security;

/// <summary>
/// Budgets for any number of keys in memory that never grows: so many a period, all at once if need be, refilled evenly (GCRA).
/// A table of sets of <see cref="Ways"/> slots; a key lives in one slot of one set, chosen by a keyed hash that outsiders can't
/// predict. A new key takes the slot whose budget is fullest, so a flood of keys pushes out the idle ones and
/// never spends anyone else's budget.
/// </summary>
/// <param name="nodes">Where several share the work, each has its part of every budget; null: the whole is here.</param>
internal sealed class Budgets(int count, TimeSpan period, TimeProvider clock, NodeCount? nodes = null, int sets = Budgets.UsualSets) : IBudget
{
    public const int UsualSets = 4096;
    private const int Ways = 8;

    private readonly Slot[] slots = new Slot[count == 0 ? 0 : sets * Ways];
    private readonly byte[] hashKey = RandomNumberGenerator.GetBytes(16);
    private readonly long interval = count == 0 ? 0 : period.Ticks / count;

    /// <param name="Empty">When this key's budget is full again, in ticks of the clock.</param>
    private record struct Slot(ulong Tag, long Empty);

    /// <summary>How far one of them brings a budget from full: with as many nodes as there are permits, each has one.</summary>
    private long Step => nodes is null ? interval : Math.Min(interval * nodes.Serving, period.Ticks);

    /// <inheritdoc />
    public ValueTask<TimeSpan?> Spend(byte[] key) => new(TrySpend(key, out var wait) ? null : wait);

    /// <inheritdoc />
    public void GiveBack(byte[] key) => GiveBack(key.AsSpan());

    /// <summary>Spends one of the key's budget; false, and how long to wait, when there is none left.</summary>
    public bool TrySpend(ReadOnlySpan<byte> key, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        if (count == 0)
        {
            return true;
        }

        var (set, tag) = Find(key);
        var step = Step;
        var now = clock.GetUtcNow().UtcTicks;
        lock (hashKey)
        {
            ref var slot = ref SlotOf(set, tag);
            var empty = Math.Max(slot.Tag == tag ? slot.Empty : 0, now);

            // A clock set back must not lock anyone out for the difference.
            if (empty - now > period.Ticks)
            {
                empty = now;
            }

            if (empty + step - now > period.Ticks)
            {
                wait = TimeSpan.FromTicks(empty + step - now - period.Ticks);
                return false;
            }

            slot = new Slot(tag, empty + step);
            return true;
        }
    }

    /// <summary>Gives one back: the attempt turned out not to count.</summary>
    public void GiveBack(ReadOnlySpan<byte> key)
    {
        if (count == 0)
        {
            return;
        }

        var (set, tag) = Find(key);
        lock (hashKey)
        {
            ref var slot = ref SlotOf(set, tag);
            if (slot.Tag == tag)
            {
                slot.Empty -= Step;
            }
        }
    }

    private (int Set, ulong Tag) Find(ReadOnlySpan<byte> key)
    {
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(hashKey, key, hash);
        return ((int)(BitConverter.ToUInt32(hash) % (uint)sets), BitConverter.ToUInt64(hash[8..]));
    }

    private ref Slot SlotOf(int set, ulong tag)
    {
        var first = set * Ways;
        var fullest = first;
        for (var i = first; i < first + Ways; i++)
        {
            if (slots[i].Tag == tag)
            {
                return ref slots[i];
            }

            if (slots[i].Empty < slots[fullest].Empty)
            {
                fullest = i;
            }
        }

        return ref slots[fullest];
    }
}
