namespace Baton.Server.Storage;

/// <summary>A store has more to do than it takes on, or could not do this in time: the caller answers 503 with Retry-After and nothing has changed.</summary>
internal sealed class StoreBusyException(Exception? cause = null) : Exception("The store has too much to do.", cause);
