using System.Buffers.Binary;

namespace Baton.Protocol.Encoding;

/// <summary>Concatenates fields: <c>||</c> of the spec.</summary>
internal struct ByteWriter(int capacity)
{
    private byte[] buffer = new byte[Math.Max(capacity, 16)];
    private int length;

    public void Write(ReadOnlySpan<byte> field)
    {
        if (buffer.Length - length < field.Length)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + field.Length));
        }

        field.CopyTo(buffer.AsSpan(length));
        length += field.Length;
    }

    public readonly byte[] ToArray() => buffer.AsSpan(0, length).ToArray();
}

/// <summary>Numbers and joins as the spec writes them.</summary>
public static class Fields
{
    /// <summary>Big-endian, 4 bytes.</summary>
    public static byte[] Number(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    /// <summary>Big-endian, 8 bytes.</summary>
    public static byte[] Number(ulong value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return bytes;
    }

    /// <summary>The fields one after the other.</summary>
    public static byte[] Join(params ReadOnlySpan<byte[]> fields)
    {
        var joined = new ByteWriter(64);
        foreach (var field in fields)
        {
            joined.Write(field);
        }

        return joined.ToArray();
    }
}
