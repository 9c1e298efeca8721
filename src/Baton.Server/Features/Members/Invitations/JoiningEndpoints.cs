using Baton.Protocol.Signing;
using Baton.Protocol.Wire;
using Baton.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Baton.Server.Features.Members;

/// <summary>What the holder of an invitation's link does. One uniform answer for every invitation that can't be used. spec/api.md, "Anyone".</summary>
internal static class JoiningEndpoints
{
    private const int MacSize = 32;

    /// <summary>Made once: the same bytes for unknown, used, withdrawn, expired, without an inviter, trial over.</summary>
    private static readonly ProblemResult Unavailable = Problems.Of(ProblemType.Unavailable);

    public static void MapJoining(this IEndpointRouteBuilder app)
    {
        var group = app.MapAnyoneGroup("/api/invitation");
        group.MapPost("/open", Open);
        group.MapPost("/accept", Accept);
    }

    private static async Task<Results<WireOk<InvitationOpened>, ProblemResult>> Open(OpenInvitation request, HttpContext context, JoiningStore store, RateLimits limits)
    {
        if (request.InviteAuth.Length != Verifier.KeySize)
        {
            return Problems.Invalid("inviteAuth", "is not 32 bytes");
        }

        if (await limits.Secret(context) is { } later)
        {
            return later;
        }

        if (store.Open(request.InviteAuth) is not { } opened)
        {
            return Unavailable;
        }

        limits.GiveBackSecret(context);
        return new WireOk<InvitationOpened>(opened);
    }

    private static async Task<Results<WireCreated<Session>, ProblemResult>> Accept(
        AcceptInvitation request, HttpContext context, JoiningStore store, RateLimits limits, OpenSession open, ServerKey key)
    {
        if (Fault(request, key, out var person) is { } fault)
        {
            return fault;
        }

        if (await limits.Secret(context) is { } later)
        {
            return later;
        }

        switch (await store.Accept(request, person!))
        {
            case Joined.Unavailable:
                return Unavailable;
            case Joined.Taken:
                // Not given back: whoever holds an invitation shall not try out who has an account here.
                return Problems.Of(ProblemType.Conflict, "The e-mail address has an account here already.");
            default:
                limits.GiveBackSecret(context);
                return await open(context, request.Member.Id) is { } session ? new WireCreated<Session>("/api/session", session) : Unavailable;
        }
    }

    private static ProblemResult? Fault(AcceptInvitation request, ServerKey key, out NewPerson? person)
    {
        person = null;
        if (!EmailAddress.TryParse(request.Member.Email, out var email))
        {
            return Problems.Invalid("member.email", "is not an e-mail address");
        }

        if (!PersonName.TryParse(request.Member.Name, out var name))
        {
            return Problems.Invalid("member.name", PersonName.Wrong);
        }

        person = new NewPerson(name, email);
        return request.InviteAuth.Length != Verifier.KeySize ? Problems.Invalid("inviteAuth", "is not 32 bytes")
            : NewCredentials.Fault(request.Parameters, request.AuthKey, request.RecoveryAuth, request.KeyBlob, request.RecoveryBlob) is { } fault ? fault
            : !request.Parameters.Salt.AsSpan().SequenceEqual(key.ParametersFor(email).Salt) ? Problems.Invalid("parameters.salt", "is not what sign-in/parameters gives for this e-mail")
            : !PublicKey.IsValid(request.Ecdh) ? Problems.Invalid("ecdh", "is not a public key")
            : !PublicKey.IsValid(request.Ecdsa) ? Problems.Invalid("ecdsa", "is not a public key")
            : request.To.Length != MacSize ? Problems.Invalid("to", "has 32 bytes")
            : null;
    }
}
