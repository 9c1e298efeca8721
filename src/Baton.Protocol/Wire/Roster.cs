namespace Baton.Protocol.Wire;

// Members, invitations and policy of an organization. spec/api.md, "Members"; spec/keys.md §6 and §9.

public sealed record OrganizationMembers(IReadOnlyList<OrganizationMember> Members);

/// <param name="Email">For owners and admins only.</param>
/// <param name="Role">owner, admin, member, auditor, removed, or pending.</param>
/// <param name="State">active, suspended, pending or removed.</param>
public sealed record OrganizationMember(Id Member, string Name, string? Email, string Role, string State, long CreatedAt);

/// <summary>The next card of the roster.</summary>
public sealed record NewCard(byte[] Card, byte[] Signature);

public sealed record InvitationList(IReadOnlyList<InvitationSummary> Invitations);

/// <param name="State">waiting, accepted, approved, expired or withdrawn.</param>
/// <param name="Sealed">inviteMac, for the inviter alone.</param>
public sealed record InvitationSummary(
    Id Invitation, string Role, IReadOnlyList<InvitedTo> Groups, Id Inviter, long CreatedAt, long ExpiresAt, string State, byte[] Sealed, Invitee? Accepted = null);

public sealed record InvitedTo(Id Group, string Right);

/// <summary>Who accepted an invitation, and with which keys.</summary>
public sealed record Invitee(Id Member, string Name, string Email, byte[] Ecdh, byte[] Ecdsa, byte[] To);

/// <param name="AuthHash">SHA-256 of inviteAuth.</param>
public sealed record CreateInvitation(
    Id Invitation, byte[] AuthHash, string Role, IReadOnlyList<InvitedTo> Groups, byte[] RootCardHash, byte[] From, byte[] Sealed);

public sealed record OpenInvitation(byte[] InviteAuth);

public sealed record InvitationOpened(Id Invitation, OrganizationName Organization, byte[] RootCard, string Role, byte[] From, string Inviter, long ExpiresAt);

public sealed record AcceptInvitation(
    byte[] InviteAuth, MemberName Member, KdfParameters Parameters, byte[] AuthKey, byte[] RecoveryAuth, byte[] KeyBlob, byte[] RecoveryBlob,
    byte[] Ecdh, byte[] Ecdsa, byte[] To);

public sealed record ApproveInvitation(byte[] Card, byte[] Signature, IReadOnlyList<NewGrant> Grants);

public sealed record NewPolicy(string Text, byte[] Signature);

/// <param name="Text">The exact text that is signed.</param>
public sealed record SignedPolicy(string Text, byte[] Signature, Id Author);
