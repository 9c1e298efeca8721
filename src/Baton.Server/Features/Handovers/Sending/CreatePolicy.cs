using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Security;

namespace Baton.Server.Features.Handovers;

/// <summary>What the organization's policy says about a handover, as far as the server can see it. spec/keys.md §9.</summary>
internal static class CreatePolicy
{
    /// <summary>Null when the policy allows it, or there is none.</summary>
    public static ProblemResult? Refuses(Policy? policy, Role role, CreateHandover request) =>
        policy is null ? null
        : Refuses(policy, role, request.LifeSeconds) is { } refused ? refused
        : policy.Password && (request.Flags & HandoverFlags.Password) == 0 ? Refused("A handover needs an access password here.")
        : request.Files is not { Count: > 0 } ? null
        : !policy.Files ? Refused("A handover has no attachments here.")
        : CreateRules.Plaintext(request) > policy.FileBytes ? Refused($"Attachments have at most {policy.FileBytes} bytes together here.")
        : null;

    /// <summary>The same for what is already sent.</summary>
    public static ProblemResult? Refuses(Policy? policy, Role role, long lifeSeconds) =>
        policy is null ? null
        : !policy.MayHandOver(role) ? Refused($"Handing over takes the role {policy.HandOver.Word()} here.")
        : lifeSeconds > policy.LifeMax ? Refused($"A handover lives at most {policy.LifeMax} seconds here.")
        : null;

    private static ProblemResult Refused(string detail) => Problems.Of(ProblemType.Policy, detail);
}
