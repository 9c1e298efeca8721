using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Protocol.Encoding;

namespace Baton.Protocol.Wire;

/// <summary>byte[] on the wire is base64url, canonical. Lengths are the endpoint's to check.</summary>
public sealed class BytesJsonConverter : JsonConverter<byte[]>
{
    /// <inheritdoc />
    public override byte[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryRead(ref reader, out var bytes)
            ? bytes
            : throw new JsonException("Not base64url.");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) => Write(writer, value);

    /// <summary>Without a string on the way, which nearly every text allows.</summary>
    private static bool TryRead(ref Utf8JsonReader reader, [NotNullWhen(true)] out byte[]? bytes) => reader.HasValueSequence || reader.ValueIsEscaped
        ? Base64Url.TryDecode(reader.GetString(), out bytes)
        : Base64Url.TryDecode(reader.ValueSpan, out bytes);

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> value)
    {
        var length = Base64Url.LengthOf(value.Length);
        var rented = length > 512 ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span<byte> text = rented ?? stackalloc byte[512];
        Base64Url.Encode(value, text);
        writer.WriteStringValue(text[..length]);
        if (rented is not null)
        {
            // It may be a share: the pool gives it to anybody.
            CryptographicOperations.ZeroMemory(rented.AsSpan(0, length));
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
