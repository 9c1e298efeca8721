using Baton.Protocol.Ledger;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;
using Baton.Server.Security;
using Baton.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Baton.Server.Features.Handovers;

/// <summary>What the recipient's page asks. No cookie, and one uniform answer for every link that can't be opened.</summary>
internal static class LinkEndpoints
{
    private const int LocatorSize = 16;

    /// <summary>A statement of 500 items and a reply of 64 KiB in base64url.</summary>
    private const int ReceiptBody = 256 * 1024;

    /// <summary>The uniform answer: made once, the same bytes for unknown, used, expired, revoked, locked, void, another reader's.</summary>
    private static readonly ProblemResult Unavailable = Problems.Of(ProblemType.Unavailable);

    public static void MapLinks(this IEndpointRouteBuilder app)
    {
        var group = app.MapLinkGroup("/api/link");
        group.MapPost("/lookup", Lookup);
        group.MapPost("/claim", Claim);
        group.MapPost("/file", File).Produces<byte[]>(StatusCodes.Status200OK, "application/octet-stream");
        group.MapPost("/displayed", Displayed);
        group.MapPost("/receipt", Receipt).AcceptsAtMost(ReceiptBody);
        group.MapPost("/report", Report).Produces(StatusCodes.Status202Accepted, contentType: "application/json");
    }

    private static Results<WireOk<LinkReady>, ProblemResult> Lookup(LinkLookup lookup, LinkStore links, TimeProvider clock)
    {
        if (lookup.Locator.Length != LocatorSize)
        {
            return Problems.Invalid("locator", "has 16 bytes");
        }

        if (links.FindReady(lookup.Locator, clock.GetUtcNow().ToUnixTimeMilliseconds()) is not { } ready)
        {
            return Unavailable;
        }

        var (row, face) = ready;
        return new WireOk<LinkReady>(new LinkReady(
            row.HasPassword, row.ExpiresAt, face.Language, face.Organization, face.Sender, [.. face.Files.Select(file => file.Size)]));
    }

    private static async Task<Results<WireOk<LinkOpened>, ProblemResult>> Claim(LinkClaim claim, Claims claims, HttpContext context)
    {
        if (CheckKeys(claim.Locator, claim.ClaimKey, claim.ReaderKey) is { } wrong)
        {
            return wrong;
        }

        return await claims.Claim(claim.Locator, claim.ClaimKey, claim.ReaderKey, RequestOrigin.Address(context), context.Request.Headers.UserAgent) switch
        {
            ClaimOutcome.Opened opened => new WireOk<LinkOpened>(
                new LinkOpened(opened.Content.Sealed, opened.Share, opened.Flags, opened.Content.Created, opened.Content.Claimed)),
            ClaimOutcome.WrongPassword password => Problems.Of(ProblemType.WrongPassword.With() with { GuessesLeft = password.GuessesLeft }),
            _ => Unavailable,
        };
    }

    /// <summary>Streams chunk after chunk; the whole file is never in memory.</summary>
    private static async Task<IResult> File(LinkFile read, Claims claims, LinkStore links, HttpContext context)
    {
        if (CheckKeys(read.Locator, read.ClaimKey, read.ReaderKey) is { } wrong)
        {
            return wrong;
        }

        if (read.Chunks is < 1 or > FileShape.ChunksAtOnce)
        {
            return Problems.Invalid("chunks", "are 1 to 16");
        }

        if (claims.FindReadBy(read.Locator, read.ClaimKey, read.ReaderKey) is not { } row
            || links.Files(row).ElementAtOrDefault(read.File) is not { Size: > 0 } file
            || read.FirstChunk < 0 || read.FirstChunk > file.Chunks - read.Chunks)
        {
            return Unavailable;
        }

        await claims.ExtendWindow(row);
        var response = context.Response;
        response.ContentType = "application/octet-stream";
        response.ContentLength = Enumerable.Range(read.FirstChunk, read.Chunks).Sum(chunk => (long)file.ChunkAt(chunk));
        for (var chunk = read.FirstChunk; chunk < read.FirstChunk + read.Chunks; chunk++)
        {
            if (links.Chunk(row, read.File, chunk) is not { } bytes)
            {
                // Revoked meanwhile: the answer breaks off, the page asks again and hears so.
                context.Abort();
                break;
            }

            await response.Body.WriteAsync(bytes, context.RequestAborted);
        }

        return Results.Empty;
    }

