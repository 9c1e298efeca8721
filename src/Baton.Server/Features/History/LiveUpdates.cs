using System.Collections.Concurrent;
using System.Threading.Channels;
using Baton.Protocol;

namespace Baton.Server.Features.History;

/// <summary>Tells those who listen that a handover changed. The <see cref="Ledger"/> calls it after the commit, for every entry about a handover.</summary>
internal sealed class LiveUpdates
{
    /// <summary>A listener further behind than this is cut off: it connects again and reads the list.</summary>
    private const int Behind = 1024;

    private readonly ConcurrentDictionary<Listener, Id> listeners = new();

    /// <summary>Listens to the changes of one organization until disposed.</summary>
    public Listener Listen(Id organization)
    {
        var listener = new Listener(this);
        listeners[listener] = organization;
        return listener;
    }

    /// <summary>The handovers (their row numbers) that changed.</summary>
    public void Publish(Id organization, long handover)
    {
        if (listeners.IsEmpty)
        {
            return;
        }

        foreach (var (listener, listened) in listeners)
        {
            if (listened == organization)
            {
                listener.Hear(handover);
            }
        }
    }

    /// <summary>One who listens. Its own channel, so that a slow one holds up nobody.</summary>
    internal sealed class Listener(LiveUpdates updates) : IDisposable
    {
        private readonly Channel<long> channel = Channel.CreateBounded<long>(new BoundedChannelOptions(Behind) { SingleReader = true });

        /// <summary>Row numbers of handovers that changed; ends when the listener fell too far behind.</summary>
        public ChannelReader<long> Changes => channel.Reader;

        public void Hear(long handover)
        {
            if (!channel.Writer.TryWrite(handover))
            {
                channel.Writer.TryComplete();
            }
        }

        public void Dispose() => updates.listeners.TryRemove(this, out _);
    }
}
