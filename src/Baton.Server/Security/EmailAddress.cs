using System.Diagnostics.CodeAnalysis;

namespace Baton.Server.Security;

/// <summary>An e-mail address as an account's name: trimmed, lower case, compared as it stands. Whether mail arrives there is not asked.</summary>
internal static class EmailAddress
{
    private const int MaxLength = 254;

    public static bool TryParse(string text, [NotNullWhen(true)] out string? address)
    {
        address = text.Trim().ToLowerInvariant();
        var at = address.IndexOf('@', StringComparison.Ordinal);
        if (at > 0 && at == address.LastIndexOf('@') && at < address.Length - 1 && address.Length <= MaxLength
            && !address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || char.IsSurrogate(c)))
        {
            return true;
        }

        address = null;
        return false;
    }
}
