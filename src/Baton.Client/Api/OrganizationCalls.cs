using Baton.Protocol;
using Baton.Protocol.Wire;

namespace Baton.Client.Api;

/// <summary>Members, invitations, policy, one's own account. spec/api.md.</summary>
public sealed partial class BatonApi
{
    /// <summary>What lies behind an invitation's link.</summary>
    public Task<Outcome<InvitationOpened>> OpenInvitation(byte[] inviteAuth, CancellationToken cancel) =>
        Post<InvitationOpened>("/api/invitation/open", new OpenInvitation(inviteAuth), cancel);

    /// <summary>Accepts an invitation, once: not repeated by itself.</summary>
    public Task<Outcome<Session>> AcceptInvitation(AcceptInvitation acceptance, CancellationToken cancel) =>
        transport.Json<Session>(HttpMethod.Post, "/api/invitation/accept", Bytes(acceptance), Patience.None, cancel);

    /// <summary>Everybody who is or was here.</summary>
    public Task<Outcome<OrganizationMembers>> Members(CancellationToken cancel) => Get<OrganizationMembers>("/api/members", cancel);

    /// <summary>The next card of the roster: a new role or a removal.</summary>
    public Task<Outcome<Done>> AddCard(NewCard card, CancellationToken cancel) => Post<Done>("/api/roster", card, cancel);

    /// <summary>The invitations of the organization.</summary>
    public Task<Outcome<InvitationList>> Invitations(CancellationToken cancel) => Get<InvitationList>("/api/invitations", cancel);

    /// <summary>Invites somebody.</summary>
    public Task<Outcome<InvitationSummary>> Invite(CreateInvitation invitation, CancellationToken cancel) => Post<InvitationSummary>("/api/invitations", invitation, cancel);

    /// <summary>Makes who accepted a member.</summary>
    public Task<Outcome<InvitationSummary>> Approve(Id invitation, ApproveInvitation approval, CancellationToken cancel) =>
        Post<InvitationSummary>($"/api/invitations/{invitation}/approve", approval, cancel);

    /// <summary>Sets the organization's policy.</summary>
    public Task<Outcome<SignedPolicy>> SetPolicy(NewPolicy policy, CancellationToken cancel) => Put<SignedPolicy>("/api/policy", policy, cancel);
}
