using Baton.Protocol.Ledger;

namespace Baton.Server.Features.History;

/// <summary>
/// The entries that this node wrote lately and has told its listeners: <see cref="LogFeed"/> tells them of the others' alone. Bounded; what
/// was pushed out is told twice, and that does no harm.
/// </summary>
internal sealed class OwnEntries
{
    private const int Most = 65_536;

    private readonly Lock gate = new();
    private readonly HashSet<ulong> hashes = [];
    private readonly Queue<ulong> order = new();

    /// <summary>Before it is committed, so that it is here when it is found. An operation that ran twice leaves one here that never was.</summary>
    public void Add(LedgerEntry entry)
    {
        var hash = HashOf(entry.Bytes);
        lock (gate)
        {
            if (hashes.Add(hash))
            {
                order.Enqueue(hash);
            }

            if (order.Count > Most)
            {
                hashes.Remove(order.Dequeue());
            }
        }
    }

    public bool Has(byte[] bytes)
    {
        var hash = HashOf(bytes);
        lock (gate)
        {
            return hashes.Contains(hash);
        }
    }

    private static ulong HashOf(byte[] bytes) => BitConverter.ToUInt64(Leaf.Hash(bytes));
}
