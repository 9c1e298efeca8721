using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Protocol.Wire;

namespace Baton.Client.Sealing;

/// <summary>JSON inside sealed texts. Unknown members are skipped: a newer client may have written some.</summary>
[JsonSourceGenerationOptions]
[JsonSerializable(typeof(Content))]
[JsonSerializable(typeof(Details))]
[JsonSerializable(typeof(Personal))]
[JsonSerializable(typeof(Reply))]
internal sealed partial class ContentJson : JsonSerializerContext
{
    /// <summary>With the options that both implementations keep to.</summary>
    public static ContentJson Shared { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 8,
        Converters = { new BytesJsonConverter() },
    });
}
