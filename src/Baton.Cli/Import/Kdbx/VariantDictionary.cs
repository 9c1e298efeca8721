using System.Buffers.Binary;
using System.Text;

namespace Baton.Cli.Import.Kdbx;

/// <summary>
/// Named values in a KDBX 4 header: <c>uint16 0x0100, then (type (1), int32 length, name, int32 length, value)…, 0x00</c>.
/// https://keepass.info/help/kb/kdbx.html, "Variant dictionary".
/// </summary>
internal sealed class VariantDictionary
{
    private const ushort Version = 0x0100;
    private const byte TypeUInt32 = 0x04;
    private const byte TypeUInt64 = 0x05;
    private const byte TypeBytes = 0x42;

    private readonly Dictionary<string, (byte Type, byte[] Value)> values = new(StringComparer.Ordinal);

    public static VariantDictionary Read(ReadOnlyMemory<byte> bytes)
    {
        var source = new ByteSource(bytes);
        if ((source.UInt16() & 0xFF00) != Version)
        {
            throw ByteSource.Damaged("its key derivation parameters are of an unknown version");
        }

        var dictionary = new VariantDictionary();
        for (var type = source.Byte(); type != 0; type = source.Byte())
        {
            var name = Encoding.UTF8.GetString(source.Prefixed().Span);
            dictionary.values[name] = (type, source.Prefixed().ToArray());
        }

        return dictionary;
    }

    /// <summary>A number; what isn't there counts as absent, another width as damage.</summary>
    public ulong? Number(string name) =>
        !values.TryGetValue(name, out var found) ? null
        : found.Value.Length == 8 ? BinaryPrimitives.ReadUInt64LittleEndian(found.Value)
        : found.Value.Length == 4 ? BinaryPrimitives.ReadUInt32LittleEndian(found.Value)
        : throw ByteSource.Damaged($"its key derivation parameter {name} is no number");

    public byte[]? Bytes(string name) => values.TryGetValue(name, out var found) ? found.Value : null;

    public VariantDictionary With(string name, uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return With(name, TypeUInt32, bytes);
    }

    public VariantDictionary With(string name, ulong value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return With(name, TypeUInt64, bytes);
    }

    public VariantDictionary With(string name, byte[] value) => With(name, TypeBytes, value);

    public byte[] ToBytes()
    {
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Version);
        foreach (var (name, (type, value)) in values)
        {
            writer.Write(type);
            writer.Write(name.Length);
            writer.Write(Encoding.ASCII.GetBytes(name));
            writer.Write(value.Length);
            writer.Write(value);
        }

        writer.Write((byte)0);
        return bytes.ToArray();
    }

    private VariantDictionary With(string name, byte type, byte[] value)
    {
        values[name] = (type, value);
        return this;
    }
}
