using System.Reflection;
using System.Text.Json;
using Baton.Protocol.Wire;
using Microsoft.AspNetCore.Http.Metadata;

namespace Baton.Server.Security;

/// <summary>200 with a record of the wire, written in one piece with its length: the framework's own result writes chunks.</summary>
internal sealed class WireOk<T>(T value) : IResult, IStatusCodeHttpResult, IEndpointMetadataProvider
{
    public int? StatusCode => StatusCodes.Status200OK;

    public Task ExecuteAsync(HttpContext httpContext) => WireBody.Write(httpContext, StatusCodes.Status200OK, value);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));
}

/// <summary>202 with what is there so far: the rest follows when the request is repeated.</summary>
internal sealed class WireAccepted<T>(T value) : IResult, IStatusCodeHttpResult, IEndpointMetadataProvider
{
    public int? StatusCode => StatusCodes.Status202Accepted;

    public Task ExecuteAsync(HttpContext httpContext) => WireBody.Write(httpContext, StatusCodes.Status202Accepted, value);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status202Accepted, typeof(T), ["application/json"]));
}

/// <summary>201 with a record of the wire and where it can be found from now on.</summary>
internal sealed class WireCreated<T>(string location, T value) : IResult, IStatusCodeHttpResult, IEndpointMetadataProvider
{
    public int? StatusCode => StatusCodes.Status201Created;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.Location = location;
        return WireBody.Write(httpContext, StatusCodes.Status201Created, value);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status201Created, typeof(T), ["application/json"]));
}

file static class WireBody
{
    public static Task Write<T>(HttpContext context, int status, T value)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, WireJson.Of<T>());
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = json.Length;
        return response.Body.WriteAsync(json).AsTask();
    }
}
