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
        group.MapCreate();
        app.MapMemberGroup("/api").MapGet("/events", LiveStream.Open).AlsoWhilePending().Produces<HandoverSummary>(StatusCodes.Status200OK, "text/event-stream");
        app.MapLinks();
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

    private static async Task<Results<WireOk<HandoverSummary>, ProblemResult>> Revoke(string handover, CurrentMember member, HandoverStore store, ChangeStore changes)
    {
        if (Allowed(handover, member, store, out var id) is { } refused)
        {
            return refused;
        }

        var done = await changes.Revoke(id, member.Organization, member.Member);
        return Changed(done, store.Find(member, id)!);
    }

    private static async Task<Results<WireOk<HandoverSummary>, ProblemResult>> Extend(
        string handover, ExtendHandover extend, CurrentMember member, HandoverStore store, ChangeStore changes)
    {
        if (extend.LifeSeconds is < HandoverRules.LifeMinSeconds or > HandoverRules.LifeMaxSeconds)
        {
            return Problems.Invalid("lifeSeconds", "is 300 to 2592000");
        }

        if (Allowed(handover, member, store, out var id) is { } refused)
        {
            return refused;
        }

        var done = await changes.Extend(id, member.Organization, member.Member, extend.LifeSeconds);
        return Changed(done, store.Find(member, id)!);
    }

    /// <summary>Who may see it hears that it is there; changing it takes the right to share.</summary>
    private static ProblemResult? Allowed(string handover, CurrentMember member, HandoverStore store, out Id id) =>
        !Id.TryParse(handover, out id) || store.Find(member, id) is not { } summary ? Problems.Of(ProblemType.NotFound)
        : member.RightOn(summary.Group) < Right.Share ? Problems.Of(ProblemType.Forbidden)
        : null;

    private static Results<WireOk<HandoverSummary>, ProblemResult> Changed(bool done, HandoverSummary now) =>
        done ? new WireOk<HandoverSummary>(now) : Problems.Of(ProblemType.WrongState.With() with { State = now.State });

    private static bool TryParse(string? text, long least, long most, long usual, out long number)
    {
        number = usual;
        return text is null || (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most);
    }
}
