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

    private static Results<Ok<RecoveryOpened>, ProblemResult> Open(OpenRecovery request, HttpContext context, SessionStore store, RateLimits limits)
    {
        var problem = Check(request.Email, request.RecoveryAuth, context, store, limits, out var account);
        return problem is null ? TypedResults.Ok(new RecoveryOpened(account!.Member, account.RecoveryBlob)) : problem;
    }

    private static async Task<Results<Ok<Session>, ProblemResult>> Recover(
        Recovery request, HttpContext context, SessionStore store, LiveSessions sessions, RateLimits limits)
    {
        if (NewCredentials.Fault(request.Parameters, request.AuthKey, request.NewRecoveryAuth, request.KeyBlob, request.RecoveryBlob) is { } fault)
        {
            return fault;
        }

        if (Check(request.Email, request.RecoveryAuth, context, store, limits, out var account) is { } problem)
        {
            return problem;
        }

        return await sessions.Recover(context, account!, request) is { } session ? TypedResults.Ok(session) : Problems.Of(ProblemType.SignInFailed);
    }

    /// <summary>Null, with the account, when the recovery key is the account's.</summary>
    private static ProblemResult? Check(
        string address, byte[] recoveryAuth, HttpContext context, SessionStore store, RateLimits limits, out Account? account)
    {
        account = null;
        if (!EmailAddress.TryParse(address, out var email))
        {
            return Problems.Invalid("email", "is not an e-mail address");
        }

        if (recoveryAuth.Length != Verifier.KeySize)
        {
            return Problems.Invalid("recoveryAuth", "is not 32 bytes");
        }

        if (limits.Secret(context) is { } later)
        {
            return later;
        }

        account = store.FindAccount(email);
        if (!(account?.Recovery ?? Verifier.Nobody).Matches(recoveryAuth) || account is not { MayEnter: true })
        {
            return Problems.Of(ProblemType.SignInFailed);
        }

        limits.GiveBackSecret(context);
        return null;
    }
}
