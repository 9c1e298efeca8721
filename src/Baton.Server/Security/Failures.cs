using System.Text.Json;
using Baton.Protocol.Wire;
using Baton.Server.Storage;
using Microsoft.AspNetCore.Http.Features;

namespace Baton.Server.Security;

/// <summary>
/// Outermost: whatever goes wrong inside leaves as a problem. An exception's text never leaves and never reaches the log with a path:
/// paths hold ids.
/// </summary>
internal sealed partial class Failures(RequestDelegate next, ILogger<Failures> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            await Of(bad, context).ExecuteAsync(context);
            return;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (SharesUnavailableException) when (!context.Response.HasStarted)
        {
            await Problems.Of(ProblemType.SharesUnavailable).ExecuteAsync(context);
            return;
        }
        catch (StoreBusyException) when (!context.Response.HasStarted)
        {
            await Problems.TryLater(ProblemType.NotReady, TimeSpan.FromSeconds(1)).ExecuteAsync(context);
            return;
        }
        catch (StoreFailedException failure) when (!context.Response.HasStarted)
        {
            NotWritten(failure);
            var (later, detail) = failure.IsUnknown
                ? (TimeSpan.FromSeconds(1), "It is not known whether this was kept: do it again, which is safe.")
                : (TimeSpan.FromSeconds(30), "The server can't use its database; nothing was changed.");
            await Problems.TryLater(ProblemType.NotReady, later, detail).ExecuteAsync(context);
            return;
        }
        catch (Exception failure)
        {
            Failed(failure, context.GetEndpoint() is RouteEndpoint endpoint ? $"{context.Request.Method} {endpoint.RoutePattern.RawText}" : "A request for no endpoint");
            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            context.Response.Headers.ContentLength = null;
            await Problems.Of(ProblemType.InternalError).ExecuteAsync(context);
            return;
        }

        // What routing and the framework answer without words.
        if (!context.Response.HasStarted && context.Response.ContentType is null && OfStatus(context) is { } problem)
        {
            await problem.ExecuteAsync(context);
        }
    }

    private static ProblemResult? OfStatus(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status400BadRequest => Problems.Of(ProblemType.InvalidRequest),
        StatusCodes.Status404NotFound => Problems.Of(ProblemType.NotFound),
        StatusCodes.Status405MethodNotAllowed => Problems.Of(ProblemType.MethodNotAllowed),
        StatusCodes.Status413PayloadTooLarge => TooLarge(context),
        StatusCodes.Status415UnsupportedMediaType => Problems.Of(ProblemType.UnsupportedMediaType),
        _ => null,
    };

    private static ProblemResult Of(BadHttpRequestException bad, HttpContext context) => bad.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => TooLarge(context),
        StatusCodes.Status415UnsupportedMediaType => Problems.Of(ProblemType.UnsupportedMediaType),
        _ when bad.InnerException is JsonException json => OfJson(json),
        _ => Problems.Of(ProblemType.InvalidRequest, "The request's body, path or query is not what this call takes."),
    };

    private static ProblemResult TooLarge(HttpContext context) => Problems.Of(ProblemType.TooLarge.With() with
    {
        Limit = context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize,
    });

    /// <summary>Names the member by its path; the value is never repeated.</summary>
    private static ProblemResult OfJson(JsonException json)
    {
        var path = json.Path is { Length: > 2 } full ? full[2..] : "body";
        var wrong = json.Message switch
        {
            var m when m.Contains("could not be mapped", StringComparison.Ordinal) => "is not known here",
            var m when m.Contains("missing required", StringComparison.Ordinal) => "a member is missing: " + Quoted(m),
            var m when m.Contains("Duplicate", StringComparison.Ordinal) => "stands there twice",
            var m when m.Contains("doesn't allow", StringComparison.Ordinal) || m.Contains("null", StringComparison.Ordinal) => "can't be null",
            var m when m.StartsWith("Not base64url", StringComparison.Ordinal) || m.StartsWith("An id", StringComparison.Ordinal) => m,
            var m when m.Contains("could not be converted", StringComparison.Ordinal) => "has the wrong type or is out of range",
            _ => "is not JSON as this call takes it",
        };
        return Problems.Invalid(path.Length > 100 ? path[..100] : path, wrong);
    }

    /// <summary>"…was missing required properties including: 'claimKey'; 'readerKey'." names members of ours only.</summary>
    private static string Quoted(string message) =>
        message.IndexOf(": ", StringComparison.Ordinal) is > 0 and var at ? message[(at + 2)..].TrimEnd('.') : "";

    [LoggerMessage(1, LogLevel.Error, "{Endpoint} failed")]
    private partial void Failed(Exception failure, string endpoint);

    [LoggerMessage(2, LogLevel.Error, "The database can't be used: is its disk full or read-only, or its server away?")]
    private partial void NotWritten(Exception failure);
}
