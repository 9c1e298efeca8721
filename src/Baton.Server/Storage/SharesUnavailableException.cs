namespace Baton.Server.Storage;

/// <summary>The share store is out of reach: the caller answers 503, and nothing was spent.</summary>
internal sealed class SharesUnavailableException(Exception inner) : Exception("The share store is out of reach.", inner);
