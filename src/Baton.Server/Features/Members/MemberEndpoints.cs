using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Baton.Server.Features.Members;

/// <summary>Who is in the organization, and who may not enter for a while. spec/api.md, "Members".</summary>
internal static class MemberEndpoints
{
    public static void MapPeople(this IEndpointRouteBuilder app)
    {
        var group = app.MapMemberGroup("/api/members").AlsoAfterTrial();
        group.MapGet("", List);
        group.MapPost("/{member}/suspend", Suspend);
        group.MapPost("/{member}/resume", Resume);
    }

    private static WireOk<OrganizationMembers> List(CurrentMember member, MemberStore store) => new(new OrganizationMembers(store.List(member)));

    private static async Task<Results<NoContent, ProblemResult>> Suspend(string member, CurrentMember current, MemberStore store) =>
        Answer(Id.TryParse(member, out var id) ? await store.Suspend(current, id) : Problems.Of(ProblemType.NotFound));

    private static async Task<Results<NoContent, ProblemResult>> Resume(string member, CurrentMember current, MemberStore store) =>
        Answer(Id.TryParse(member, out var id) ? await store.Resume(current, id) : Problems.Of(ProblemType.NotFound));

    private static Results<NoContent, ProblemResult> Answer(ProblemResult? refused) => refused is null ? TypedResults.NoContent() : refused;
}
