using Baton.Protocol;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;
using Baton.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Baton.Server.Features.Organizations;

/// <summary>A new policy. spec/keys.md §9.</summary>
internal static class PolicyEndpoints
{
    public static void MapPolicy(this IEndpointRouteBuilder app) => app.MapMemberGroup("/api/policy").MapPut("", Change);

    private static async Task<Results<WireOk<SignedPolicy>, ProblemResult>> Change(NewPolicy request, CurrentMember member, PolicyStore policies)
    {
        if (!member.Role.MayIssue())
        {
            return Problems.Of(ProblemType.Forbidden);
        }

        if (!Policy.TryParse(request.Text, out var policy))
        {
            return Problems.Invalid("text", "is not the exact text of a policy");
        }

        if (policies.KeyOf(member) is not { } key || !Signatures.Verify(key, SignedText.Policy(member.Organization, request.Text), request.Signature))
        {
            return Problems.Invalid("signature", "is not yours of this text");
        }

        return await policies.Keep(member, policy, request) is { } refused ? refused
            : new WireOk<SignedPolicy>(new SignedPolicy(request.Text, request.Signature, member.Member));
    }
}
