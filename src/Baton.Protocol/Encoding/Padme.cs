using System.Numerics;

namespace Baton.Protocol.Encoding;

/// <summary>Padmé: a size says little about what is inside, for at most 12 % more bytes. spec/handover.md §2.</summary>
public static class Padme
{
    /// <summary>The padded size of this length.</summary>
    public static int Size(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length < 2)
        {
            return length;
        }

        var exponent = BitOperations.Log2((uint)length);
        var kept = BitOperations.Log2((uint)exponent) + 1;
        var mask = (1L << (exponent - kept)) - 1;
        return checked((int)((length + mask) & ~mask));
    }
}
