using System.Diagnostics.CodeAnalysis;

namespace Baton.Server.Security;

/// <summary>A name of a member or an organization: one line, 1 to 200 characters, trimmed.</summary>
internal static class PersonName
{
    public const string Wrong = "is empty, too long or holds control characters";

    private const int MaxLength = 200;

    public static bool TryParse(string text, [NotNullWhen(true)] out string? name)
    {
        name = text.Trim();
        if (name.Length is > 0 and <= MaxLength && !text.Any(char.IsControl))
        {
            return true;
        }

        name = null;
        return false;
    }
}
