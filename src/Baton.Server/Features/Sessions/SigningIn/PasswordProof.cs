using Baton.Protocol.Wire;
using Baton.Server.Security;

namespace Baton.Server.Features.Sessions;

/// <summary>
/// Whether a master password is an account's: at sign-in, and again before what only its owner may do. Counted and throttled in one place,
/// and nothing here tells whether an account exists or is suspended, by answer or by time.
/// </summary>
internal sealed class PasswordProof(SessionStore store, SignInThrottle throttle, SessionUpkeep upkeep)
{
    /// <summary>The account, when the key is its own; else why not.</summary>
    public async ValueTask<Answer<Account>> Check(HttpContext context, string email, byte[] authKey)
    {
        if (authKey.Length != Verifier.KeySize)
        {
            return Problems.Invalid("authKey", "is not 32 bytes");
        }

        if (await throttle.Begin(context, email) is { } later)
        {
            return later;
        }

        var found = store.FindAccount(email);
        if (!(found?.Auth ?? Verifier.Nobody).Matches(authKey) || found is not { MayEnter: true })
        {
            if (found is not null)
            {
                upkeep.Failed(email, found);
            }

            return Problems.Of(ProblemType.SignInFailed);
        }

        throttle.Succeeded(context, email);
        return found;
    }

    /// <summary>The same for the account of a session.</summary>
    public async ValueTask<Answer<Account>> Check(HttpContext context, CurrentMember member, byte[] authKey) =>
        store.EmailOf(member.Member) is { } email ? await Check(context, email, authKey) : Problems.Of(ProblemType.SignInRequired);
}
