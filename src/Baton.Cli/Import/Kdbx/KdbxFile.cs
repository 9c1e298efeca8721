using System.IO.Compression;
using System.Security.Cryptography;

namespace Baton.Cli.Import.Kdbx;

/// <summary>
/// A KeePass database, KDBX 3.1 and 4 in, 4 out: its XML text, the stream that hides the values in it, and its files.
/// https://keepass.info/help/kb/kdbx.html
/// </summary>
/// <param name="Binaries">Version 4: files, by the number that entries refer to. Version 3 has them in the XML.</param>
internal sealed record KdbxFile(int Major, byte[] Xml, KeyStream? Hidden, IReadOnlyList<byte[]> Binaries, byte[]? HeaderHash)
{
    private const int HashSize = 32;
    private const int MaxContent = 512 << 20;
    private const byte InnerEnd = 0;
    private const byte InnerStreamId = 1;
    private const byte InnerStreamKey = 2;
    private const byte InnerBinary = 3;

    /// <summary>Opens a file.</summary>
    /// <exception cref="CommandFailedException">It is damaged, demands too much, or the key is wrong.</exception>
    public static KdbxFile Open(byte[] file, KdbxKey key)
    {
        var header = KdbxHeader.Read(file);
        var stretched = header.Kdf.Stretch(key.Composite());
        try
        {
            return header.Major == 4 ? Open4(file, header, stretched) : Open3(file, header, stretched);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(stretched);
        }
    }

    /// <summary>Writes a new file, version 4.0, compressed, with ChaCha20 as its inner stream.</summary>
    /// <param name="write">Makes the XML with the stream that hides its protected values.</param>
    public static byte[] Save(KdbxKey key, KdbxCipher cipher, KdbxKdf kdf, IReadOnlyList<byte[]> binaries, Func<KeyStream, byte[]> write)
    {
        var header = KdbxHeader.Make(cipher, RandomNumberGenerator.GetBytes(HashSize), RandomNumberGenerator.GetBytes(cipher.NonceSize), kdf);
        var stretched = kdf.Stretch(key.Composite());
        var blockKey = KdbxBlocks.BlockKey(header.MasterSeed, stretched);
        var innerKey = RandomNumberGenerator.GetBytes(64);
        var plain = new MemoryStream();
        using (var gzip = new GZipStream(plain, CompressionLevel.Optimal, leaveOpen: true))
        using (var writer = new BinaryWriter(gzip))
        {
            Field(writer, InnerStreamId, [3, 0, 0, 0]);
            Field(writer, InnerStreamKey, innerKey);
            foreach (var binary in binaries)
            {
                Field(writer, InnerBinary, [0, .. binary]);
            }

            Field(writer, InnerEnd, []);
            writer.Write(write(KeyStream.OfKdbx(3, innerKey)!));
        }

        var output = new MemoryStream();
        output.Write(header.Bytes.Span);
        output.Write(SHA256.HashData(header.Bytes.Span));
        output.Write(KdbxBlocks.HeaderMac(blockKey, header.Bytes.Span));
        KdbxBlocks.WriteAuthenticated(output, blockKey, cipher.Encrypt(FinalKey(header, stretched), header.Nonce, plain.ToArray()));
        CryptographicOperations.ZeroMemory(plain.GetBuffer());
        CryptographicOperations.ZeroMemory(stretched);
        return output.ToArray();
    }

    private static KdbxFile Open4(byte[] file, KdbxHeader header, byte[] stretched)
    {
        var source = new ByteSource(file.AsMemory(header.Bytes.Length));
        if (!SHA256.HashData(header.Bytes.Span).AsSpan().SequenceEqual(source.Take(HashSize).Span))
        {
            throw ByteSource.Damaged("its header is not what was saved");
        }

        var blockKey = KdbxBlocks.BlockKey(header.MasterSeed, stretched);
        if (!CryptographicOperations.FixedTimeEquals(KdbxBlocks.HeaderMac(blockKey, header.Bytes.Span), source.Take(HashSize).Span))
        {
            throw WrongKey();
        }

        var ciphertext = KdbxBlocks.ReadAuthenticated(source, blockKey);
        if (!header.Cipher.TryDecrypt(FinalKey(header, stretched), header.Nonce, ciphertext, out var plaintext))
        {
            throw ByteSource.Damaged("its content does not decrypt");
        }

        var inner = new ByteSource(Unpacked(header, plaintext));
        var binaries = new List<byte[]>();
        var (stream, streamKey) = (0U, Array.Empty<byte>());
        for (var id = inner.Byte(); ; id = inner.Byte())
        {
            var value = inner.Prefixed();
            switch (id)
            {
                case InnerEnd:
                    return new KdbxFile(4, inner.Take(inner.Left).ToArray(), KeyStream.OfKdbx(stream, streamKey), binaries, null);
                case InnerStreamId:
                    stream = new ByteSource(value).UInt32();
                    break;
                case InnerStreamKey:
                    streamKey = value.ToArray();
                    break;
                case InnerBinary when value.Length > 0:
                    binaries.Add(value[1..].ToArray());
                    break;
                default:
                    throw ByteSource.Damaged("its inner header is not known");
            }
        }
    }

    private static KdbxFile Open3(byte[] file, KdbxHeader header, byte[] stretched)
    {
        // Only a right key gives the bytes that the header promises; a padding that fails is nearly always a wrong key, too.
        if (!header.Cipher.TryDecrypt(FinalKey(header, stretched), header.Nonce, file[header.Bytes.Length..], out var plaintext)
            || !plaintext.AsSpan().StartsWith(header.StreamStart))
        {
            throw WrongKey();
        }

        var content = Unpacked(header, KdbxBlocks.ReadHashed(plaintext.AsMemory(header.StreamStart!.Length)));
        return new KdbxFile(3, content, KeyStream.OfKdbx(header.InnerStream, header.InnerKey!), [], SHA256.HashData(header.Bytes.Span));
    }

    private static byte[] FinalKey(KdbxHeader header, byte[] stretched) => SHA256.HashData([.. header.MasterSeed, .. stretched]);

    private static byte[] Unpacked(KdbxHeader header, byte[] content) => header.Gzip ? Unzip(content, MaxContent) : content;

    /// <summary>What gzip packed, as long as it stays within a limit: a small file can hold terabytes of zeros.</summary>
    public static byte[] Unzip(byte[] packed, int limit)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            var content = new MemoryStream();
            var buffer = new byte[81_920];
            for (var read = gzip.Read(buffer); read > 0; read = gzip.Read(buffer))
            {
                content.Write(buffer, 0, read);
                if (content.Length > limit)
                {
                    throw new CommandFailedException(ExitCode.Input, $"The file unpacks to more than {limit >> 20} MiB.");
                }
            }

            return content.ToArray();
        }
        catch (InvalidDataException)
        {
            throw ByteSource.Damaged("its content does not unpack");
        }
    }

    private static CommandFailedException WrongKey() => new(ExitCode.Input, "The password or the key file is not the one of this KeePass file.", "--key-file FILE, where it has one.");

    private static void Field(BinaryWriter writer, byte id, byte[] value)
    {
        writer.Write(id);
        writer.Write(value.Length);
        writer.Write(value);
    }
}
