using Baton.Client.Api;
using Baton.Client.Keys;
using Baton.Client.Vault;
using Baton.Protocol;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;

namespace Baton.EndToEnd.Tests.Cli;

/// <summary>The owner's client, where it does what the command line leaves to the browser.</summary>
internal sealed class OwnersClient(BatonApi api, UnlockedMember owner, string origin) : IDisposable
{
    private GroupAccess? group;
    private Right right;

    public static async Task<OwnersClient> Of(Desk desk, CancellationToken cancel)
    {
        var api = desk.Api();
        var session = Of(await api.Session(cancel));
        Assert.True(MasterPassword.TryStretch(Desk.MasterPassword, session.Parameters, out var stretched));
        using (stretched)
        {
            return UnlockedMember.TryUnlock(session, stretched.WrapKey, out var owner) ? new OwnersClient(api, owner, desk.Server.Origin) : throw new InvalidOperationException();
        }
    }

    public async Task<string> Invite(string name, Right given, CancellationToken cancel)
    {
        (group, right) = (owner.Groups.Single(access => access.Details?.Name == name), given);
        using var key = InviteKey.Make();
        Of(await api.Invite(key.Invite(owner, owner.Personal!, Role.Member, [new InvitedTo(group.Group, given.Word())]), cancel));
        return $"{origin}/i#{key.ToCode()}";
    }

    public async Task Approve(CancellationToken cancel)
    {
        var invitation = Of(await api.Invitations(cancel)).Invitations.Single();
        Assert.True(InviteMac.Accepts(owner.Personal!, invitation));
        var invitee = invitation.Accepted!;
        var sent = owner.Issue(invitee.Member, invitee.Ecdh, invitee.Ecdsa, Role.Member);
        Assert.True(Card.TryParse(sent.Card, out var card));
        Of(await api.Approve(invitation.Invitation, new ApproveInvitation(sent.Card, sent.Signature, [GroupKeys.Give(owner, group!, new Holder(card, right))]), cancel));
    }

    public async Task SetPolicy(Policy policy, CancellationToken cancel) => Of(await api.SetPolicy(TrustedPolicy.Sign(owner, policy), cancel));

    public void Dispose()
    {
        owner.Dispose();
        api.Dispose();
    }

    private static T Of<T>(Outcome<T> outcome)
        where T : class =>
        outcome.TryGet(out var answer, out var problem) ? answer : throw new InvalidOperationException(problem.Title + problem.Detail);
}
