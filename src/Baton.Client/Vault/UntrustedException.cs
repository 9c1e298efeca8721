namespace Baton.Client.Vault;

/// <summary>The server gave something that only a hostile or broken one gives. The message says what, for people.</summary>
public sealed class UntrustedException : Exception
{
    /// <summary>With what it gave.</summary>
    public UntrustedException(string message)
        : base(message)
    {
    }
}
