using Baton.Protocol;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;
using Baton.Server.Security;

namespace Baton.Server.Features.Organizations;

/// <summary>Form, and every signature that the server can verify. What is sealed only the owner's client can judge.</summary>
internal static class RegistrationRules
{
    /// <summary>What is wrong, or null and the organization to be.</summary>
    public static ProblemResult? Fault(Registration request, ServerKey key, out NewOrganization? organization)
    {
        organization = null;
        if (!EmailAddress.TryParse(request.Member.Email, out var email))
        {
            return Problems.Invalid("member.email", "is not an e-mail address");
        }

        if (!PersonName.TryParse(request.Organization.Name, out var name))
        {
            return Problems.Invalid("organization.name", PersonName.Wrong);
        }

        if (!PersonName.TryParse(request.Member.Name, out var owner))
        {
            return Problems.Invalid("member.name", PersonName.Wrong);
        }

        if (NewCredentials.Fault(request.Parameters, request.AuthKey, request.RecoveryAuth, request.KeyBlob, request.RecoveryBlob) is { } fault)
        {
            return fault;
        }

        if (!request.Parameters.Salt.AsSpan().SequenceEqual(key.ParametersFor(email).Salt))
        {
            return Problems.Invalid("parameters.salt", "is not what sign-in/parameters gives for this e-mail");
        }

        if (!IsRootCard(request, out var card))
        {
            return Problems.Invalid("card", "is not a root card of this organization and member, signed by itself");
        }

        organization = new NewOrganization(request, email, name, owner, card!);
        return SignedGrant.Holds(
            new NewGrant(request.Group.Id, card!.Member, 1, Right.Manage.Word(), request.Group.Enc, request.Group.Ciphertext, request.Group.Signature),
            card.Organization, card.Ecdsa, card.Ecdh, card.Ecdsa, personal: true)
            ? null
            : Problems.Invalid("group", "is not a grant of the personal group to its owner, signed by the owner");
    }

    private static bool IsRootCard(Registration request, out Card? card) =>
        Card.TryParse(request.Card, out card)
        && card.IsRoot
        && card.Organization == request.Organization.Id
        && card.Member == request.Member.Id
        && Signatures.Verify(card.Ecdsa, SignedText.Card(request.Card, Card.NoPrevious), request.CardSignature);
}
