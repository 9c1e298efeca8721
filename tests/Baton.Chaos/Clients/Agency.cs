using System.Security.Cryptography;
using Baton.Chaos.Recording;
using Baton.Client.Keys;
using Baton.Protocol;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;

namespace Baton.Chaos.Clients;

/// <summary>The one organization of the run: its owner, made with real keys and a random authKey instead of a stretched password.</summary>
internal sealed record Agency(Id Group, SignIn SignIn)
{
    private const string Email = "ewa@studio.example";

    /// <summary>Registers it with the set-up code; the wire has its session from then on.</summary>
    public static async Task<Agency> Found(Wire wire, string code)
    {
        var (asked, _) = await wire.SignIn("/api/sign-in/parameters", new SignInParameters(Email));
        var parameters = asked.Read<KdfParameters>();
        var (organization, member, group) = (NewId(), NewId(), NewId());
        using var keys = MemberKeys.MakeRoot(made => Card.Root(organization, member, made.EcdhPublic, made.EcdsaPublic));
        var card = Card.Root(organization, member, keys.EcdhPublic, keys.EcdsaPublic);
        var grant = Grant.Make(keys.Ecdsa, new GroupVersion(organization, group, 1), Right.Manage, card, RandomNumberGenerator.GetBytes(32), personal: true);
        var (authKey, blob) = (RandomNumberGenerator.GetBytes(32), keys.Close(RandomNumberGenerator.GetBytes(32), member));
        var (answer, cookie) = await wire.SignIn("/api/setup", new Registration(
            code, new OrganizationName(organization, "Studio"), new MemberName(member, "Ewa", Email), parameters, authKey, RandomNumberGenerator.GetBytes(32),
            blob, blob, card.ToBytes(), card.SignedBy(keys.Ecdsa), new PersonalGroup(group, grant.Enc, grant.Ciphertext, grant.Signature)));
        if (answer.Outcome != Outcome.Done)
        {
            throw new InvalidOperationException($"Set-up was answered with {answer.Status}.");
        }

        wire.Cookie = cookie;
        return new Agency(group, new SignIn(Email, authKey));
    }

    private static Id NewId() => new(RandomNumberGenerator.GetBytes(Id.Size));
}
