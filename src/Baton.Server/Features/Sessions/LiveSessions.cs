using System.Collections.Concurrent;
using System.Security.Cryptography;
using Baton.Protocol;
using Baton.Protocol.Encoding;
using Baton.Protocol.Wire;
using Baton.Server.Security;

namespace Baton.Server.Features.Sessions;

/// <summary>
/// The sessions in use, in memory, so that a request costs a hash and a look-up. The database is the truth: what is not here is looked up
/// there, and what ends, ends here in the same breath. Where other nodes write too, memory only spares reading the member: each request asks
/// the database whether anything has changed. A token is 32 random bytes; only its SHA-256 is kept.
/// </summary>
internal sealed class LiveSessions(SessionStore store, SessionLimits limits, TimeProvider clock)
{
    private const int UserAgentMost = 256;

    /// <summary>Other nodes know of a use that much later at most, in milliseconds.</summary>
    private const long UseKnownElsewhere = 10_000;

    private readonly ConcurrentDictionary<Id, Live> live = new();

    /// <summary>Counts endings, so that a look-up that overlapped one is done again.</summary>
    private long endings;

    private sealed class Live(CurrentMember member, CancellationTokenSource ended, SessionRow row)
    {
        private long usedAt = row.UsedAt;
        private long writtenAt = row.UsedAt;

        public CurrentMember Member => member;

        public SessionRow Row => row;

        public long UsedAt => Volatile.Read(ref usedAt);

        /// <summary>True when it is worth writing down: once in <paramref name="each"/>.</summary>
        public bool Use(long now, long each)
        {
            Volatile.Write(ref usedAt, now);
            var written = Volatile.Read(ref writtenAt);
            return now - written >= each
                && Interlocked.CompareExchange(ref writtenAt, now, written) == written;
        }

        public void End()
        {
            ended.Cancel();
            ended.Dispose();
        }
    }

    /// <summary>On https the name itself makes browsers insist on Secure and on no other host; spec/api.md, "Members".</summary>
    public static string CookieName(HttpContext context) => context.Request.IsHttps ? "__Host-baton" : "baton";

    /// <inheritdoc cref="FindMember" />
    public CurrentMember? Find(HttpContext context)
    {
        if (!Base64Url.TryDecode(context.Request.Cookies[CookieName(context)], out var token) || token.Length != 32)
        {
            return null;
        }

        var hash = SHA256.HashData(token);
        return store.IsShared ? FindShared(hash) : Get(hash) is { } session ? Use(session, session.UsedAt, limits.Of(session.Row.Organization)) : null;
    }

    /// <summary>The database is asked after memory, so that what is believed is never older than the request.</summary>
    private CurrentMember? FindShared(byte[] hash)
    {
        while (Get(hash) is { } session)
        {
            if (store.Now(hash) is not { } now)
            {
                Forget(hash);
                return null;
            }

            if (now.Changes == session.Row.Changes)
            {
                return Use(session, Math.Max(now.UsedAt, session.UsedAt), limits.Of(now.Idle, now.Life));
            }

            Forget(hash);
        }

        return null;
    }

    private CurrentMember? Use(Live session, long usedAt, (long Idle, long Life) most)
    {
        var now = Now();
        if (SessionLimits.IsOver(most, session.Row.CreatedAt, usedAt, now))
        {
            Forget(session.Row.TokenHash);
            return null;
        }

        if (session.Use(now, store.IsShared ? Math.Min(most.Idle / 10, UseKnownElsewhere) : most.Idle / 10))
        {
            _ = WriteUsed(session.Row.TokenHash, now);
        }

        return session.Member;
    }

    /// <summary>
    /// Another node changed somebody's role, rights or sessions: of those who listen here it is looked up, and what they listen to ends now.
    /// Everybody else is looked up at the next request.
    /// </summary>
    public void Recheck(IReadOnlySet<Id> members)
    {
        foreach (var session in live.Values.Where(session => members.Contains(session.Row.Member)))
        {
            if (store.Now(session.Row.TokenHash) is not { } now || now.Changes != session.Row.Changes)
            {
                Forget(session.Row.TokenHash);
            }
        }
    }

    /// <summary>Opens a session under a new token, whatever cookie came; null when the password changed meanwhile.</summary>
    public async Task<Session?> Open(HttpContext context, Id member, byte[]? proved)
    {
        var (session, token) = Make(context);
        if (!await store.Open(session, member, proved, Now()))
        {
            return null;
        }

        SetCookie(context, token);
        return Describe(member);
    }

    /// <summary>Recovery: the member's other sessions end with it. Null when the recovery key had been used.</summary>
    public async Task<Session?> Recover(HttpContext context, Account account, Recovery request)
    {
        var (session, token) = Make(context);
        if (!await store.Recover(account, request, session, Now()))
        {
            return null;
        }

        ForgetAll(account.Member);
        SetCookie(context, token);
        return Describe(account.Member);
    }

