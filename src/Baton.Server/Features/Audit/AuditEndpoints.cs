using System.Globalization;
using Baton.Protocol;
using Baton.Protocol.Ledger;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Baton.Server.Features.Audit;

/// <summary>The ledger's heads and proofs, for every member. spec/api.md, "The ledger".</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder app)
    {
        var group = app.MapMemberGroup("/api/ledger");
        group.MapGet("/head", Head);
        group.MapGet("/inclusion", Inclusion);
        group.MapGet("/consistency", Consistency);
        group.MapGet("", EntryEndpoints.List);
        group.MapPost("/stamp", Stamp).Produces(StatusCodes.Status202Accepted, contentType: "application/json");
        app.MapPublishedLog();
    }

    private static WireOk<LedgerHead> Head(AuditStore store) => new(store.Head());

    private static Results<WireOk<InclusionProof>, ProblemResult> Inclusion(AuditStore store, string? log = null, string? index = null, string? size = null) =>
        !TryParse(log, out var number) ? Wrong("log")
        : !TryParse(index, out var at) ? Wrong("index")
        : !TryParse(size, out var of) ? Wrong("size")
        : store.Inclusion(number, at, of) is { } proof ? new WireOk<InclusionProof>(proof)
        : Problems.Of(ProblemType.NotFound);

    private static Results<WireOk<ConsistencyProof>, ProblemResult> Consistency(AuditStore store, string? log = null, string? from = null, string? to = null) =>
        !TryParse(log, out var number) ? Wrong("log")
        : !TryParse(from, out var first) ? Wrong("from")
        : !TryParse(to, out var second) ? Wrong("to")
        : store.Consistency(number, first, second) is { } proof ? new WireOk<ConsistencyProof>(proof)
        : Problems.Of(ProblemType.NotFound);

    /// <summary>What was written so far is to be in what is stamped.</summary>
    private static async Task<Results<ContentHttpResult, ProblemResult>> Stamp(CurrentMember member, Stamper stamper, Sequencer sequencer, CancellationToken cancel)
    {
        if (!member.Role.MayIssue())
        {
            return Problems.Of(ProblemType.Forbidden);
        }

        if (!stamper.HasAuthorities)
        {
            return Problems.Of(ProblemType.WrongState, "The operator has named no time stamping authority.");
        }

        await sequencer.CatchUp(cancel);
        return stamper.Ask() is { } wait
            ? Problems.TryLater(ProblemType.TooManyRequests, wait, "The authorities were asked less than a minute ago.")
            : TypedResults.Text("{}", "application/json", statusCode: StatusCodes.Status202Accepted);
    }

    private static ProblemResult Wrong(string member) => Problems.Invalid(member, "is a whole number");

    private static bool TryParse(string? text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= MerkleTree.MaxSize;
}
