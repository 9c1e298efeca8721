using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Baton.Server.Features.Members;

/// <summary>What owners and admins do with invitations. spec/api.md, "Members"; spec/keys.md §9.</summary>
internal static class InvitationEndpoints
{
    /// <summary>200 grants in base64url.</summary>
    private const int ApprovalBody = 128 * 1024;

    public static void MapInvitations(this IEndpointRouteBuilder app)
    {
        var group = app.MapMemberGroup("/api/invitations");
        group.MapGet("", List);
        group.MapPost("", Create);
        group.MapDelete("/{invitation}", Withdraw).AlsoAfterTrial();
        group.MapPost("/{invitation}/approve", Approve).AcceptsAtMost(ApprovalBody);
    }

    private static Results<WireOk<InvitationList>, ProblemResult> List(CurrentMember member, InvitationStore store) =>
        member.Role.MayIssue() ? new WireOk<InvitationList>(new InvitationList(store.List(member.Organization))) : Problems.Of(ProblemType.Forbidden);

    private static async Task<Results<WireCreated<InvitationSummary>, ProblemResult>> Create(CreateInvitation request, CurrentMember member, InvitationStore store)
    {
        if (!member.Role.MayIssue())
        {
            return Problems.Of(ProblemType.Forbidden);
        }

        if (InvitationRules.Check(request) is { } wrong)
        {
            return Problems.Invalid(wrong.Member, wrong.Wrong);
        }

        return await store.Create(member, request) is { } refused ? refused
            : new WireCreated<InvitationSummary>("/api/invitations", store.Find(member.Organization, request.Invitation)!);
    }

    private static async Task<Results<NoContent, ProblemResult>> Withdraw(string invitation, CurrentMember member, InvitationStore store) =>
        !Id.TryParse(invitation, out var id) ? Problems.Of(ProblemType.NotFound)
        : await store.Withdraw(member, id) is { } refused ? refused
        : TypedResults.NoContent();

    private static async Task<Results<WireOk<InvitationSummary>, ProblemResult>> Approve(
        string invitation, ApproveInvitation request, CurrentMember member, InvitationStore store, ApprovalStore approvals)
    {
        if (!member.Role.MayIssue())
        {
            return Problems.Of(ProblemType.Forbidden);
        }

        return !Id.TryParse(invitation, out var id) ? Problems.Of(ProblemType.NotFound)
            : await approvals.Approve(member, id, request) is { } refused ? refused
            : new WireOk<InvitationSummary>(store.Find(member.Organization, id)!);
    }
}
