using System.Security.Cryptography;
using Baton.Protocol;
using Baton.Protocol.Wire;

namespace Baton.Client.Keys;

/// <summary>Somebody who accepts an invitation: keys of its own, pinned to the organization that the inviter meant.</summary>
/// <param name="RecoveryCode">Shown once.</param>
public sealed record NewMember(AcceptInvitation Request, string RecoveryCode)
{
    /// <summary>Makes everything that accepting sends.</summary>
    /// <param name="invitation">Already checked: <see cref="InviteKey.IsOf"/>.</param>
    /// <param name="parameters">What the server named for this e-mail.</param>
    /// <exception cref="ArgumentException">The parameters are ones that a client refuses, or the invitation isn't this key's.</exception>
    public static NewMember Make(InviteKey key, InvitationOpened invitation, string name, string email, string masterPassword, KdfParameters parameters)
    {
        if (!key.IsOf(invitation))
        {
            throw new ArgumentException("Nobody who had the link has invited to this organization.", nameof(invitation));
        }

        if (!MasterPassword.TryStretch(masterPassword, parameters, out var password))
        {
            throw new ArgumentException("The server names parameters for the master password that no client accepts.", nameof(parameters));
        }

        var member = new Id(RandomNumberGenerator.GetBytes(Id.Size));
        using (password)
        using (var recovery = RecoveryKey.Make())
        using (var keys = MemberKeys.Make(SHA256.HashData(invitation.RootCard)))
        {
            var request = new AcceptInvitation(
                [.. key.Auth], new MemberName(member, name, email), parameters, [.. password.AuthKey], [.. recovery.Auth],
                keys.Close(password.WrapKey, member), keys.Close(recovery.Wrap, member), keys.EcdhPublic, keys.EcdsaPublic,
                key.To(invitation, member, keys.EcdhPublic, keys.EcdsaPublic));
            return new NewMember(request, recovery.ToCode());
        }
    }
}
