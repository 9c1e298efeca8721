using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Protocol.Encoding;

namespace Baton.Protocol;

/// <summary>An organization, member, group, handover or session: 16 random bytes, 22 characters of base64url on the wire.</summary>
[JsonConverter(typeof(IdJsonConverter))]
public readonly record struct Id
{
    /// <summary>Bytes in an id.</summary>
    public const int Size = 16;

    /// <summary>Characters in its text.</summary>
    public const int TextLength = 22;

    private readonly ulong high;
    private readonly ulong low;

    /// <summary>The id of exactly 16 bytes.</summary>
    /// <exception cref="ArgumentException">Another length.</exception>
    public Id(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException("An id has 16 bytes.", nameof(bytes));
        }

        high = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        low = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
    }

    /// <summary>Parses the 22 characters of an id; false for anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Id id)
    {
        if (text.Length == TextLength && Base64Url.TryDecode(text, out var bytes))
        {
            id = new Id(bytes);
            return true;
        }

        id = default;
        return false;
    }

    /// <summary>The same of ASCII.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out Id id)
    {
        if (text.Length == TextLength && Base64Url.TryDecode(text, out var bytes))
        {
            id = new Id(bytes);
            return true;
        }

        id = default;
        return false;
    }

    /// <summary>For route and query binding.</summary>
    public static bool TryParse(string? text, IFormatProvider? provider, out Id id) => TryParse(text.AsSpan(), out id);

    /// <summary>The 16 bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        Write(bytes);
        return bytes;
    }

    /// <summary>Writes the 16 bytes.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, high);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], low);
    }

    /// <inheritdoc />
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        Write(bytes);
        return Base64Url.Encode(bytes);
    }
}

/// <summary>An id on the wire.</summary>
public sealed class IdJsonConverter : JsonConverter<Id>
{
    /// <inheritdoc />
    public override Id Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryRead(ref reader, out var id)
            ? id
            : throw new JsonException("An id is 22 characters of base64url.");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, Id value, JsonSerializerOptions options)
    {
        Span<byte> bytes = stackalloc byte[Id.Size];
        Span<byte> text = stackalloc byte[Id.TextLength];
        value.Write(bytes);
        Base64Url.Encode(bytes, text);
        writer.WriteStringValue(text);
    }

    private static bool TryRead(ref Utf8JsonReader reader, out Id id) => reader.HasValueSequence || reader.ValueIsEscaped
        ? Id.TryParse(reader.GetString(), out id)
        : Id.TryParse(reader.ValueSpan, out id);
}
