using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Baton.Server.Security;

namespace Baton.Server.Operations;

/// <summary>
/// For balancers and supervisors, also over plain http. live: the process answers. ready: and it can do its work, or which part can't, since
/// when; a part that only lags is named too, and the answer stays 200. It tells no addresses, ids or messages of errors.
/// </summary>
internal static class Health
{
    private const string Ok = """{"status":"ok"}""";

    private static readonly JsonWriterOptions Words = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var group = app.MapAnyoneGroup("/healthz");
        group.MapGet("/live", Live);
        group.MapGet("/ready", Ready);
    }

    private static IResult Live() => Results.Text(Ok, "application/json");

    private static IResult Ready(Conditions conditions)
    {
        var reasons = conditions.Look();
        if (reasons.Count == 0)
        {
            return Results.Text(Ok, "application/json");
        }

        var stops = reasons.Any(reason => reason.Stops);
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, Words))
        {
            json.WriteStartObject();
            json.WriteString("status"u8, stops ? "not ready" : "late");
            json.WriteStartArray("reasons"u8);
            foreach (var reason in reasons)
            {
                json.WriteStartObject();
                json.WriteString("part"u8, reason.Part);
                json.WriteString("what"u8, reason.What);
                json.WriteString("since"u8, reason.Since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Results.Text(
            Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length), "application/json",
            statusCode: stops ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }
}
