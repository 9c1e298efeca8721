using System.Data.Common;
using System.Text.Json;
using Baton.Server.Security;
using Baton.Server.Storage;

namespace Baton.Server.Operations;

/// <summary>For balancers and supervisors, also over plain http. live: the process answers. ready: and it can do its work.</summary>
internal static class Health
{
    private const string Ok = """{"status":"ok"}""";

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var group = app.MapAnyoneGroup("/healthz");
        group.MapGet("/live", Live);
        group.MapGet("/ready", Ready);
    }

    private static IResult Live() => Results.Text(Ok, "application/json");

    private static IResult Ready(Draining draining, IHostApplicationLifetime lifetime, Database database, Shares shares)
    {
        var reasons = new List<string>();
        if (draining.Began || lifetime.ApplicationStopping.IsCancellationRequested)
        {
            reasons.Add("stopping");
        }

        Try("database", () => database.Read(connection => connection.Scalar("SELECT 1")));
        Try("shares", () => shares.Find(default));
        return reasons.Count == 0
            ? Results.Text(Ok, "application/json")
            : Results.Text($$"""{"status":"not ready","reasons":{{JsonSerializer.Serialize(reasons)}}}""", "application/json", statusCode: 503);

        void Try(string name, Func<object?> work)
        {
            try
            {
                work();
            }
            catch (Exception failure) when (failure is DbException or IOException or SharesUnavailableException or ObjectDisposedException)
            {
                reasons.Add(name);
            }
        }
    }
}
