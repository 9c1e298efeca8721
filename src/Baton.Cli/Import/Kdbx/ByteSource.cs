using System.Buffers.Binary;

namespace Baton.Cli.Import.Kdbx;

/// <summary>Reads little-endian numbers and runs of bytes out of a file that may end anywhere.</summary>
internal sealed class ByteSource(ReadOnlyMemory<byte> bytes)
{
    public int Position { get; private set; }

    public int Left => bytes.Length - Position;

    public byte Byte() => Take(1).Span[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2).Span);

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4).Span);

    /// <summary>A length that is followed by so many bytes.</summary>
    public ReadOnlyMemory<byte> Prefixed() => Take(UInt32());

    public ReadOnlyMemory<byte> Take(long count)
    {
        if (count > Left)
        {
            throw Damaged("it is cut off");
        }

        var taken = bytes.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    /// <summary>How a broken file is told.</summary>
    public static CommandFailedException Damaged(string how) =>
        new(ExitCode.Input, $"The KeePass file is damaged: {how}.", "Nothing was taken from it. Open it in KeePass or KeePassXC and save it again.");
}
