using System.Globalization;
using System.Text.RegularExpressions;

namespace Baton.Protocol.Evidence;

/// <summary>
/// When an authority says it stamped: genTime in the TSTInfo of its token (RFC 3161 §2.4.2). Read only to be told; whether
/// the token holds is a verifier's sixth step.
/// </summary>
internal static partial class StampTime
{
    private const byte GeneralizedTime = 0x18;

    // Element 1 of ContentInfo, SignedData in it, its third (encapContentInfo), … the fifth of TSTInfo.
    private static readonly int[] Path = [0, 1, 0, 2, 1, 0, 0, 4];

    /// <summary>Unix milliseconds; null for what isn't DER of a token.</summary>
    public static long? Read(ReadOnlySpan<byte> token)
    {
        var tag = 0;
        foreach (var number in Path)
        {
            if (!TryFindChild(token, number, out tag, out token))
            {
                return null;
            }
        }

        if (tag != GeneralizedTime || Form().Match(System.Text.Encoding.Latin1.GetString(token)) is not { Success: true } found)
        {
            return null;
        }

        int Part(string name) => int.Parse(found.Groups[name].Value, CultureInfo.InvariantCulture);
        var (year, month, day, hour, minute, second) = (Part("year"), Part("month"), Part("day"), Part("hour"), Part("minute"), Part("second"));
        if (year < 1970 || month is < 1 or > 12 || day is < 1 or > 31 || hour > 23 || minute > 59 || second > 59)
        {
            return null;
        }

        var fraction = int.Parse(found.Groups["fraction"].Value.PadRight(3, '0')[..3], CultureInfo.InvariantCulture);
        return (((((DaysSince1970(year, month, day) * 24) + hour) * 60) + minute) * 60_000) + (second * 1000) + fraction;
    }

    // Years that begin on the first of March, so that the leap day is the last.
    private static long DaysSince1970(int year, int month, int day)
    {
        var shifted = month > 2 ? year : year - 1;
        var dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9)) + 2) / 5) + day - 1;
        return (365L * shifted) + (shifted / 4) - (shifted / 100) + (shifted / 400) + dayOfYear - 719_468;
    }

    private static bool TryFindChild(ReadOnlySpan<byte> parent, int number, out int tag, out ReadOnlySpan<byte> content)
    {
        content = default;
        tag = 0;
        for (var rest = parent; ; number--)
        {
            if (rest.Length < 2)
            {
                return false;
            }

            tag = rest[0];
            var length = (int)rest[1];
            rest = rest[2..];
            if (length >= 0x80)
            {
                var more = length - 0x80;
                if (more is 0 or > 3 || more > rest.Length)
                {
                    return false;
                }

                length = 0;
                foreach (var digit in rest[..more])
                {
                    length = (length << 8) | digit;
                }

                rest = rest[more..];
            }

            if (length > rest.Length)
            {
                return false;
            }

            if (number == 0)
            {
                content = rest[..length];
                return true;
            }

            rest = rest[length..];
        }
    }

    [GeneratedRegex(@"\A(?<year>[0-9]{4})(?<month>[0-9]{2})(?<day>[0-9]{2})(?<hour>[0-9]{2})(?<minute>[0-9]{2})(?<second>[0-9]{2})(\.(?<fraction>[0-9]{1,9}))?Z\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
