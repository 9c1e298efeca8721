using System.Collections.Concurrent;
using System.Security.Cryptography;
using Baton.Protocol.Encoding;
using Baton.Server.Security;

namespace Baton.Server.Features.Sessions;

/// <summary>The live sessions, found by the hash of their token.</summary>
internal sealed class LiveSessions
{
    private readonly ConcurrentDictionary<string, CurrentMember> live = new(StringComparer.Ordinal);

    public static string CookieName(HttpContext context) => context.Request.IsHttps ? "__Host-baton" : "baton";

    public CurrentMember? Find(HttpContext context) =>
        context.Request.Cookies[CookieName(context)] is { Length: 43 } token && live.TryGetValue(Hash(token), out var member) ? member : null;

    /// <summary>Opens a session; gives its token.</summary>
    public string Open(CurrentMember member)
    {
        var token = Base64Url.Encode(RandomNumberGenerator.GetBytes(32));
        live[Hash(token)] = member;
        return token;
    }

    private static string Hash(string token) => Convert.ToHexString(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(token)));
}
