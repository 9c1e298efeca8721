using System.Buffers.Binary;

namespace Baton.Cli.Import.Kdbx;

/// <summary>
/// The outer header of a KDBX file, in the clear: <c>signature (8), uint16 minor, uint16 major, fields…</c>; a field is
/// <c>id (1), length (uint16 up to version 3, uint32 in 4), value</c>. https://keepass.info/help/kb/kdbx.html
/// </summary>
/// <param name="Major">3 or 4.</param>
/// <param name="Bytes">The header as it stands in the file, for its hash.</param>
/// <param name="InnerKey">Version 3: the key of the inner stream; version 4 has it in the inner header.</param>
/// <param name="StreamStart">Version 3: what the decrypted content begins with.</param>
internal sealed record KdbxHeader(
    int Major, ReadOnlyMemory<byte> Bytes, KdbxCipher Cipher, bool Gzip, byte[] MasterSeed, byte[] Nonce, KdbxKdf Kdf,
    uint InnerStream = 0, byte[]? InnerKey = null, byte[]? StreamStart = null)
{
    private const ulong Signature = 0xB54BFB67_9AA2D903;
    private const int SeedSize = 32;

    /// <summary>Whether a file begins as KDBX does.</summary>
    public static bool IsKdbx(ReadOnlySpan<byte> bytes) => bytes.Length >= 12 && BinaryPrimitives.ReadUInt64LittleEndian(bytes) == Signature;

    public static KdbxHeader Read(ReadOnlyMemory<byte> file)
    {
        var source = new ByteSource(file);
        source.Take(8);
        source.UInt16();
        var major = source.UInt16();
        if (major is not (3 or 4))
        {
            throw new CommandFailedException(ExitCode.Input, $"This is a KeePass file of version {major}; 3 and 4 are read here.", "KeePassXC saves it as KDBX 4.");
        }

        var fields = new Dictionary<byte, ReadOnlyMemory<byte>>();
        for (byte id = 1; id != 0;)
        {
            id = source.Byte();
            fields[id] = source.Take(major == 3 ? source.UInt16() : source.UInt32());
        }

        byte[] Field(byte id, int size = 0) =>
            fields.TryGetValue(id, out var value) && (size == 0 || value.Length == size) ? value.ToArray() : throw ByteSource.Damaged($"its header lacks field {id}");
        uint Number(byte id) => BinaryPrimitives.ReadUInt32LittleEndian(Field(id, 4));

        var compression = Number(3);
        if (compression > 1)
        {
            throw ByteSource.Damaged("its compression is unknown");
        }

        var header = file[..source.Position];
        var cipher = KdbxCipher.Of(Field(2, 16));
        return major == 4
            ? new KdbxHeader(4, header, cipher, compression == 1, Field(4, SeedSize), Field(7), KdbxKdf.Read(VariantDictionary.Read(Field(11))))
            : new KdbxHeader(
                3, header, cipher, compression == 1, Field(4, SeedSize), Field(7),
                KdbxKdf.OfAes(Field(5, SeedSize), BinaryPrimitives.ReadUInt64LittleEndian(Field(6, 8))), Number(10), Field(8), Field(9, 32));
    }

    /// <summary>The header of a new file, version 4.0.</summary>
    public static KdbxHeader Make(KdbxCipher cipher, byte[] masterSeed, byte[] nonce, KdbxKdf kdf)
    {
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Signature);
        writer.Write((ushort)0);
        writer.Write((ushort)4);
        foreach (var (id, value) in (ReadOnlySpan<(byte, byte[])>)[(2, cipher.Id), (3, [1, 0, 0, 0]), (4, masterSeed), (7, nonce), (11, kdf.ToBytes()), (0, "\r\n\r\n"u8.ToArray())])
        {
            writer.Write(id);
            writer.Write(value.Length);
            writer.Write(value);
        }

        return new KdbxHeader(4, bytes.ToArray(), cipher, true, masterSeed, nonce, kdf);
    }
}
