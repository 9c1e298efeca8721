using Baton.Protocol.Wire;
using Baton.Server.Security;

namespace Baton.Server.Features.Sessions;

/// <summary>
/// Whether a master password is an account's: at sign-in, and again before what only its owner may do. Counted and throttled in one place,
/// and nothing here tells whether an account exists or is suspended, by answer or by time.
/// </summary>
internal sealed class PasswordProof(SessionStore store, SignInThrottle throttle, SessionUpkeep upkeep)
{
    /// <summary>Null, with the account, when the key is the account's.</summary>
    public ProblemResult? Check(HttpContext context, string email, byte[] authKey, out Account? account)
    {
        account = null;
        if (authKey.Length != Verifier.KeySize)
        {
            return Problems.Invalid("authKey", "is not 32 bytes");
        }

        if (throttle.Begin(context, email) is { } later)
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
        account = found;
        return null;
    }

    /// <summary>The same for the account of a session.</summary>
    public ProblemResult? Check(HttpContext context, CurrentMember member, byte[] authKey, out Account? account)
    {
        account = null;
        return store.EmailOf(member.Member) is { } email ? Check(context, email, authKey, out account) : Problems.Of(ProblemType.SignInRequired);
    }
}
