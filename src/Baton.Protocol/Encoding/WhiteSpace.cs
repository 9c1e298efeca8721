namespace Baton.Protocol.Encoding;

/// <summary>Unicode's White_Space property as of Unicode 15: neither .NET's nor JavaScript's notion. spec/keys.md §4.</summary>
public static class WhiteSpace
{
    /// <summary>Whether the character is white space.</summary>
    public static bool Contains(char character) => character switch
    {
        >= '\u0009' and <= '\u000D' => true,
        '\u0020' or '\u0085' or '\u00A0' or '\u1680' => true,
        >= '\u2000' and <= '\u200A' => true,
        '\u2028' or '\u2029' or '\u202F' or '\u205F' or '\u3000' => true,
        _ => false,
    };
}