    private static async Task<Results<NoContent, ProblemResult>> Displayed(LinkDisplayed displayed, Receipts receipts)
    {
        if (displayed.Locator.Length != LocatorSize)
        {
            return Problems.Invalid("locator", "has 16 bytes");
        }

        if (displayed.DisplayedProof.Length != 32)
        {
            return Problems.Invalid("displayedProof", "has 32 bytes");
        }

        return await receipts.Display(displayed.Locator, displayed.DisplayedProof) ? TypedResults.NoContent() : Unavailable;
    }

    /// <summary>200 once the confirmation is under a checkpoint, with what proves it; 202 when that takes too long: the page repeats the same bytes.</summary>
    private static async Task<Results<WireOk<ReceiptAccepted>, WireAccepted<ReceiptAccepted>, ProblemResult>> Receipt(
        LinkReceipt receipt, Receipts receipts, EvidenceStore evidence, CancellationToken cancel)
    {
        if (receipt.Locator.Length != LocatorSize)
        {
            return Problems.Invalid("locator", "has 16 bytes");
        }

        if (receipt.Reply.Length is < 48 or > HandoverRules.ReplyMax)
        {
            return Problems.Invalid("reply", "has 48 to 65536 bytes");
        }

        if (receipt.Signature.Length != Signatures.Size)
        {
            return Problems.Invalid("signature", "has 64 bytes");
        }

        if (!ReceiptStatement.TryParse(receipt.Statement, out var statement) || statement.Seq > HandoverRules.ReceiptsMax)
        {
            return Problems.Invalid("statement", "is not a statement as it has to be written");
        }

        return await receipts.Receive(receipt, statement) switch
        {
            ReceiptOutcome.Accepted accepted => await evidence.OfLink(accepted.Of, cancel) is { } proofs
                ? new WireOk<ReceiptAccepted>(new ReceiptAccepted(HandoverState.Confirmed, accepted.Confirmed, proofs))
                : new WireAccepted<ReceiptAccepted>(new ReceiptAccepted(HandoverState.Confirmed, accepted.Confirmed)),
            ReceiptOutcome.OtherItems => Problems.Invalid("statement", "does not name the created items, each once, in order"),
            ReceiptOutcome.Conflict => Problems.Of(ProblemType.Conflict, "Another receipt has this number, or a later one is there."),
            _ => Unavailable,
        };
    }

    /// <summary>The same answer whatever there is; what there is to do is done behind it.</summary>
    private static Results<ContentHttpResult, ProblemResult> Report(LinkReport report, Reports reports, HttpContext context)
    {
        if (report.Locator.Length != LocatorSize)
        {
            return Problems.Invalid("locator", "has 16 bytes");
        }

        if (report.Reason is not ("not-me" or "more"))
        {
            return Problems.Invalid("reason", "is not-me or more");
        }

        reports.Take(new Report(report.Locator, report.Reason, RequestOrigin.Address(context), context.Request.Headers.UserAgent));
        return TypedResults.Text("{}", "application/json", statusCode: StatusCodes.Status202Accepted);
    }

    private static ProblemResult? CheckKeys(byte[] locator, byte[] claimKey, byte[] readerKey) =>
        locator.Length != LocatorSize ? Problems.Invalid("locator", "has 16 bytes")
        : claimKey.Length != 32 ? Problems.Invalid("claimKey", "has 32 bytes")
        : !PublicKey.IsValid(readerKey) ? Problems.Invalid("readerKey", "is not a P-256 public key")
        : null;
}
