using System.Globalization;
using System.Text.RegularExpressions;

namespace Baton.Cli.Import;

/// <summary>One-time-code seeds as people have them, as the <c>otpauth://totp/</c> address of spec/handover.md §2.</summary>
internal static partial class Totp
{
    /// <summary>The address; null for counters, Steam and anything that is no seed.</summary>
    public static string? Normalize(string text, string label)
    {
        var trimmed = text.Trim();
        if (!trimmed.StartsWith("otpauth://", StringComparison.OrdinalIgnoreCase))
        {
            return Build(label, trimmed, null, null, null);
        }

        var parts = Address().Match(trimmed);
        if (!parts.Success)
        {
            return null;
        }

        var given = parts.Groups["query"].Value.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .DistinctBy(pair => pair[0], StringComparer.Ordinal)
            .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]), StringComparer.Ordinal);
        var name = Uri.UnescapeDataString(parts.Groups["label"].Value);
        return given.ContainsKey("encoder")
            ? null
            : Build(
                name.Length > 0 ? name : label, given.GetValueOrDefault("secret") ?? "",
                given.GetValueOrDefault("algorithm"), given.GetValueOrDefault("digits"), given.GetValueOrDefault("period"));
    }

    private static string? Build(string label, string secret, string? algorithm, string? digits, string? period)
    {
        var seed = Ignored().Replace(secret, "").TrimEnd('=').ToUpperInvariant();
        var hash = string.IsNullOrEmpty(algorithm) ? "SHA1" : "SHA" + Family().Replace(algorithm.ToUpperInvariant(), "");
        var length = Number(digits, 6);
        var step = Number(period, 30);
        if (!Seed().IsMatch(seed) || hash is not ("SHA1" or "SHA256" or "SHA512") || length is < 6 or > 8 || step is < 5 or > 600)
        {
            return null;
        }

        var query = "secret=" + seed
            + (hash == "SHA1" ? "" : "&algorithm=" + hash)
            + (length == 6 ? "" : string.Create(CultureInfo.InvariantCulture, $"&digits={length}"))
            + (step == 30 ? "" : string.Create(CultureInfo.InvariantCulture, $"&period={step}"));
        return $"otpauth://totp/{Uri.EscapeDataString(label)}?{query}";
    }

    private static int Number(string? text, int otherwise) =>
        string.IsNullOrEmpty(text) ? otherwise : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    [GeneratedRegex("^otpauth://totp/(?<label>[^?#]*)(\\?(?<query>[^#]*))?", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Address();

    [GeneratedRegex("^[A-Z2-7]{8,}$")]
    private static partial Regex Seed();

    [GeneratedRegex("[\\s-]")]
    private static partial Regex Ignored();

    [GeneratedRegex("^(HMAC-?)?SHA-?", RegexOptions.ExplicitCapture)]
    private static partial Regex Family();
}
