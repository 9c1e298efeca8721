using System.Security.Cryptography;
using Baton.Protocol;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;

namespace Baton.Client.Keys;

/// <summary>The first member of a new installation: keys, root card, personal group and recovery key, made together.</summary>
/// <param name="RecoveryCode">Shown once.</param>
public sealed record NewOwner(Registration Registration, string RecoveryCode)
{
    /// <summary>Makes everything that set-up sends.</summary>
    /// <param name="code">The one-time set-up code.</param>
    /// <param name="parameters">What the server named for this e-mail.</param>
    /// <exception cref="ArgumentException">The parameters are ones that a client refuses.</exception>
    public static NewOwner Make(string code, string organization, string name, string email, string masterPassword, KdfParameters parameters)
    {
        var organizationId = NewId();
        var member = NewId();
        if (!MasterPassword.TryStretch(masterPassword, parameters, out var password))
        {
            throw new ArgumentException("The server names parameters for the master password that no client accepts.", nameof(parameters));
        }

        using (password)
        using (var recovery = RecoveryKey.Make())
        using (var keys = MemberKeys.MakeRoot(keys => Card.Root(organizationId, member, keys.EcdhPublic, keys.EcdsaPublic)))
        {
            var card = Card.Root(organizationId, member, keys.EcdhPublic, keys.EcdsaPublic);
            var group = new GroupVersion(organizationId, NewId(), 1);
            var groupKey = RandomNumberGenerator.GetBytes(32);
            var grant = Grant.Make(keys.Ecdsa, group, Right.Manage, card, groupKey, personal: true);
            CryptographicOperations.ZeroMemory(groupKey);
            var registration = new Registration(
                code, new OrganizationName(organizationId, organization), new MemberName(member, name, email),
                parameters, [.. password.AuthKey], [.. recovery.Auth],
                keys.Close(password.WrapKey, member), keys.Close(recovery.Wrap, member),
                card.ToBytes(), card.SignedBy(keys.Ecdsa),
                new PersonalGroup(group.Group, grant.Enc, grant.Ciphertext, grant.Signature));
            return new NewOwner(registration, recovery.ToCode());
        }
    }

    private static Id NewId() => new(RandomNumberGenerator.GetBytes(Id.Size));
}
