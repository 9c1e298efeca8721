using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Baton.Cli.Import.Kdbx;

/// <summary>
/// The content of a KDBX file in blocks. Version 3, inside the encryption: <c>uint32 index, SHA-256 (32), uint32 size, data</c>.
/// Version 4, around it: <c>HMAC (32), uint32 size, data</c>, with HMAC-SHA-256 over <c>uint64 index || uint32 size || data</c>
/// under SHA-512(uint64 index || block key). An empty block ends both.
/// https://keepass.info/help/kb/kdbx_4.html, "Block-based HMAC".
/// </summary>
internal static class KdbxBlocks
{
    private const int HashSize = 32;
    private const int BlockSize = 1 << 20;

    /// <summary>SHA-512(master seed || stretched key || 0x01).</summary>
    public static byte[] BlockKey(ReadOnlySpan<byte> masterSeed, ReadOnlySpan<byte> stretched) => SHA512.HashData([.. masterSeed, .. stretched, 1]);

    /// <summary>The HMAC of a version 4 header, which is block 2⁶⁴ − 1.</summary>
    public static byte[] HeaderMac(byte[] blockKey, ReadOnlySpan<byte> header) => HMACSHA256.HashData(KeyOf(blockKey, ulong.MaxValue), header);

    public static byte[] ReadHashed(ReadOnlyMemory<byte> bytes)
    {
        var source = new ByteSource(bytes);
        var content = new MemoryStream();
        for (var index = 0U; ; index++)
        {
            if (source.UInt32() != index)
            {
                throw ByteSource.Damaged("its blocks are out of order");
            }

            var hash = source.Take(HashSize);
            var block = source.Prefixed();
            if (block.Length == 0)
            {
                return content.ToArray();
            }

            if (!SHA256.HashData(block.Span).AsSpan().SequenceEqual(hash.Span))
            {
                throw ByteSource.Damaged($"block {index} is not what was saved");
            }

            content.Write(block.Span);
        }
    }

    public static byte[] ReadAuthenticated(ByteSource source, byte[] blockKey)
    {
        var content = new MemoryStream();
        for (var index = 0UL; ; index++)
        {
            var mac = source.Take(HashSize);
            var block = source.Prefixed();
            if (!CryptographicOperations.FixedTimeEquals(MacOf(blockKey, index, block.Span), mac.Span))
            {
                throw ByteSource.Damaged($"block {index} is not what was saved");
            }

            if (block.Length == 0)
            {
                return content.ToArray();
            }

            content.Write(block.Span);
        }
    }

    public static void WriteAuthenticated(Stream output, byte[] blockKey, ReadOnlySpan<byte> content)
    {
        var size = new byte[4];
        var index = 0UL;
        while (true)
        {
            var block = content[..Math.Min(BlockSize, content.Length)];
            BinaryPrimitives.WriteInt32LittleEndian(size, block.Length);
            output.Write(MacOf(blockKey, index++, block));
            output.Write(size);
            output.Write(block);
            if (block.Length == 0)
            {
                return;
            }

            content = content[block.Length..];
        }
    }

    private static byte[] MacOf(byte[] blockKey, ulong index, ReadOnlySpan<byte> block)
    {
        var place = new byte[12];
        BinaryPrimitives.WriteUInt64LittleEndian(place, index);
        BinaryPrimitives.WriteInt32LittleEndian(place.AsSpan(8), block.Length);
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, KeyOf(blockKey, index));
        mac.AppendData(place);
        mac.AppendData(block);
        return mac.GetHashAndReset();
    }

    private static byte[] KeyOf(byte[] blockKey, ulong index)
    {
        var place = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(place, index);
        return SHA512.HashData([.. place, .. blockKey]);
    }
}
