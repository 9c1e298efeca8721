using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Baton.Server.Features.Sessions;

/// <summary>What a member does with its own account. What would let a stranger at an unlocked screen take it over asks for the password again. spec/api.md.</summary>
internal static class AccountEndpoints
{
    public static void MapAccount(this IEndpointRouteBuilder app)
    {
        var group = app.MapMemberGroup("/api/account").AlsoAfterTrial();
        group.MapPost("/password", ChangePassword);
        group.MapPost("/recovery-key", ChangeRecoveryKey);
        group.MapPost("/name", Rename);
        group.MapGet("/sessions", List);
        group.MapDelete("/sessions/{session}", Revoke);
    }

    private static async Task<Results<Ok<Session>, ProblemResult>> ChangePassword(
        ChangePassword request, HttpContext context, CurrentMember member, PasswordProof proof, AccountStore accounts, LiveSessions sessions)
    {
        if (NewCredentials.PasswordFault(request.Parameters, request.NewAuthKey, request.KeyBlob, "newAuthKey") is { } fault)
        {
            return fault;
        }

        var (account, problem) = await proof.Check(context, member, request.AuthKey);
        if (problem is not null)
        {
            return problem;
        }

        if (request.Parameters.Salt.AsSpan().SequenceEqual(account!.Parameters.Salt))
        {
            return Problems.Invalid("parameters.salt", "is the old password's");
        }

        if (!await accounts.ChangePassword(member, account, request))
        {
            return Problems.Of(ProblemType.SignInFailed);
        }

        sessions.Ended(member.Member, session => session != member.Session);
        return TypedResults.Ok(sessions.Describe(member.Member));
    }

    private static async Task<Results<NoContent, ProblemResult>> ChangeRecoveryKey(
        ChangeRecoveryKey request, HttpContext context, CurrentMember member, PasswordProof proof, AccountStore accounts) =>
        NewCredentials.RecoveryFault(request.RecoveryAuth, request.RecoveryBlob) is { } fault ? fault
        : await proof.Check(context, member, request.AuthKey) is var (account, problem) && problem is not null ? problem
        : await accounts.ChangeRecoveryKey(member, account!, request) ? TypedResults.NoContent()
        : Problems.Of(ProblemType.SignInFailed);

    private static async Task<Results<NoContent, ProblemResult>> Rename(ChangeName request, CurrentMember member, AccountStore accounts)
    {
        if (!PersonName.TryParse(request.Name, out var name))
        {
            return Problems.Invalid("name", PersonName.Wrong);
        }

        await accounts.Rename(member, name);
        return TypedResults.NoContent();
    }

    private static Ok<LiveSessionList> List(CurrentMember member, AccountStore accounts, LiveSessions sessions) =>
        TypedResults.Ok(new LiveSessionList(sessions.StillOpen(member, accounts.SessionsOf(member))));

    private static async Task<Results<NoContent, ProblemResult>> Revoke(string session, CurrentMember member, AccountStore accounts, LiveSessions sessions)
    {
        if (!Id.TryParse(session, out var id) || !await accounts.Revoke(member, id))
        {
            return Problems.Of(ProblemType.NotFound);
        }

        sessions.Ended(member.Member, ended => ended == id);
        return TypedResults.NoContent();
    }
}
