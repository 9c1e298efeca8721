using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Security;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Baton.Server.Operations;

/// <summary>
/// The API in OpenAPI 3.1 at /openapi.json, made from the endpoints themselves, once. spec/openapi.json is its snapshot; a test compares.
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
        Task<string>? made = null;
        app.MapAnyoneGroup("").MapGet("/openapi.json", async ([FromKeyedServices(Name)] IOpenApiDocumentProvider documents) =>
            Results.Text(await (made ??= Write(documents)), "application/json")).ExcludeFromDescription();
    }

    private static async Task<string> Write(IOpenApiDocumentProvider documents)
    {
        var document = await documents.GetOpenApiDocumentAsync();
        return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1) + "\n";
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
