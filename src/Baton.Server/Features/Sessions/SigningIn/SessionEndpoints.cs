using Baton.Protocol.Wire;
using Baton.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Baton.Server.Features.Sessions;

/// <summary>Sign-in, the session, sign-out. spec/api.md. Nothing here tells whether an account exists, by answer or by time.</summary>
internal static class SessionEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        var anyone = app.MapAnyoneGroup("/api");
        anyone.MapPost("/sign-in/parameters", Parameters);
        anyone.MapPost("/sessions", SignIn);

        var members = app.MapMemberGroup("/api");
        members.MapGet("/session", Current).AlsoWhilePending();
        members.MapDelete("/session", SignOut).AlsoWhilePending().AlsoAfterTrial();
        members.MapDelete("/sessions", SignOutEverywhere).AlsoWhilePending().AlsoAfterTrial();
    }

    private static Results<Ok<KdfParameters>, ProblemResult> Parameters(SignInParameters request, SessionStore store, ServerKey key)
    {
        if (!EmailAddress.TryParse(request.Email, out var email))
        {
            return Problems.Invalid("email", "is not an e-mail address");
        }

        var (account, unknown) = (store.FindAccount(email), key.ParametersFor(email));
        return TypedResults.Ok(account?.Parameters ?? unknown);
    }

    private static async Task<Results<Ok<Session>, ProblemResult>> SignIn(
        SignIn request, HttpContext context, PasswordProof proof, LiveSessions sessions, SignInThrottle throttle)
    {
        if (!EmailAddress.TryParse(request.Email, out var email))
        {
            return Problems.Invalid("email", "is not an e-mail address");
        }

        var (account, problem) = await proof.Check(context, email, request.AuthKey);
        if (problem is not null)
        {
            return problem;
        }

        if (await sessions.Open(context, account!.Member, account.Auth.Hash) is not { } session)
        {
            return Problems.Of(ProblemType.SignInFailed);
        }

        throttle.Remember(context, email);
        return TypedResults.Ok(session);
    }

    private static Ok<Session> Current(CurrentMember member, LiveSessions sessions) => TypedResults.Ok(sessions.Describe(member.Member));

    private static async Task<NoContent> SignOut(CurrentMember member, HttpContext context, LiveSessions sessions)
    {
        await sessions.End(context, member);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> SignOutEverywhere(CurrentMember member, HttpContext context, LiveSessions sessions)
    {
        await sessions.EndAll(context, member);
        return TypedResults.NoContent();
    }
}