    /// <summary>What a client gets at sign-in and after a reload.</summary>
    public Session Describe(Id member)
    {
        var session = store.Describe(member, Now());
        return session with { IdleSeconds = (int)(limits.Of(session.Organization.Id).Idle / 1000) };
    }

    /// <summary>Sessions that are not over, each as it was last used: a use is known here before it is written down.</summary>
    public IReadOnlyList<LiveSession> StillOpen(CurrentMember member, IEnumerable<LiveSession> written)
    {
        var used = live.Values.Where(session => session.Row.Member == member.Member).ToDictionary(session => session.Row.Session, session => session.UsedAt);
        var now = Now();
        return
        [
            .. written.Select(session => used.TryGetValue(session.Session, out var at) ? session with { UsedAt = at } : session)
                .Where(session => !limits.IsOver(member.Organization, session.CreatedAt, session.UsedAt, now)),
        ];
    }

    /// <summary>The member's session has been ended in the database.</summary>
    public void Ended(Id member, Func<Id, bool> which) => ForgetWhere(session => session.Member == member && which(session.Session));

    public async Task End(HttpContext context, CurrentMember member)
    {
        await store.End(member, Now());
        ForgetWhere(session => session.Session == member.Session);
        DeleteCookie(context);
    }

    public async Task EndAll(HttpContext context, CurrentMember member)
    {
        await store.EndAll(member, Now());
        ForgetAll(member.Member);
        DeleteCookie(context);
    }

    /// <summary>What is kept of the member here is not so any more: its next request reads it anew, and what it listens to ends now.</summary>
    public void Reload(Id member) => ForgetAll(member);

    /// <summary>Sessions that ran out, here and in the database.</summary>
    public Task Sweep()
    {
        var now = Now();
        foreach (var session in live.Values.Where(session => IsOver(session, now)))
        {
            Forget(session.Row.TokenHash);
        }

        return store.Sweep(now, limits.Most.Life, limits.Most.Idle);
    }

    private bool IsOver(Live session, long now) => limits.IsOver(session.Row.Organization, session.Row.CreatedAt, session.UsedAt, now);

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Half of the hash is enough to tell live sessions apart; guessing it is as hard as guessing any id.</summary>
    private static Id KeyOf(byte[] hash) => new(hash.AsSpan(0, Id.Size));

    private Live? Get(byte[] hash)
    {
        while (true)
        {
            if (live.TryGetValue(KeyOf(hash), out var there))
            {
                return there;
            }

            var before = Interlocked.Read(ref endings);
            if (store.Find(hash) is not { } row)
            {
                return null;
            }

            var ended = new CancellationTokenSource();
            var member = new CurrentMember(row.Session, row.Member, row.Organization, row.Name, row.Role, row.Rights, ended.Token) { IsPending = row.IsPending };
            var made = new Live(member, ended, row);
            if (!live.TryAdd(KeyOf(hash), made))
            {
                made.End();
                continue;
            }

            // An ending between the look-up and the line above would have found nothing to forget here.
            if (Interlocked.Read(ref endings) == before)
            {
                return made;
            }

            Forget(hash);
        }
    }

    private void ForgetAll(Id member) => ForgetWhere(session => session.Member == member);

    private void ForgetWhere(Func<SessionRow, bool> which)
    {
        Interlocked.Increment(ref endings);
        foreach (var session in live.Values.Where(session => which(session.Row)))
        {
            Forget(session.Row.TokenHash);
        }
    }

    private void Forget(byte[] hash)
    {
        if (live.TryRemove(KeyOf(hash), out var session))
        {
            session.End();
        }
    }

    private async Task WriteUsed(byte[] hash, long now)
    {
        try
        {
            await store.Used(hash, now);
        }
        catch (Exception failure) when (failure is Storage.StoreBusyException or ObjectDisposedException or IOException or System.Data.Common.DbException)
        {
            // The next use writes it; at worst the session ends early.
        }
    }

    private static (NewSession Session, string Token) Make(HttpContext context)
    {
        var token = RandomNumberGenerator.GetBytes(32);
        var id = new Id(RandomNumberGenerator.GetBytes(Id.Size));
        return (new NewSession(id, SHA256.HashData(token), RequestOrigin.Address(context).ToString(), UserAgent(context)), Base64Url.Encode(token));
    }

    /// <summary>As the browser names itself, as far as it is readable and short.</summary>
    private static string? UserAgent(HttpContext context)
    {
        var text = new string([.. context.Request.Headers.UserAgent.ToString().Where(c => !char.IsControl(c)).Take(UserAgentMost)]);
        return text.Length == 0 ? null : text;
    }

    private static void SetCookie(HttpContext context, string token) => context.Response.Cookies.Append(CookieName(context), token, Cookie(context));

    private static void DeleteCookie(HttpContext context) => context.Response.Cookies.Delete(CookieName(context), Cookie(context));

    private static CookieOptions Cookie(HttpContext context) =>
        new() { HttpOnly = true, Secure = context.Request.IsHttps, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true };
}
