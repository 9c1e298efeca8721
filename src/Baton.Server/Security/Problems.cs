using System.Text.Json;
using Baton.Protocol.Wire;
using Microsoft.AspNetCore.Http.Metadata;

namespace Baton.Server.Security;

/// <summary>The one place where a problem becomes an answer. The types are those of <see cref="ProblemType"/>.</summary>
internal static class Problems
{
    public const string ContentType = "application/problem+json";

    public static ProblemResult Of(ProblemType type, string? detail = null) => new(type.With(detail));

    public static ProblemResult Of(Problem problem) => new(problem);

    /// <summary>400 with what is wrong with one member of the request.</summary>
    public static ProblemResult Invalid(string member, string wrong) =>
        new(ProblemType.InvalidRequest.With() with { Errors = new Dictionary<string, string>(StringComparer.Ordinal) { [member] = wrong } });

    /// <summary>429 with the time after which it is worth another try.</summary>
    public static ProblemResult TryLater(ProblemType type, TimeSpan after, string? detail = null) => new(type.With(detail), after);
}

/// <summary>A problem as an answer; the last member of every handler's union of results.</summary>
internal sealed class ProblemResult(Problem problem, TimeSpan? retryAfter = null) : IResult, IStatusCodeHttpResult, IEndpointMetadataProvider
{
    private byte[]? json;

    public Problem Problem => problem;

    public int? StatusCode => problem.Status;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        // Kept, so that a result held in a static field (the uniform answer) is the same bytes each time.
        json ??= JsonSerializer.SerializeToUtf8Bytes(problem, WireJson.Of<Problem>());
        var response = httpContext.Response;
        response.StatusCode = problem.Status;
        response.ContentType = Problems.ContentType;
        response.ContentLength = json.Length;
        if (retryAfter is { } after)
        {
            response.Headers.RetryAfter = ((long)Math.Ceiling(after.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return HttpMethods.IsHead(httpContext.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(json).AsTask();
    }

    /// <summary>The OpenAPI document gives every operation the problem as its default answer; nothing is added here.</summary>
    public static void PopulateMetadata(System.Reflection.MethodInfo method, EndpointBuilder builder)
    {
    }
}
