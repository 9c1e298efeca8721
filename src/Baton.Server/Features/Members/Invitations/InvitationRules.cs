using System.Security.Cryptography;
using Baton.Protocol;
using Baton.Protocol.Wire;

namespace Baton.Server.Features.Members;

/// <summary>Numbers and forms of invitations. spec/keys.md §9.</summary>
internal static class InvitationRules
{
    /// <summary>72 hours, in milliseconds.</summary>
    public const long Life = 259_200_000;

    private const int GroupsMax = 200, MacSize = 32;

    /// <summary>seal's overhead around the 32 bytes of inviteMac.</summary>
    private const int SealedSize = 80;

    /// <summary>The first member that is wrong and what is wrong with it; null when the request may go on.</summary>
    public static (string Member, string Wrong)? Check(CreateInvitation request) => request switch
    {
        { AuthHash.Length: not SHA256.HashSizeInBytes } => ("authHash", "has 32 bytes"),
        _ when !Words.TryRole(request.Role, out var role) || role == Role.Removed => ("role", "is owner, admin, member or auditor"),
        { Groups.Count: > GroupsMax } => ("groups", "are at most 200"),
        _ when request.Groups.Any(group => group is null) || request.Groups.DistinctBy(group => group.Group).Count() != request.Groups.Count => ("groups", "stand there once each"),
        _ when request.Groups.Any(group => !Words.TryRight(group.Right, out _)) => ("groups", "have a right each"),
        _ when request.Role == "auditor" && request.Groups.Any(group => group.Right != "history") => ("groups", "have right history for an auditor"),
        { RootCardHash.Length: not SHA256.HashSizeInBytes } => ("rootCardHash", "has 32 bytes"),
        { From.Length: not MacSize } => ("from", "has 32 bytes"),
        { Sealed.Length: not SealedSize } => ("sealed", "has 80 bytes"),
        _ => null,
    };
}

/// <summary>The states of an invitation, as the column and the wire have them.</summary>
internal static class InvitationState
{
    public const string Waiting = "waiting";
    public const string Accepted = "accepted";
    public const string Approved = "approved";
    public const string Withdrawn = "withdrawn";

    /// <summary>In no column: waiting past its time.</summary>
    public const string Expired = "expired";
}
