using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Threading.Channels;
using Baton.Protocol;

namespace Baton.Server.Features.History;

/// <summary>What changed: a handover (its row), a group's entries up to that counter or, where neither is named, the organization itself.</summary>
internal readonly record struct Update(long? Handover, Id? Group, long Change);

/// <summary>
/// Tells those who listen what changed. The <see cref="Ledger"/> calls it after the commit and before the answer, with every entry written:
/// the entries themselves say who has to hear of them.
/// </summary>
internal sealed class LiveUpdates
{
    /// <summary>Listeners of one member: one for each browser or terminal in use, and none for who opens streams without end.</summary>
    public const int ListenersOfMember = 32;

    /// <summary>A listener further behind than this is cut off: it connects again and reads anew.</summary>
    private const int Behind = 1024;

    /// <summary>Kinds of spec/ledger.md §1 after which every client of the organization reads its session again.</summary>
    private static readonly FrozenSet<string> OfOrganization = FrozenSet.Create(
        StringComparer.Ordinal,
        "card", "group-created", "grant", "grant-ended", "group-rotated", "group-changed", "group-state", "member-renamed", "invited",
        "invitation-accepted", "invitation-withdrawn", "suspended", "resumed", "policy", "retention", "trial");

    private readonly ConcurrentDictionary<Listener, Id> listeners = new();
    private readonly Lock gate = new();

    /// <summary>What this node has told.</summary>
    public OwnEntries Own { get; } = new();

    public bool AnyoneListens => !listeners.IsEmpty;

    /// <summary>How many listen.</summary>
    public int Count => listeners.Count;

    /// <summary>Listens to the changes of one organization until disposed; null when the member has too many listeners already.</summary>
    public Listener? Listen(Id organization, Id member)
    {
        lock (gate)
        {
            if (listeners.Keys.Count(listener => listener.Member == member) >= ListenersOfMember)
            {
                return null;
            }

            var listener = new Listener(this, member);
            listeners[listener] = organization;
            return listener;
        }
    }

    /// <summary>The members of an organization who listen.</summary>
    public IReadOnlySet<Id> Listening(Id organization) =>
        listeners.Where(listener => listener.Value == organization).Select(listener => listener.Key.Member).ToHashSet();

    /// <summary>An entry was committed.</summary>
    public void Publish(LedgerEntry entry)
    {
        if (listeners.IsEmpty || UpdateOf(entry) is not { } update)
        {
            return;
        }

        foreach (var (listener, listened) in listeners)
        {
            if (listened == entry.Organization)
            {
                listener.Hear(update);
            }
        }
    }

    private static Update? UpdateOf(LedgerEntry entry) =>
        entry.HandoverNumber is { } handover ? new Update(handover, null, 0)
        : entry.Changed is { } changed ? new Update(null, changed.Group, changed.Change)
        : OfOrganization.Contains(entry.Kind) ? default(Update)
        : null;

    /// <summary>One who listens. Its own channel, so that a slow one holds up nobody.</summary>
    internal sealed class Listener(LiveUpdates updates, Id member) : IDisposable
    {
        private readonly Channel<Update> channel = Channel.CreateBounded<Update>(new BoundedChannelOptions(Behind) { SingleReader = true });

        public Id Member => member;

        /// <summary>What changed; ends when the listener fell too far behind.</summary>
        public ChannelReader<Update> Updates => channel.Reader;

        public void Hear(Update update)
        {
            if (!channel.Writer.TryWrite(update))
            {
                channel.Writer.TryComplete();
            }
        }

        public void Dispose() => updates.listeners.TryRemove(this, out _);
    }
}
