using Baton.Protocol;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;
using Baton.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Baton.Server.Features.Organizations;

/// <summary>What this installation is, and its beginning. spec/api.md.</summary>
internal static class SetupEndpoints
{
    private const int EncSize = 65, CiphertextSize = 48, NameMost = 200;

    public static void MapSetup(this IEndpointRouteBuilder app)
    {
        var group = app.MapAnyoneGroup("/api");
        group.MapGet("/instance", Describe);
        group.MapPost("/setup", SetUp);
    }

    private static Ok<Instance> Describe(HttpContext context, BatonOptions settings, SetupCode code, LedgerKey ledger, InstanceLimits instance)
    {
        var origin = settings.PublicUrl?.GetLeftPart(UriPartial.Authority) ?? $"{context.Request.Scheme}://{context.Request.Host}";
        return TypedResults.Ok(new Instance(BatonHost.Version, origin, code.IsSetUp, SignUp: "closed", BreachCheck: false, ledger.VerifyingKey, instance));
    }

    private static async Task<Results<Created<Session>, ProblemResult>> SetUp(
        Registration request, HttpContext context, SetupCode code, OrganizationStore store, RateLimits limits, OpenSession open, ServerKey key, TimeProvider clock)
    {
        if (limits.Secret(context) is { } later)
        {
            return later;
        }

        if (!code.Matches(request.Code))
        {
            return Problems.Of(ProblemType.WrongSetupCode);
        }

        limits.GiveBackSecret(context);
        if (Fault(request, key, out var email) is { } fault)
        {
            return fault;
        }

        if (!await store.Found(request, email, clock.GetUtcNow().ToUnixTimeMilliseconds()))
        {
            return Problems.Of(ProblemType.WrongSetupCode);
        }

        code.Void();
        return TypedResults.Created("/api/session", await open(context, request.Member.Id));
    }

    /// <summary>Form, and every signature that the server can verify. What is sealed only the owner's client can judge.</summary>
    private static ProblemResult? Fault(Registration request, ServerKey key, out string email)
    {
        if (!EmailAddress.TryParse(request.Member.Email, out var address))
        {
            email = "";
            return Problems.Invalid("member.email", "is not an e-mail address");
        }

        email = address;
        return !IsName(request.Organization.Name) ? Problems.Invalid("organization.name", "is empty, too long or holds control characters")
            : !IsName(request.Member.Name) ? Problems.Invalid("member.name", "is empty, too long or holds control characters")
            : NewCredentials.Fault(request.Parameters, request.AuthKey, request.RecoveryAuth, request.KeyBlob, request.RecoveryBlob) is { } fault ? fault
            : !request.Parameters.Salt.AsSpan().SequenceEqual(key.ParametersFor(email).Salt) ? Problems.Invalid("parameters.salt", "is not what sign-in/parameters gives for this e-mail")
            : !IsRootCard(request, out var card) ? Problems.Invalid("card", "is not a root card of this organization and member, signed by itself")
            : !IsOwnGrant(request, card!) ? Problems.Invalid("group", "is not a grant of the personal group to its owner, signed by the owner")
            : null;
    }

    private static bool IsName(string name) => name.Trim().Length is > 0 and <= NameMost && !name.Any(char.IsControl);

    private static bool IsRootCard(Registration request, out Card? card) =>
        Card.TryParse(request.Card, out card)
        && card.IsRoot
        && card.Organization == request.Organization.Id
        && card.Member == request.Member.Id
        && Signatures.Verify(card.Ecdsa, SignedText.Card(request.Card, Card.NoPrevious), request.CardSignature);

    private static bool IsOwnGrant(Registration request, Card card) =>
        request.Group is { Enc.Length: EncSize, Ciphertext.Length: CiphertextSize }
        && PublicKey.IsValid(PublicKey.FromPoint(request.Group.Enc))
        && Signatures.Verify(
            card.Ecdsa,
            SignedText.Grant(request.Organization.Id, request.Group.Id, 1, Right.Manage, card.Member, card.Ecdh, card.Ecdsa, request.Group.Enc, request.Group.Ciphertext),
            request.Group.Signature);
}
