namespace Baton.Server.Storage;

/// <summary>The database could not be written, a full disk for example: nothing of this group of writes was kept, and nothing earlier is lost.</summary>
internal sealed class StoreFailedException(Exception cause) : IOException("The database can't be written.", cause);
