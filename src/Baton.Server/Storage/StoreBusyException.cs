namespace Baton.Server.Storage;

/// <summary>More writes wait than a store takes on: the caller answers 503 with Retry-After and nothing has changed.</summary>
internal sealed class StoreBusyException() : Exception("Too many writes are waiting.");
