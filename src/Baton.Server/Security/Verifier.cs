using System.Security.Cryptography;
using Baton.Server.Storage;

namespace Baton.Server.Security;

/// <summary>
/// What is kept of a key that a client proves itself with: a salt and SHA-256(salt || key). The key is 32 bytes out of Argon2id or a
/// random one, so the hash need not be slow.
/// </summary>
internal readonly record struct Verifier(byte[] Salt, byte[] Hash)
{
    /// <summary>Bytes in every key that is verified so.</summary>
    public const int KeySize = 32;

    /// <summary>Matches no key; checking against it takes as long as against any other.</summary>
    public static readonly Verifier Nobody = new(new byte[16], new byte[32]);

    public static Verifier Of(byte[] key)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return new Verifier(salt, SHA256.HashData([.. salt, .. key]));
    }

    public bool Matches(byte[] key)
    {
        Tracing.Did("key compared");
        return CryptographicOperations.FixedTimeEquals(SHA256.HashData([.. Salt, .. key]), Hash);
    }
}
