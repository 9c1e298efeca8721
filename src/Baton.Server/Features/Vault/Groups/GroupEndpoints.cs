using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Baton.Server.Features.Vault;

/// <summary>Groups and who has which right. spec/api.md, "Members".</summary>
internal static class GroupEndpoints
{
    public static void MapGroups(this IEndpointRouteBuilder app)
    {
        var groups = app.MapMemberGroup("/api/groups");
        groups.MapGet("", List);
        groups.MapPost("", Create).AcceptsAtMost(VaultRules.GrantsBody);
        groups.MapPut("/{group}/details", ChangeDetails);
        groups.MapPost("/{group}/state", ChangeState);
        groups.MapPut("/{group}/grants/{member}", Give);
        groups.MapDelete("/{group}/grants/{member}", End).AlsoAfterTrial();
        groups.MapPost("/{group}/rotate", Rotate).AcceptsAtMost(VaultRules.GrantsBody).AlsoAfterTrial();
    }

    private static WireOk<GroupList> List(CurrentMember member, GroupRightsReader groups) => new(groups.Read(member));

    private static async Task<Results<WireCreated<SessionGroup>, ProblemResult>> Create(CreateGroup request, CurrentMember member, GroupStore store, GrantCheck check)
    {
        if (!request.Personal && !member.Role.MayIssue())
        {
            return Problems.Of(ProblemType.Forbidden);
        }

        if (request.Personal != request.Details is null || (request.Details is not null && !VaultRules.IsDetails(request.Details)))
        {
            return Problems.Invalid("details", "have 49 to 4096 bytes, and a personal group has none");
        }

        if (check.Fault(member, request.Group, 1, request.Grants, request.Personal) is { } fault)
        {
            return fault;
        }

        var own = request.Grants.SingleOrDefault(grant => grant.Member == member.Member);
        if (own is null || GrantCheck.RightOf(own) < Right.View)
        {
            return Problems.Invalid("grants", "give whoever makes the group the right to read it");
        }

        if (request.Personal && (request.Grants.Count != 1 || GrantCheck.RightOf(own) != Right.Manage))
        {
            return Problems.Invalid("grants", "of a personal group are its member's alone, right manage");
        }

        var (made, refused) = await store.Create(member, request);
        return refused is null ? new WireCreated<SessionGroup>("/api/groups", made!) : refused;
    }

    private static async Task<Results<WireOk<SessionGroup>, ProblemResult>> ChangeDetails(
        string group, ChangeGroupDetails request, CurrentMember member, GroupStore store) =>
        !Id.TryParse(group, out var id) ? Problems.Of(ProblemType.NotFound)
        : !VaultRules.IsDetails(request.Details) ? Problems.Invalid("details", "have 49 to 4096 bytes")
        : (await store.ChangeDetails(member, id, request)).Ok();

    private static async Task<Results<WireOk<SessionGroup>, ProblemResult>> ChangeState(
        string group, ChangeGroupState request, CurrentMember member, GroupStore store, VaultSweep sweep)
    {
        if (!Id.TryParse(group, out var id))
        {
            return Problems.Of(ProblemType.NotFound);
        }

        if (request.State is not (GroupState.Active or GroupState.Archived or GroupState.Deleted))
        {
            return Problems.Invalid("state", "is active, archived or deleted");
        }

        var answer = await store.ChangeState(member, id, request.State);
        if (answer.Value?.State == GroupState.Deleted)
        {
            sweep.Wake();
        }

        return answer.Ok();
    }

    private static async Task<Results<NoContent, ProblemResult>> Give(
        string group, string member, NewGrant request, CurrentMember asking, GrantStore store, GrantCheck check)
    {
        if (!Id.TryParse(group, out var id) || !Id.TryParse(member, out var to))
        {
            return Problems.Of(ProblemType.NotFound);
        }

        if (Unseen(asking, id, out var refused))
        {
            return refused;
        }

        if (request.Group != id || request.Member != to || request.Version < 1)
        {
            return Problems.Invalid("group", "member and version are those of the address");
        }

        return check.Fault(asking, id, request.Version, [request]) is { } fault ? fault : Done.Of(await store.Give(asking, request));
    }

    private static async Task<Results<NoContent, ProblemResult>> End(string group, string member, CurrentMember asking, GrantStore store) =>
        Id.TryParse(group, out var id) && Id.TryParse(member, out var holder) ? Done.Of(await store.End(asking, id, holder)) : Problems.Of(ProblemType.NotFound);

    private static async Task<Results<WireOk<SessionGroup>, ProblemResult>> Rotate(
        string group, Rotation request, CurrentMember member, GrantStore store, GrantCheck check)
    {
        if (!Id.TryParse(group, out var id))
        {
            return Problems.Of(ProblemType.NotFound);
        }

        if (Unseen(member, id, out var refused))
        {
            return refused;
        }

        if (request.Previous.Length != VaultRules.SealedKey || request.PreviousHistory.Length != VaultRules.SealedKey)
        {
            return Problems.Invalid("previous", "and previousHistory have 80 bytes");
        }

        if (request.Version < 2 || (request.Details is not null && !VaultRules.IsDetails(request.Details)))
        {
            return Problems.Invalid("details", "have 49 to 4096 bytes, under a version above 1");
        }

        // A personal group has no details; that it is one is the transaction's to say.
        return check.Fault(member, id, request.Version, request.Grants, personal: request.Details is null) is { } fault
            ? fault
            : (await store.Rotate(member, id, request)).Ok();
    }

    /// <summary>Who can't see the group hears no more than that, before anything of the request is looked at. The transaction decides anew.</summary>
    private static bool Unseen(CurrentMember member, Id group, out ProblemResult refused)
    {
        refused = Problems.Of(ProblemType.NotFound);
        return member.RightOn(group) == Right.None;
    }
}
