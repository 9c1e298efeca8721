using System.Text;
using System.Web;

namespace Baton.Cli.Import.Kdbx;

/// <summary>
/// One-time-code seeds as KeePass programs keep them: KeePassXC's <c>otp</c> (an address, or <c>key=…&amp;step=…&amp;size=…</c> of
/// the older plugin), <c>TOTP Seed</c> with <c>TOTP Settings</c>, and KeePass's own <c>TimeOtp-…</c>.
/// </summary>
internal static class KdbxTotp
{
    private static readonly string[] Names =
    [
        "otp", "TOTP Seed", "TOTP Settings", "TimeOtp-Secret", "TimeOtp-Secret-Hex", "TimeOtp-Secret-Base32", "TimeOtp-Secret-Base64",
        "TimeOtp-Period", "TimeOtp-Length", "TimeOtp-Algorithm",
    ];

    /// <summary>Takes the seed out of an entry's values; what no codes can be made of stays with them.</summary>
    public static string? Take(Dictionary<string, string> values, string title)
    {
        var totp = Read(values, title);
        if (totp is not null)
        {
            foreach (var name in Names)
            {
                values.Remove(name);
            }
        }

        return totp;
    }

    private static string? Read(Dictionary<string, string> values, string title)
    {
        if (values.GetValueOrDefault("otp") is { Length: > 0 } otp)
        {
            var query = HttpUtility.ParseQueryString(otp);
            return otp.StartsWith("key=", StringComparison.Ordinal) ? Address(query["key"], query["step"], query["size"], query["otpHashMode"], title) : Totp.Normalize(otp, title);
        }

        if (values.GetValueOrDefault("TOTP Seed") is { Length: > 0 } seed)
        {
            var settings = values.GetValueOrDefault("TOTP Settings")?.Split(';') ?? [];
            return Address(seed, settings.ElementAtOrDefault(0), settings.ElementAtOrDefault(1), null, title);
        }

        return Secret(values) is { } secret
            ? Address(secret, values.GetValueOrDefault("TimeOtp-Period"), values.GetValueOrDefault("TimeOtp-Length"), values.GetValueOrDefault("TimeOtp-Algorithm"), title)
            : null;
    }

    private static string? Secret(Dictionary<string, string> values)
    {
        string? Of(string encoding) => values.GetValueOrDefault("TimeOtp-Secret" + encoding) is { Length: > 0 } secret ? secret.Trim() : null;
        return Of("-Base32") is { } base32 ? base32
            : Of("-Hex") is { } hex && hex.Length % 2 == 0 && hex.All(char.IsAsciiHexDigit) ? Base32.Encode(Convert.FromHexString(hex))
            : Of("-Base64") is { } base64 && Base64.TryDecode(base64, out var bytes) ? Base32.Encode(bytes)
            : Of("") is { } text ? Base32.Encode(Encoding.UTF8.GetBytes(text))
            : null;
    }

    private static string? Address(string? secret, string? period, string? digits, string? algorithm, string title) => Totp.Normalize(
        $"otpauth://totp/?secret={Uri.EscapeDataString(secret ?? "")}&period={Uri.EscapeDataString(period ?? "")}&digits={Uri.EscapeDataString(digits ?? "")}&algorithm={Uri.EscapeDataString(algorithm ?? "")}",
        title);
}
