using System.Security.Cryptography;
using Baton.Client.Keys;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;
using Xunit;

namespace Baton.Protocol.Tests;

/// <summary>The session's own card against the private halves in the sealed blob. spec/keys.md §6.</summary>
public sealed class OwnCardTests
{
    private static readonly Id Organization = NewId();

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void A_rightly_signed_card_unlocks_only_with_the_member_s_own_keys_on_it(bool ownSealingKey, bool ownSigningKey)
    {
        var (ola, owner) = (NewId(), NewId());
        Card root = null!;
        using var ownerKeys = MemberKeys.MakeRoot(keys => root = Card.Root(Organization, owner, keys.EcdhPublic, keys.EcdsaPublic));
        using var stranger = MemberKeys.MakeRoot(_ => root);
        using var own = MemberKeys.MakeRoot(_ => root);
        var card = new Card(
            Organization, ola, (ownSealingKey ? own : stranger).EcdhPublic, (ownSigningKey ? own : stranger).EcdsaPublic, Role.Member, 2, owner);
        var wrapKey = RandomNumberGenerator.GetBytes(32);
        var session = new Session(
            new SessionMember(ola, "Ola", "ola@studio.example", "member", "active"), new SessionOrganization(Organization, "Studio", null, false),
            MasterPassword.NewParameters(RandomNumberGenerator.GetBytes(16)), own.Close(wrapKey, ola),
            [new MemberCard(owner, root.ToBytes(), root.SignedBy(ownerKeys.Ecdsa)), new MemberCard(ola, card.ToBytes(), card.SignedBy(ownerKeys.Ecdsa, root.Hash()))],
            [], null, 900);

        var fault = UnlockedMember.Unlock(session, wrapKey, Seen.Nothing, out var member);
        member?.Dispose();
        Assert.Equal(ownSealingKey && ownSigningKey ? UnlockFault.None : UnlockFault.OwnCard, fault);
    }

    private static Id NewId() => new(RandomNumberGenerator.GetBytes(Id.Size));
}
