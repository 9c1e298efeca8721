namespace Baton.Server.Storage;

/// <summary>The database could not be read or written: a full disk, a server that is away. Nothing earlier is lost, and repeating is safe.</summary>
internal sealed class StoreFailedException : IOException
{
    public StoreFailedException(Exception cause)
        : this("The database can't be used.", cause, isUnknown: false)
    {
    }

    private StoreFailedException(string message, Exception? cause, bool isUnknown)
        : base(message, cause) => IsUnknown = isUnknown;

    /// <summary>Whether it was kept is not known: the connection was lost while it was being committed. Otherwise nothing of it was.</summary>
    public bool IsUnknown { get; }

    public static StoreFailedException Unknown(string message, Exception? cause) => new(message, cause, isUnknown: true);
}
