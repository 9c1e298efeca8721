using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Baton.Server.Features.Organizations;

/// <summary>How long personal data is kept. spec/ledger.md §8.</summary>
internal static class RetentionEndpoints
{
    private const int DaysMost = 36_500;

    public static void MapRetention(this IEndpointRouteBuilder app) => app.MapMemberGroup("/api/retention").MapPut("", Change);

    private static async Task<Results<NoContent, ProblemResult>> Change(Retention request, CurrentMember member, RetentionStore store) =>
        !member.Role.MayIssue() ? Problems.Of(ProblemType.Forbidden)
        : request.PersonalDays is < 0 or > DaysMost ? Problems.Invalid("personalDays", "is 0 to 36500")
        : await store.Change(member, request.PersonalDays) is { } refused ? refused
        : TypedResults.NoContent();
}
