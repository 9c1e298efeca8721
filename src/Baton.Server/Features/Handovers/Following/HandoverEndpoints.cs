using System.Globalization;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Baton.Server.Features.Handovers;

/// <summary>What the sender's organization asks about its handovers. Making them is <see cref="CreateEndpoints"/>'.</summary>
internal static class HandoverEndpoints
{
    private const int PageMax = 200;
    private const int PageUsual = 100;

    public static void MapHandovers(this IEndpointRouteBuilder app)
    {
        var group = app.MapMemberGroup("/api/handovers");
        group.MapGet("", List);
        group.MapGet("/{handover}", Detail);
        group.MapPost("/{handover}/revoke", Revoke).AlsoAfterTrial();
        group.MapPost("/{handover}/extend", Extend);
        group.MapPost("/{handover}/follow-ups", Follow).AlsoAfterTrial();
        group.MapPost("/{handover}/erase", Erase).AlsoAfterTrial();
        group.MapCreate();
        app.MapMemberGroup("/api").MapGet("/events", LiveStream.Open).AlsoWhilePending().Produces<HandoverSummary>(StatusCodes.Status200OK, "text/event-stream");
        app.MapLinks();
        app.MapEvidence();
    }

    private static Results<WireOk<HandoverPage>, ProblemResult> List(CurrentMember member, HandoverStore store, string? before = null, string? limit = null)
    {
        if (!TryParse(before, 1, long.MaxValue, long.MaxValue, out var from))
        {
            return Problems.Invalid("before", "is what a page gave as next");
        }

        if (!TryParse(limit, 1, PageMax, PageUsual, out var count))
        {
            return Problems.Invalid("limit", "is 1 to 200");
        }

        return new WireOk<HandoverPage>(store.Page(member, from, (int)count));
    }

    private static Results<WireOk<HandoverDetail>, ProblemResult> Detail(string handover, CurrentMember member, HandoverStore store) =>
        Id.TryParse(handover, out var id) && store.FindDetail(member, id) is { } detail ? new WireOk<HandoverDetail>(detail) : Problems.Of(ProblemType.NotFound);

    private static async Task<Results<WireOk<HandoverSummary>, ProblemResult>> Revoke(string handover, CurrentMember member, HandoverStore store, ChangeStore changes) =>
        Id.TryParse(handover, out var id) ? Changed(await changes.Revoke(id, member), member, id, store) : Problems.Of(ProblemType.NotFound);

    private static async Task<Results<WireOk<HandoverSummary>, ProblemResult>> Extend(
        string handover, ExtendHandover extend, CurrentMember member, HandoverStore store, ChangeStore changes, Policies policies)
    {
        if (extend.LifeSeconds is < HandoverRules.LifeMinSeconds or > HandoverRules.LifeMaxSeconds)
        {
            return Problems.Invalid("lifeSeconds", "is 300 to 2592000");
        }

        if (!Id.TryParse(handover, out var id) || store.Find(member, id) is not { } summary)
        {
            return Problems.Of(ProblemType.NotFound);
        }

        if (member.RightOn(summary.Group) < Right.Share)
        {
            return Problems.Of(ProblemType.Forbidden);
        }

        return CreatePolicy.Refuses(policies.Of(member.Organization), member.Role, extend.LifeSeconds) is { } refused
            ? refused
            : Changed(await changes.Extend(id, member, extend.LifeSeconds), member, id, store);
    }

    private static async Task<Results<WireOk<HandoverSummary>, ProblemResult>> Follow(
        string handover, FollowUp followUp, CurrentMember member, HandoverStore store, ChangeStore changes) =>
        followUp.Item.Length != 32 ? Problems.Invalid("item", "has 32 bytes")
        : followUp.Step is not ("rotated" or "access-removed") ? Problems.Invalid("step", "is rotated or access-removed")
        : Id.TryParse(handover, out var id) ? Changed(await changes.Follow(id, member, followUp), member, id, store)
        : Problems.Of(ProblemType.NotFound);

    private static async Task<Results<WireOk<HandoverSummary>, ProblemResult>> Erase(
        string handover, EraseHandover erase, CurrentMember member, HandoverStore store, Erasures erasures) =>
        !member.Role.MayIssue() ? Problems.Of(ProblemType.Forbidden)
        : Id.TryParse(handover, out var id) ? Changed(await erasures.Erase(id, member, erase.Details), member, id, store)
        : Problems.Of(ProblemType.NotFound);

    private static Results<WireOk<HandoverSummary>, ProblemResult> Changed(Answer<Done> answer, CurrentMember member, Id handover, HandoverStore store) =>
        answer.Refused is { Problem: var problem } refused
            ? problem.Status == ProblemType.WrongState.Status ? Problems.Of(problem with { State = store.Find(member, handover)?.State }) : refused
            : store.Find(member, handover) is { } now ? new WireOk<HandoverSummary>(now)
            : Problems.Of(ProblemType.NotFound);

    private static bool TryParse(string? text, long least, long most, long usual, out long number)
    {
        number = usual;
        return text is null || (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most);
    }
}
