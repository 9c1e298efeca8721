using System.Buffers;
using System.Globalization;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Security;
using Baton.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Baton.Server.Features.Vault;

/// <summary>Files of entries, encrypted in chunks. spec/api.md, "Members".</summary>
internal static class AttachmentEndpoints
{
    public static void MapAttachments(this IEndpointRouteBuilder app)
    {
        var attachments = app.MapMemberGroup("/api/attachments");
        attachments.MapPost("", Begin);
        attachments.MapPut("/{file}/{chunk}", Keep).AcceptsAtMost(FileShape.SealedChunkSize).Accepts<byte[]>("application/octet-stream");
        attachments.MapGet("/{file}", Read).Produces<byte[]>(StatusCodes.Status200OK, "application/octet-stream");
    }

    private static async Task<Results<NoContent, ProblemResult>> Begin(NewAttachment request, CurrentMember member, AttachmentStore store, BatonOptions settings) =>
        !new FileShape(request.Size).IsPossible ? Problems.Invalid("size", "is none that an encrypted file has")
        : new FileShape(request.Size).Plaintext > settings.FileBytes ? Problems.Of(ProblemType.TooLarge.With() with { Limit = settings.FileBytes })
        : Done.Of(await store.Begin(member, request));

    private static async Task<Results<NoContent, ProblemResult>> Keep(string file, string chunk, HttpContext context, CurrentMember member, AttachmentStore store)
    {
        if (context.Request.ContentType != "application/octet-stream")
        {
            return Problems.Of(ProblemType.UnsupportedMediaType);
        }

        if (!Id.TryParse(file, out var id) || !TryParse(chunk, 0, out var number))
        {
            return Problems.Of(ProblemType.NotFound);
        }

        using var bytes = new MemoryStream(FileShape.SealedChunkSize);
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        return Done.Of(await store.Keep(member, id, number, bytes.ToArray()));
    }

    /// <summary>Streams chunk after chunk; the whole file is never in memory.</summary>
    private static async Task<IResult> Read(string file, HttpContext context, CurrentMember member, AttachmentStore store, string? firstChunk = null, string? chunks = null)
    {
        if (!TryParse(firstChunk, 0, out var first))
        {
            return Problems.Invalid("firstChunk", "counts from 0");
        }

        if (!TryParse(chunks, 1, out var count) || count is < 1 or > FileShape.ChunksAtOnce)
        {
            return Problems.Invalid("chunks", "are 1 to 16");
        }

        if (!Id.TryParse(file, out var id) || store.FindReadBy(member, id) is not { } shape || first > shape.Chunks - count)
        {
            return Problems.Of(ProblemType.NotFound);
        }

        var response = context.Response;
        response.ContentType = "application/octet-stream";
        response.ContentLength = Enumerable.Range(first, count).Sum(chunk => (long)shape.ChunkAt(chunk));
        for (var chunk = first; chunk < first + count; chunk++)
        {
            if (store.Chunk(id, chunk) is not { } bytes)
            {
                // Destroyed meanwhile: the answer breaks off, the client asks again and hears so.
                context.Abort();
                break;
            }

            await response.Body.WriteAsync(bytes, context.RequestAborted);
        }

        return Results.Empty;
    }

    private static bool TryParse(string? text, int usual, out int number)
    {
        number = usual;
        return text is null || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
