using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Security;
using Baton.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Baton.Server.Features.Handovers;

/// <summary>Create, chunks, commit. spec/api.md, "Members".</summary>
internal static class CreateEndpoints
{
    /// <summary>1 MiB of sealed, 260 KiB of details and personal, and 500 commitments, in base64url.</summary>
    private const int CreateBody = 2 * 1024 * 1024;

    private static readonly JsonTypeInfo<CreateHandover> RequestType = WireJson.Of<CreateHandover>();

    public static void MapCreate(this RouteGroupBuilder handovers)
    {
        handovers.MapPost("", Create).AcceptsAtMost(CreateBody).Accepts<CreateHandover>("application/json");
        handovers.MapPut("/{handover}/files/{file}/{chunk}", KeepChunk)
            .AcceptsAtMost(FileShape.SealedChunkSize).Accepts<byte[]>("application/octet-stream");
        handovers.MapPost("/{handover}/commit", Commit);
    }

    private static async Task<Results<WireCreated<HandoverCreated>, ProblemResult>> Create(
        HttpContext context, CurrentMember member, CreateStore store, RateLimits limits, Policies policies, BatonOptions settings, Endings endings)
    {
        if (!context.Request.HasJsonContentType())
        {
            return Problems.Of(ProblemType.UnsupportedMediaType);
        }

        var (request, bodyHash) = await Read(context);
        if (CreateRules.Check(request) is { } wrong)
        {
            return request.Sealed.Length > HandoverRules.SealedMax
                ? Problems.Of(ProblemType.TooLarge.With() with { Limit = HandoverRules.SealedMax })
                : Problems.Invalid(wrong.Member, wrong.Wrong);
        }

        if (CreateRules.Plaintext(request) > settings.FileBytes)
        {
            return Problems.Of(ProblemType.TooLarge.With() with { Limit = settings.FileBytes });
        }

        if (member.RightOn(request.Group) < Right.Share)
        {
            return Problems.Of(ProblemType.Forbidden);
        }

        if (CreatePolicy.Refuses(policies.Of(member.Organization), member.Role, request) is { } refused)
        {
            return refused;
        }

        // Asked before the quota: repeating costs nothing.
        var before = store.Find(request, member.Member, bodyHash);
        if (before.Taken != Taken.Free)
        {
            return before.Answer is null ? CreateStore.Conflict : Created(await store.Again(before.Answer));
        }

        if (await limits.Handover(member) is { } spent)
        {
            return spent;
        }

        Answer<Made> made = default;
        try
        {
            made = await store.Create(request, member.Organization, member.Member, bodyHash, before.CardHash);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(request.Share);
            if (made.Value is null)
            {
                limits.GiveBackHandover(member);
            }
        }

        await DestroyReplaced(made, endings);
        return made.Refused is null ? Created(made.Value!.Answer) : made.Refused;
    }

    private static async Task<Results<NoContent, ProblemResult>> KeepChunk(
        string handover, string file, string chunk, HttpContext context, CurrentMember member, ChunkStore store)
    {
        if (context.Request.ContentType != "application/octet-stream")
        {
            return Problems.Of(ProblemType.UnsupportedMediaType);
        }

        if (!Id.TryParse(handover, out var id) || !TryParse(file, out var fileNumber) || !TryParse(chunk, out var chunkNumber))
        {
            return Problems.Of(ProblemType.NotFound);
        }

        var body = await ReadAll(context);
        var bytes = body.ToArray();
        context.Request.BodyReader.AdvanceTo(body.End);
        return await store.Keep(id, member.Member, fileNumber, chunkNumber, bytes) switch
        {
            ChunkOutcome.Kept => TypedResults.NoContent(),
            ChunkOutcome.WrongSize => Problems.Invalid("chunk", "has not the size that the draft's file size gives it"),
            ChunkOutcome.AnotherContent => Problems.Of(ProblemType.Conflict, "This chunk is there with another content."),
            _ => Problems.Of(ProblemType.NotFound),
        };
    }

    private static async Task<Results<WireOk<HandoverCreated>, ProblemResult>> Commit(string handover, CurrentMember member, CreateStore store, Endings endings)
    {
        if (!Id.TryParse(handover, out var id))
        {
            return Problems.Of(ProblemType.NotFound);
        }

        var made = await store.Commit(id, member.Member);
        await DestroyReplaced(made, endings);
        return made.Refused is null ? new WireOk<HandoverCreated>(made.Value!.Answer) : made.Refused;
    }

    private static Task DestroyReplaced(Answer<Made> made, Endings endings) =>
        made.Value?.Replaced is { } replaced ? endings.DestroyShare(replaced.Number, replaced.Handover, replaced.Files) : Task.CompletedTask;

    private static WireCreated<HandoverCreated> Created(HandoverCreated created) => new($"/api/handovers/{created.Handover}", created);

    /// <summary>The request and the hash of its exact bytes: what "the same request again" means.</summary>
    private static async Task<(CreateHandover Request, byte[] BodyHash)> Read(HttpContext context)
    {
        var body = await ReadAll(context);
        try
        {
            return (Parse(body), Hash(body));
        }
        catch (JsonException json)
        {
            throw new BadHttpRequestException("The body is not what this call takes.", StatusCodes.Status400BadRequest, json);
        }
        finally
        {
            context.Request.BodyReader.AdvanceTo(body.End);
        }
    }

    private static CreateHandover Parse(ReadOnlySequence<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = WireJson.Shared.MaxDepth });
        var request = JsonSerializer.Deserialize(ref reader, RequestType) ?? throw new JsonException("The body is null.");
        return reader.Read() ? throw new JsonException("Something follows the body.") : request;
    }

    private static byte[] Hash(ReadOnlySequence<byte> body)
    {
        if (body.IsSingleSegment)
        {
            return SHA256.HashData(body.FirstSpan);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var segment in body)
        {
            hash.AppendData(segment.Span);
        }

        return hash.GetHashAndReset();
    }

    /// <summary>The whole body, at most the endpoint's limit, in the connection's own buffers; the caller advances past it.</summary>
    private static async Task<ReadOnlySequence<byte>> ReadAll(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (read.IsCompleted)
            {
                return read.Buffer;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static bool TryParse(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
