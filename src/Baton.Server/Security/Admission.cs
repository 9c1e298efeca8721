using Baton.Protocol;
using Baton.Protocol.Wire;
using Microsoft.AspNetCore.Http.Metadata;

namespace Baton.Server.Security;

/// <summary>Who may call an endpoint; carried by its group.</summary>
internal enum Access
{
    Anyone,

    /// <summary>Who holds a link. No cookie is read or set.</summary>
    Link,

    Member,
}

/// <summary>The largest body an endpoint takes, where that is not the usual 64 KiB.</summary>
internal sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;

/// <summary>A call that a member may make who waits for approval; all others are forbidden to it.</summary>
internal sealed record AlsoWhilePending;

/// <summary>A call that changes something and works even when the organization's trial is over; all others that change something don't.</summary>
internal sealed record AlsoAfterTrial;

/// <summary>
/// The only ways to map an endpoint. An endpoint mapped outside a group has no <see cref="Access"/>, and the server does not start:
/// forgetting authorization, limit or origin check is impossible.
/// </summary>
internal static class EndpointGroups
{
    public static RouteGroupBuilder MapAnyoneGroup(this IEndpointRouteBuilder app, string prefix) => app.MapGroup(prefix).WithMetadata(Access.Anyone).WithTags("anyone");

    public static RouteGroupBuilder MapLinkGroup(this IEndpointRouteBuilder app, string prefix) => app.MapGroup(prefix).WithMetadata(Access.Link).WithTags("link");

    public static RouteGroupBuilder MapMemberGroup(this IEndpointRouteBuilder app, string prefix) => app.MapGroup(prefix).WithMetadata(Access.Member).WithTags("members");

    public static TBuilder AcceptsAtMost<TBuilder>(this TBuilder endpoint, long bytes)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new BodyLimit(bytes));

    public static TBuilder AlsoWhilePending<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AlsoWhilePending());

    /// <summary>For what ends something: sessions, members, rights, handovers. What makes something new stays refused.</summary>
    public static TBuilder AlsoAfterTrial<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AlsoAfterTrial());

    /// <exception cref="InvalidOperationException">An endpoint outside the groups above.</exception>
    public static void CheckThatAllHaveAccess(this IEndpointRouteBuilder app)
    {
        foreach (var endpoint in app.DataSources.SelectMany(source => source.Endpoints))
        {
            if (!endpoint.Metadata.OfType<Access>().Any())
            {
                throw new InvalidOperationException($"{endpoint.DisplayName} says nothing about who may call it.");
            }
        }
    }
}

/// <summary>The live session of a request; null when there is none.</summary>
internal delegate CurrentMember? FindMember(HttpContext context);

/// <summary>Opens a session for a member who has proved who it is: sets the cookie, gives what the client needs to go on. Null: the member is gone.</summary>
internal delegate Task<Session?> OpenSession(HttpContext context, Id member);

/// <summary>Asks again for the password of who is signed in already; null when it is right. Counted and throttled like sign-in.</summary>
internal delegate ValueTask<ProblemResult?> ProvePassword(HttpContext context, CurrentMember member, byte[] authKey);

/// <summary>Between routing and the endpoint: limits, origin, session, approval, trial; all of it before the body is read.</summary>
internal sealed class Admission(RequestDelegate next, BatonOptions settings, RateLimits limits, Trials trials, FindMember find)
{
    public Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint is null || endpoint.Metadata.OfType<Access>().Cast<Access?>().FirstOrDefault() is not { } access)
        {
            // Nothing here, or routing's own answer (another method, another content type).
            return next(context);
        }

        var reading = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (!reading && !RequestOrigin.IsSameSite(context, settings))
        {
            return Problems.Of(ProblemType.CrossSite).ExecuteAsync(context);
        }

        if (access == Access.Link && limits.Link(context) is { } later)
        {
            return later.ExecuteAsync(context);
        }

        return access == Access.Member ? AsMember(context, endpoint, reading) : next(context);
    }

    private Task AsMember(HttpContext context, Endpoint endpoint, bool reading)
    {
        if (find(context) is not { } member)
        {
            return Problems.Of(ProblemType.SignInRequired).ExecuteAsync(context);
        }

        if (member.IsPending && endpoint.Metadata.GetMetadata<AlsoWhilePending>() is null)
        {
            return Problems.Of(ProblemType.Forbidden).ExecuteAsync(context);
        }

        if (!reading && endpoint.Metadata.GetMetadata<AlsoAfterTrial>() is null && trials.IsOver(member.Organization))
        {
            return Problems.Of(ProblemType.TrialOver).ExecuteAsync(context);
        }

        context.Features.Set(member);
        return next(context);
    }
}
