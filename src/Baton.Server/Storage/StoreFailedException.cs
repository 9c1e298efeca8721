namespace Baton.Server.Storage;

/// <summary>
/// The database could not be read or written: a full disk, a server that is away. On SQLite nothing of this group of writes was kept; on
/// PostgreSQL it may not be known whether this one was. Nothing earlier is lost, and repeating is safe.
/// </summary>
internal sealed class StoreFailedException(string message, Exception? cause) : IOException(message, cause)
{
    public StoreFailedException(Exception cause)
        : this("The database can't be used.", cause)
    {
    }
}
