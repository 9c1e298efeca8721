using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Baton.Server.Features.Members;

/// <summary>The next card of the roster: another role, or a removal. spec/keys.md §6, spec/api.md.</summary>
internal static class RosterEndpoints
{
    public static void MapRoster(this IEndpointRouteBuilder app)
    {
        app.MapMemberGroup("/api/roster").AlsoAfterTrial().MapPost("", Add);
        app.MapMemberGroup("/api/account/delete").AlsoAfterTrial().MapPost("", DeleteAccount);
    }

    private static async Task<Results<NoContent, ProblemResult>> Add(NewCard request, CurrentMember member, RosterStore roster)
    {
        if (!member.Role.MayIssue())
        {
            return Problems.Of(ProblemType.Forbidden);
        }

        return NextCard.Fault(roster.Read(member.Organization), member, request, out var card, out var joins) is { } fault ? fault
            : joins ? Problems.Invalid("card", "is of somebody who is no member yet: approve an invitation")
            : card!.Role == Role.Removed && card.Member == member.Member ? Problems.Invalid("card", "is your own removal: delete your account")
            : Answer(await roster.Add(member, card, request.Signature));
    }

    /// <summary>The member's own removal, behind its password.</summary>
    private static async Task<Results<NoContent, ProblemResult>> DeleteAccount(
        DeleteAccount request, HttpContext context, CurrentMember member, RosterStore roster, ProvePassword prove)
    {
        if (await prove(context, member, request.AuthKey) is { } refused)
        {
            return refused;
        }

        return NextCard.Fault(roster.Read(member.Organization), member, new NewCard(request.Card, request.Signature), out var card, out _) is { } fault ? fault
            : card!.Role != Role.Removed || card.Member != member.Member ? Problems.Invalid("card", "is not your own removal")
            : Answer(await roster.Add(member, card, request.Signature));
    }

    private static Results<NoContent, ProblemResult> Answer(ProblemResult? refused) => refused is null ? TypedResults.NoContent() : refused;
}
