namespace Baton.Server.Storage;

/// <summary>What changes a database: operations are handed over and answered after the commit that made them durable.</summary>
internal abstract class Writer : IDisposable
{
    /// <summary>More than this many waiting writes are refused with <see cref="StoreBusyException"/>.</summary>
    public const int Capacity = 8192;

    /// <summary>
    /// Completes after the commit that made the write durable, or fails with what the write threw. An operation may run more than once before
    /// that: it changes nothing outside its transaction.
    /// </summary>
    /// <exception cref="StoreBusyException">Too many wait; nothing changed.</exception>
    /// <exception cref="StoreFailedException">The database could not be written.</exception>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public abstract Task<T> Submit<T>(Func<Connection, T> operation, Isolation isolation = Isolation.Serial);

    /// <summary>Finishes what waits, then closes its connections.</summary>
    public abstract void Dispose();
}
