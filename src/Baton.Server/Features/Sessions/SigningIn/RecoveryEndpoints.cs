using Baton.Protocol.Wire;
using Baton.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Baton.Server.Features.Sessions;

/// <summary>The way back in for who has lost the master password: the recovery key that was printed. spec/api.md.</summary>
internal static class RecoveryEndpoints
{
    public static void MapRecovery(this IEndpointRouteBuilder app)
    {
        var group = app.MapAnyoneGroup("/api/recovery");
        group.MapPost("/open", Open);
        group.MapPost("", Recover);
    }

    private static async Task<Results<Ok<RecoveryOpened>, ProblemResult>> Open(OpenRecovery request, HttpContext context, SessionStore store, RateLimits limits)
    {
        var (account, problem) = await Check(request.Email, request.RecoveryAuth, context, store, limits);
        return problem is null ? TypedResults.Ok(new RecoveryOpened(account!.Member, account.RecoveryBlob)) : problem;
    }

    private static async Task<Results<Ok<Session>, ProblemResult>> Recover(
        Recovery request, HttpContext context, SessionStore store, LiveSessions sessions, RateLimits limits)
    {
        if (NewCredentials.Fault(request.Parameters, request.AuthKey, request.NewRecoveryAuth, request.KeyBlob, request.RecoveryBlob) is { } fault)
        {
            return fault;
        }

        var (account, problem) = await Check(request.Email, request.RecoveryAuth, context, store, limits);
        if (problem is not null)
        {
            return problem;
        }

        return await sessions.Recover(context, account!, request) is { } session ? TypedResults.Ok(session) : Problems.Of(ProblemType.SignInFailed);
    }

    /// <summary>The account, when the recovery key is its own; else why not.</summary>
    private static async ValueTask<Answer<Account>> Check(string address, byte[] recoveryAuth, HttpContext context, SessionStore store, RateLimits limits)
    {
        if (!EmailAddress.TryParse(address, out var email))
        {
            return Problems.Invalid("email", "is not an e-mail address");
        }

        if (recoveryAuth.Length != Verifier.KeySize)
        {
            return Problems.Invalid("recoveryAuth", "is not 32 bytes");
        }

        if (await limits.Secret(context) is { } later)
        {
            return later;
        }

        var account = store.FindAccount(email);
        if (!(account?.Recovery ?? Verifier.Nobody).Matches(recoveryAuth) || account is not { MayEnter: true })
        {
            return Problems.Of(ProblemType.SignInFailed);
        }

        limits.GiveBackSecret(context);
        return account;
    }
}
