using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Security;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Baton.Server.Operations;

/// <summary>
/// The API in OpenAPI 3.1. /openapi.json is spec/openapi.json, which a test makes anew from the endpoints and compares: the makers of
/// documents (an eighth of the memory at rest) are not loaded in a server that runs.
/// </summary>
internal static class ApiDocument
{
    private const string Name = "baton", SessionCookie = "session";

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddSchemaTransformer((schema, context, _) =>
        {
            DescribeBytes(schema, context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            DescribeOperation(operation, context.Description.ActionDescriptor.EndpointMetadata, context.Document!);
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer(async (document, context, cancellation) =>
            Describe(document, await context.GetOrCreateSchemaAsync(typeof(Problem), null, cancellation)));
    });

    public static void MapApiDocument(this IEndpointRouteBuilder app)
    {
        var document = Snapshot();
        app.MapAnyoneGroup("").MapGet("/openapi.json", () => Results.Bytes(document, "application/json")).ExcludeFromDescription();
    }

    /// <summary>What the endpoints are now; for a host that was created to describe itself.</summary>
    public static async Task<string> Make(IServiceProvider services)
    {
        var document = await services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name).GetOpenApiDocumentAsync();
        return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1) + "\n";
    }

    private static byte[] Snapshot()
    {
        using var resource = typeof(ApiDocument).Assembly.GetManifestResourceStream("openapi.json")!;
        var document = new byte[resource.Length];
        resource.ReadExactly(document);
        return document;
    }

    private static void Describe(OpenApiDocument document, OpenApiSchema problem)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Baton",
            Version = "1",
            Description = "Hands logins to someone without an account, end-to-end encrypted, once. What the shapes mean: spec/api.md.",
            License = new OpenApiLicense { Name = "Apache License 2.0", Identifier = "Apache-2.0" },
        };
        document.Servers = [];
        document.AddComponent(nameof(Problem), problem);
        document.AddComponent(nameof(Problem), new OpenApiResponse
        {
            Description = "A problem (RFC 9457). Its types stand in spec/api.md.",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [Problems.ContentType] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(nameof(Problem), document) },
            },
        });
        document.AddComponent(SessionCookie, new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = "__Host-baton" });

        // By path, so that the snapshot does not change with the order in which features are put together.
        var paths = new OpenApiPaths();
        foreach (var (path, item) in document.Paths.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            paths.Add(path, item);
        }

        document.Paths = paths;
    }

    private static void DescribeOperation(OpenApiOperation operation, IList<object> metadata, OpenApiDocument document)
    {
        operation.Responses ??= [];
        operation.Responses["default"] = new OpenApiResponseReference(nameof(Problem), document);
        if (metadata.OfType<Access>().Contains(Access.Member))
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SessionCookie, document)] = [] }];
        }
    }

    /// <summary>The converters' formats, which the schema exporter can't see.</summary>
    private static void DescribeBytes(OpenApiSchema schema, Type type)
    {
        if (type == typeof(byte[]))
        {
            schema.Type = JsonSchemaType.String;
            schema.Format = "base64url";
        }
        else if (type == typeof(Id) || type == typeof(Id?))
        {
            schema.Type = JsonSchemaType.String;
            schema.Pattern = "^[A-Za-z0-9_-]{21}[AQgw]$";
        }
    }
}
