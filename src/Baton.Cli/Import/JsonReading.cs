using System.Globalization;
using System.Text.Json;

namespace Baton.Cli.Import;

/// <summary>Reads JSON of other programs, which leave out, null and add members as they please.</summary>
internal static class JsonReading
{
    /// <summary>The member at this path; undefined where there is none.</summary>
    public static JsonElement At(this JsonElement json, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out json))
            {
                return default;
            }
        }

        return json;
    }

    /// <summary>Its text, also of a number; null where it is empty or something else.</summary>
    public static string? Text(this JsonElement json, params ReadOnlySpan<string> path)
    {
        var found = json.At(path);
        return found.ValueKind switch
        {
            JsonValueKind.String => EntryType.Some(found.GetString()),
            JsonValueKind.Number => found.GetRawText(),
            _ => null,
        };
    }

    public static long? Number(this JsonElement json, params ReadOnlySpan<string> path)
    {
        var found = json.At(path);
        return found.ValueKind == JsonValueKind.Number && found.TryGetInt64(out var number) ? number : null;
    }

    public static bool IsTrue(this JsonElement json, params ReadOnlySpan<string> path) => json.At(path).ValueKind == JsonValueKind.True;

    /// <summary>The elements of an array; none where it is something else.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement json, params ReadOnlySpan<string> path)
    {
        var found = json.At(path);
        return found.ValueKind == JsonValueKind.Array ? [.. found.EnumerateArray()] : [];
    }

    /// <summary>An ISO 8601 time as Unix milliseconds.</summary>
    public static long? Time(this JsonElement json, params ReadOnlySpan<string> path) =>
        DateTimeOffset.TryParse(json.Text(path), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUnixTimeMilliseconds() : null;

    /// <summary>Unix seconds as Unix milliseconds.</summary>
    public static long? Seconds(this JsonElement json, params ReadOnlySpan<string> path) =>
        json.Number(path) is { } seconds and > 0 and < 253_402_300_800 ? seconds * 1000 : null;
}
