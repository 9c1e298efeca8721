using Baton.Server.Security;

namespace Baton.Server.Operations;

/// <summary>For balancers and supervisors.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var group = app.MapAnyoneGroup("/healthz");
        group.MapGet("/live", Live);
        group.MapGet("/ready", Ready);
    }

    private static IResult Live() => Results.Text("{\"status\":\"ok\"}", "application/json");

    private static IResult Ready(IHostApplicationLifetime lifetime) => lifetime.ApplicationStopping.IsCancellationRequested
        ? Results.Text("{\"status\":\"not ready\",\"reasons\":[\"stopping\"]}", "application/json", statusCode: 503)
        : Results.Text("{\"status\":\"ok\"}", "application/json");
}
