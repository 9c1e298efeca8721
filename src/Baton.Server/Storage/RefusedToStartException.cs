namespace Baton.Server.Storage;

/// <summary>What is found on disk forbids going on; the message says what is wrong and exactly what to do about it.</summary>
internal sealed class RefusedToStartException(string what, string remedy) : Exception($"{what}\n{remedy}");
