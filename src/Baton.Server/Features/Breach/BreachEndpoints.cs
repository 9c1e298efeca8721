using System.Text.RegularExpressions;
using Baton.Protocol.Wire;
using Baton.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Baton.Server.Features.Breach;

/// <summary>Passwords of known breaches, asked for by range. spec/api.md, "Members".</summary>
internal static partial class BreachEndpoints
{
    public static void AddBreach(this IServiceCollection services) => services.AddSingleton<BreachRanges>();

    public static void MapBreach(this IEndpointRouteBuilder app) =>
        app.MapMemberGroup("/api/breach").MapGet("/{prefix}", Range).Produces<string>(StatusCodes.Status200OK, "text/plain");

    private static async Task<Results<ContentHttpResult, ProblemResult>> Range(string prefix, BreachRanges ranges, BatonOptions settings, HttpContext context)
    {
        if (!settings.BreachCheck || !Prefix().IsMatch(prefix))
        {
            return Problems.Of(ProblemType.NotFound);
        }

        return await ranges.Find(prefix.ToUpperInvariant(), context.RequestAborted) is { } lines
            ? TypedResults.Text(lines, "text/plain")
            : Problems.TryLater(ProblemType.NotReady, TimeSpan.FromSeconds(30), "Whoever knows of breaches does not answer.");
    }

    [GeneratedRegex("^[0-9A-Fa-f]{5}$", RegexOptions.CultureInvariant)]
    private static partial Regex Prefix();
}
