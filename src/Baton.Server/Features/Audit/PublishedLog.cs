using System.Globalization;
using System.Text;
using Baton.Protocol.Wire;
using Baton.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Baton.Server.Features.Audit;

/// <summary>
/// Checkpoint and hash tiles for anybody, where the operator wants it: https://c2sp.org/tlog-tiles without the entries, which are never
/// published. spec/ledger.md §7.
/// </summary>
internal static class PublishedLog
{
    private const int LevelsMost = 6;

    public static void MapPublishedLog(this IEndpointRouteBuilder app)
    {
        var group = app.MapAnyoneGroup("/ledger");
        group.MapGet("/checkpoint", Checkpoint).Produces<string>(StatusCodes.Status200OK, "text/plain");
        group.MapGet("/tile/{level}/{**tile}", Tile).Produces<byte[]>(StatusCodes.Status200OK, "application/octet-stream");
    }

    private static Results<ContentHttpResult, ProblemResult> Checkpoint(BatonOptions settings, AuditStore store, HttpContext context)
    {
        if (!settings.PublishLedger || store.Checkpoint() is not { } note)
        {
            return Problems.Of(ProblemType.NotFound);
        }

        context.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Text(note, "text/plain", Encoding.UTF8);
    }

    private static Results<FileContentHttpResult, ProblemResult> Tile(string level, string tile, BatonOptions settings, AuditStore store, HttpContext context)
    {
        if (!settings.PublishLedger || !TryParse(level, tile, out var row, out var number, out var width) || store.Tile(row, number, width) is not { } hashes)
        {
            return Problems.Of(ProblemType.NotFound);
        }

        // What a checkpoint covers never changes.
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.Bytes(hashes, "application/octet-stream");
    }

    /// <summary>Level, and the tile as groups of three digits, <c>x</c> before all but the last, <c>.p/width</c> behind a partial one; one writing only.</summary>
    private static bool TryParse(string level, string path, out int row, out long tile, out int width)
    {
        (row, tile, width) = (0, 0, 256);
        var parts = path.Split(".p/");
        var digits = string.Concat(parts[0].Split('/').Select(part => part.TrimStart('x')));
        return parts.Length <= 2
            && int.TryParse(level, NumberStyles.None, CultureInfo.InvariantCulture, out row) && row <= LevelsMost && row.ToString(CultureInfo.InvariantCulture) == level
            && digits.Length <= 15 && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out tile) && Path(tile) == parts[0]
            && (parts.Length == 1 || (int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out width)
                && width is > 0 and < 256 && width.ToString(CultureInfo.InvariantCulture) == parts[1]));
    }

    private static string Path(long tile)
    {
        var path = (tile % 1000).ToString("d3", CultureInfo.InvariantCulture);
        for (tile /= 1000; tile > 0; tile /= 1000)
        {
            path = string.Create(CultureInfo.InvariantCulture, $"x{tile % 1000:d3}/{path}");
        }

        return path;
    }
}
