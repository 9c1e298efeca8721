using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Protocol.Wire;

namespace Baton.Client.Vault;

/// <summary>JSON inside the vault's sealed texts. Unknown members are kept.</summary>
[JsonSourceGenerationOptions]
[JsonSerializable(typeof(VaultEntry))]
[JsonSerializable(typeof(GroupDetails))]
[JsonSerializable(typeof(Backup))]
[JsonSerializable(typeof(IReadOnlyList<BackupFile>))]
[JsonSerializable(typeof(System.Text.Json.Nodes.JsonObject))]
internal sealed partial class VaultJson : JsonSerializerContext
{
    /// <summary>With the options that both implementations keep to.</summary>
    public static VaultJson Shared { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new BytesJsonConverter() },
    });
}
