using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Baton.Server.Features.Moving;

/// <summary>
/// How many rows a table has, and the sum of their hashes: the same for the same rows in any order, in either database. It tells a copy
/// from its original through every accident; it is no signature.
/// </summary>
internal sealed class Tally
{
    private readonly ulong[] sum = new ulong[4];
    private readonly ArrayBufferWriter<byte> row = new();

    public long Rows { get; private set; }

    /// <summary>32 bytes.</summary>
    public byte[] Digest
    {
        get
        {
            var digest = new byte[32];
            for (var lane = 0; lane < sum.Length; lane++)
            {
                BinaryPrimitives.WriteUInt64BigEndian(digest.AsSpan(lane * 8), sum[lane]);
            }

            return digest;
        }
    }

    /// <summary>Adds a row. A BOOLEAN counts as the number that SQLite keeps for it.</summary>
    public void Add(ReadOnlySpan<object?> values)
    {
        row.ResetWrittenCount();
        foreach (var value in values)
        {
            switch (value)
            {
                case null or DBNull:
                    row.Write([(byte)0]);
                    break;
                case long or int or bool:
                    row.Write([(byte)1]);
                    Write(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                    break;
                case string text:
                    row.Write([(byte)2]);
                    Write(Encoding.UTF8.GetBytes(text));
                    break;
                case byte[] bytes:
                    row.Write([(byte)3]);
                    Write(bytes);
                    break;
                default:
                    throw new InvalidDataException($"No column holds a {value.GetType().Name}.");
            }
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(row.WrittenSpan, hash);
        for (var lane = 0; lane < sum.Length; lane++)
        {
            unchecked
            {
                sum[lane] += BinaryPrimitives.ReadUInt64BigEndian(hash[(lane * 8)..]);
            }
        }

        Rows++;
    }

    public bool Is(long rows, ReadOnlySpan<byte> digest) => rows == Rows && digest.SequenceEqual(Digest);

    private void Write(byte[] bytes)
    {
        Write(bytes.Length);
        row.Write(bytes);
    }

    private void Write(long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        row.Write(bytes);
    }
}
