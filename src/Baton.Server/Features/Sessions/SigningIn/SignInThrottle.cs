using System.Security.Cryptography;
using System.Text;
using Baton.Protocol.Encoding;
using Baton.Protocol.Wire;
using Baton.Server.Security;

namespace Baton.Server.Features.Sessions;

/// <summary>
/// Wrong passwords are counted by account and by address. A browser that has signed in to the account before carries a device cookie
/// and is counted by itself instead: strangers who use up the account's budget don't lock its owner out. Accounts that don't exist have
/// budgets like any other.
/// </summary>
internal sealed class SignInThrottle(BatonOptions settings, ServerKey key, RateLimits limits, HourlyBudgets hourly)
{
    private const int DeviceSize = 16;

    private readonly IBudget accounts = hourly.Of("account", settings.SignInFailuresPerHour);

    /// <summary>Spends an attempt before anything is looked at, so that parallel guesses can't overrun the budget. Null when it may go on.</summary>
    public async ValueTask<ProblemResult?> Begin(HttpContext context, string email)
    {
        var device = DeviceOf(context, email);
        if (device is null && await limits.Secret(context) is { } tooMany)
        {
            return tooMany;
        }

        if (await accounts.Spend(AccountKey(device, email)) is not { } wait)
        {
            return null;
        }

        if (device is null)
        {
            limits.GiveBackSecret(context);
        }

        return Problems.TryLater(ProblemType.TooManyRequests, wait);
    }

    /// <summary>The attempt was right after all: it costs nothing.</summary>
    public void Succeeded(HttpContext context, string email)
    {
        var device = DeviceOf(context, email);
        accounts.GiveBack(AccountKey(device, email));
        if (device is null)
        {
            limits.GiveBackSecret(context);
        }
    }

    /// <summary>From now on this browser is known for this account.</summary>
    public void Remember(HttpContext context, string email)
    {
        if (DeviceOf(context, email) is null)
        {
            var device = RandomNumberGenerator.GetBytes(DeviceSize);
            context.Response.Cookies.Append(CookieName(context), Base64Url.Encode([.. device, .. Proof(device, email)]), new CookieOptions
            {
                HttpOnly = true,
                Secure = context.Request.IsHttps,
                SameSite = SameSiteMode.Strict,
                Path = "/",
                MaxAge = TimeSpan.FromDays(400),
                IsEssential = true,
            });
        }
    }

    private static string CookieName(HttpContext context) => LiveSessions.CookieName(context) + "-device";

    private static byte[] AccountKey(byte[]? device, string email) => [.. device ?? [], .. Encoding.UTF8.GetBytes(email)];

    /// <summary>The device's id, when the cookie was made here for this very account.</summary>
    private byte[]? DeviceOf(HttpContext context, string email) =>
        Base64Url.TryDecode(context.Request.Cookies[CookieName(context)], out var cookie)
        && cookie.Length == 2 * DeviceSize
        && CryptographicOperations.FixedTimeEquals(cookie.AsSpan(DeviceSize), Proof(cookie[..DeviceSize], email))
            ? cookie[..DeviceSize]
            : null;

    private byte[] Proof(byte[] device, string email) => key.Tag("device", Base64Url.Encode(device) + "\0" + email)[..DeviceSize];
}
