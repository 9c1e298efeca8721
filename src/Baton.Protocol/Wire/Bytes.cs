using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Protocol.Encoding;

namespace Baton.Protocol.Wire;

/// <summary>byte[] on the wire is base64url, canonical. Lengths are the endpoint's to check.</summary>
public sealed class BytesJsonConverter : JsonConverter<byte[]>
{
    /// <inheritdoc />
    public override byte[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Base64Url.TryDecode(reader.GetString(), out var bytes)
            ? bytes
            : throw new JsonException("Not base64url.");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Base64Url.Encode(value));
}
