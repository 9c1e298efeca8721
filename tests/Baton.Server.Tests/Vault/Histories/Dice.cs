using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Baton.Server.Tests.Vault.Histories;

/// <summary>Chance that comes out the same for the same seed, so that a history that failed can be played again.</summary>
internal sealed class Dice(int seed)
{
    private int thrown;

    /// <summary>0 to <paramref name="sides"/> − 1.</summary>
    public int Next(int sides)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(bytes, seed);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), thrown++);
        return (int)(BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(bytes)) % (uint)sides);
    }

    public T? Pick<T>(IReadOnlyList<T> from)
        where T : class =>
        from.Count == 0 ? null : from[Next(from.Count)];
}
