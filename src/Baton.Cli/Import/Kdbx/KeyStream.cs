using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Baton.Cli.Import.Kdbx;

/// <summary>
/// A running key stream, XORed onto one text after another: ChaCha20 (RFC 8439 §2.3) and Salsa20/20 (Bernstein, "Salsa20
/// specification", §9 and §10). KDBX hides the values of protected fields with one, in the order of the document.
/// </summary>
internal sealed class KeyStream
{
    private readonly uint[] state;
    private readonly Action<uint[]> doubleRound;
    private readonly int counter;
    private readonly byte[] block = new byte[64];
    private int used = 64;

    private KeyStream(uint[] state, int counter, Action<uint[]> doubleRound)
    {
        this.state = state;
        this.counter = counter;
        this.doubleRound = doubleRound;
    }

    /// <summary>With a nonce of 12 bytes, from block 0 on.</summary>
    public static KeyStream ChaCha20(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce) => new(
        [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574, .. Words(key), 0, .. Words(nonce)],
        12,
        static x =>
        {
            ChaChaQuarter(x, 0, 4, 8, 12);
            ChaChaQuarter(x, 1, 5, 9, 13);
            ChaChaQuarter(x, 2, 6, 10, 14);
            ChaChaQuarter(x, 3, 7, 11, 15);
            ChaChaQuarter(x, 0, 5, 10, 15);
            ChaChaQuarter(x, 1, 6, 11, 12);
            ChaChaQuarter(x, 2, 7, 8, 13);
            ChaChaQuarter(x, 3, 4, 9, 14);
        });

    /// <summary>With a nonce of 8 bytes, from block 0 on.</summary>
    public static KeyStream Salsa20(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce) => new(
        [0x61707865, .. Words(key[..16]), 0x3320646e, .. Words(nonce), 0, 0, 0x79622d32, .. Words(key[16..]), 0x6b206574],
        8,
        static x =>
        {
            SalsaQuarter(x, 0, 4, 8, 12);
            SalsaQuarter(x, 5, 9, 13, 1);
            SalsaQuarter(x, 10, 14, 2, 6);
            SalsaQuarter(x, 15, 3, 7, 11);
            SalsaQuarter(x, 0, 1, 2, 3);
            SalsaQuarter(x, 5, 6, 7, 4);
            SalsaQuarter(x, 10, 11, 8, 9);
            SalsaQuarter(x, 15, 12, 13, 14);
        });

    /// <summary>The stream that hides the protected values of a file, by its number in the header.</summary>
    public static KeyStream? OfKdbx(uint number, byte[] key)
    {
        switch (number)
        {
            case 0:
                return null;
            case 2:
                return Salsa20(SHA256.HashData(key), [0xE8, 0x30, 0x09, 0x4B, 0x97, 0x20, 0x5D, 0x2A]);
            case 3:
                var hash = SHA512.HashData(key);
                return ChaCha20(hash.AsSpan(0, 32), hash.AsSpan(32, 12));
            default:
                throw new CommandFailedException(ExitCode.Input, "The file hides its passwords in a way that is not read here.", "KeePassXC can save it anew.");
        }
    }

    /// <summary>The next bytes, hidden or shown.</summary>
    public byte[] Apply(ReadOnlySpan<byte> text)
    {
        var output = new byte[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            if (used == block.Length)
            {
                Next();
            }

            output[i] = (byte)(text[i] ^ block[used++]);
        }

        return output;
    }

    private void Next()
    {
        var working = (uint[])state.Clone();
        for (var i = 0; i < 10; i++)
        {
            doubleRound(working);
        }

        for (var i = 0; i < 16; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(4 * i), working[i] + state[i]);
        }

        state[counter]++;
        used = 0;
    }

    private static void ChaChaQuarter(uint[] x, int a, int b, int c, int d)
    {
        x[d] = BitOperations.RotateLeft(x[d] ^ (x[a] += x[b]), 16);
        x[b] = BitOperations.RotateLeft(x[b] ^ (x[c] += x[d]), 12);
        x[d] = BitOperations.RotateLeft(x[d] ^ (x[a] += x[b]), 8);
        x[b] = BitOperations.RotateLeft(x[b] ^ (x[c] += x[d]), 7);
    }

    private static void SalsaQuarter(uint[] x, int a, int b, int c, int d)
    {
        x[b] ^= BitOperations.RotateLeft(x[a] + x[d], 7);
        x[c] ^= BitOperations.RotateLeft(x[b] + x[a], 9);
        x[d] ^= BitOperations.RotateLeft(x[c] + x[b], 13);
        x[a] ^= BitOperations.RotateLeft(x[d] + x[c], 18);
    }

    private static uint[] Words(ReadOnlySpan<byte> bytes)
    {
        var words = new uint[bytes.Length / 4];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 * i)..]);
        }

        return words;
    }
}
