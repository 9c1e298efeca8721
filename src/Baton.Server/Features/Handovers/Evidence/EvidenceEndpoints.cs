using Baton.Protocol.Wire;
using Baton.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Baton.Server.Features.Handovers;

/// <summary>What evidence is composed from. spec/api.md, "The ledger".</summary>
internal static class EvidenceEndpoints
{
    private const int HandoversMost = 100;

    public static void MapEvidence(this IEndpointRouteBuilder app) => app.MapMemberGroup("/api/evidence").MapPost("", Parts).AlsoAfterTrial();

    private static async Task<Results<WireOk<EvidenceParts>, ProblemResult>> Parts(EvidenceRequest request, CurrentMember member, EvidenceStore store, CancellationToken cancel)
    {
        if (request.Handovers.Count is < 1 or > HandoversMost || request.Handovers.Distinct().Count() != request.Handovers.Count)
        {
            return Problems.Invalid("handovers", "are 1 to 100, each once");
        }

        return (await store.Parts(member, request, cancel)).Ok();
    }
}
