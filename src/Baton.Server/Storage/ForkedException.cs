namespace Baton.Server.Storage;

/// <summary>The share store knows a head of this log that the main database does not lead to: two histories, and only one can be signed.</summary>
internal sealed class ForkedException(string message) : Exception(message);
