using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Baton.Client.Sealing;

/// <summary>
/// A file as a stream of encrypted chunks under a key of its own (age's STREAM): AES-256-GCM, no additional data,
/// nonce = <c>uint88 chunk number || 0x01 for the last chunk, else 0x00</c>, so that no chunk can be moved, dropped or cut off.
/// spec/handover.md §3.
/// </summary>
public static class FileChunks
{
    /// <summary>Plaintext bytes in every chunk but the last.</summary>
    public const int ChunkSize = 65_536;

    /// <summary>Bytes a chunk is longer on the wire.</summary>
    public const int TagSize = 16;

    /// <summary>Chunks of a file of this size: at least one.</summary>
    public static int ChunkCount(long size) => checked((int)Math.Max(1, (size + ChunkSize - 1) / ChunkSize));

    /// <summary>Bytes on the wire of a file of this size.</summary>
    public static long WireSize(long size) => size + ((long)ChunkCount(size) * TagSize);

    /// <summary>Encrypts one chunk.</summary>
    public static byte[] CloseChunk(byte[] fileKey, int number, bool last, ReadOnlySpan<byte> plaintext)
    {
        var chunk = new byte[plaintext.Length + TagSize];
        Span<byte> nonce = stackalloc byte[12];
        WriteNonce(nonce, number, last);
        using var aes = new AesGcm(fileKey, TagSize);
        aes.Encrypt(nonce, plaintext, chunk.AsSpan(0, plaintext.Length), chunk.AsSpan(plaintext.Length));
        return chunk;
    }

    /// <summary>Decrypts one chunk; false whatever the reason.</summary>
    public static bool TryOpenChunk(byte[] fileKey, int number, bool last, ReadOnlySpan<byte> chunk, [NotNullWhen(true)] out byte[]? plaintext)
    {
        plaintext = null;
        if (chunk.Length is < TagSize or > ChunkSize + TagSize)
        {
            return false;
        }

        var output = new byte[chunk.Length - TagSize];
        Span<byte> nonce = stackalloc byte[12];
        WriteNonce(nonce, number, last);
        try
        {
            using var aes = new AesGcm(fileKey, TagSize);
            aes.Decrypt(nonce, chunk[..^TagSize], chunk[^TagSize..], output);
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        plaintext = output;
        return true;
    }

    /// <summary>
    /// Decrypts a whole file as it lay on the wire and checks it against what the content says of it; false whatever the reason.
    /// Bytes count only once this has said true.
    /// </summary>
    public static async Task<bool> TryOpenAsync(byte[] fileKey, ContentFile file, Stream wire, Stream output, CancellationToken cancel = default)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var chunks = ChunkCount(file.Size);
        var buffer = new byte[ChunkSize + TagSize];
        for (var number = 0; number < chunks; number++)
        {
            var last = number == chunks - 1;
            var size = last ? (int)(file.Size - ((long)number * ChunkSize)) : ChunkSize;
            var chunk = buffer.AsMemory(0, size + TagSize);
            if (await wire.ReadAtLeastAsync(chunk, chunk.Length, throwOnEndOfStream: false, cancel) != chunk.Length
                || !TryOpenChunk(fileKey, number, last, chunk.Span, out var plaintext))
            {
                return false;
            }

            hash.AppendData(plaintext);
            await output.WriteAsync(plaintext, cancel);
        }

        return await wire.ReadAsync(buffer.AsMemory(0, 1), cancel) == 0
            && CryptographicOperations.FixedTimeEquals(hash.GetHashAndReset(), file.Sha256);
    }

    private static void WriteNonce(Span<byte> nonce, int number, bool last)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt32BigEndian(nonce[7..], number);
        nonce[11] = last ? (byte)1 : (byte)0;
    }
}
