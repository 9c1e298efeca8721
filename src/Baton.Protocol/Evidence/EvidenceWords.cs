using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Baton.Protocol.Evidence;

/// <summary>What evidence says, in three languages. The words are shared with the TypeScript twin: spec/evidence/. Times are UTC.</summary>
internal sealed class EvidenceWords
{
    // The last millisecond of the year 9999.
    private const long LastTime = 253_402_300_799_999;
    private const long Day = 86_400_000;

    private static readonly FrozenDictionary<string, EvidenceWords> Languages =
        new[] { "en", "pl", "de" }.ToFrozenDictionary(language => language, language => new EvidenceWords(language), StringComparer.Ordinal);

    private readonly string language;
    private readonly FrozenDictionary<string, string[]> texts;

    private EvidenceWords(string language)
    {
        this.language = language;
        using var words = JsonDocument.Parse(Resource(language + ".json"));
        texts = words.RootElement.EnumerateObject().ToFrozenDictionary(
            text => text.Name,
            text => text.Value.ValueKind == JsonValueKind.Array ? [.. text.Value.EnumerateArray().Select(form => form.GetString()!)] : new[] { text.Value.GetString()! },
            StringComparer.Ordinal);
    }

    /// <summary>The words of one of the languages; of English for any other.</summary>
    public static EvidenceWords In(string language) => Languages.TryGetValue(language, out var words) ? words : Languages["en"];

    /// <summary>A file of spec/evidence.</summary>
    public static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(EvidenceWords).Assembly.GetManifestResourceStream("evidence/" + name)!);
        return reader.ReadToEnd();
    }

    /// <summary>Texts from outside: signs that can't be seen, break a line or turn the reading direction are named, other directions kept to themselves.</summary>
    public static string Shown(string text)
    {
        var named = new StringBuilder(text.Length);
        var turns = false;
        foreach (var sign in text)
        {
            if (IsUnseen(sign))
            {
                named.Append(CultureInfo.InvariantCulture, $"⟨U+{(int)sign:X4}⟩");
                continue;
            }

            turns |= sign is (>= '\u0590' and <= '\u08ff') or '\ud802' or '\ud803' or '\ud83a' or '\ud83b' or (>= '\ufb1d' and <= '\ufdff') or (>= '\ufe70' and <= '\ufefc');
            named.Append(sign);
        }

        return turns ? $"\u2068{named}\u2069" : named.ToString();
    }

    /// <summary>2026-11-23 12:23:45; a number that is no time stays one.</summary>
    public static string ShortTime(long ms)
    {
        if (ms is < 0 or > LastTime)
        {
            return ms.ToString(CultureInfo.InvariantCulture);
        }

        var (year, month, day) = Date(ms);
        return string.Create(CultureInfo.InvariantCulture, $"{year:D4}-{month:D2}-{day:D2} {Clock(ms)}");
    }

    public string Say(string word, params ReadOnlySpan<(string Name, object Value)> values) => Fill(texts[word][0], values);

    /// <summary>The text of this name, or of another where there is none; names from outside may be anything.</summary>
    public string SayOf(string group, string name, string otherwise) => texts.TryGetValue($"{group}.{name}", out var text) ? text[0] : texts[otherwise][0];

    public string Count(string word, long n, params ReadOnlySpan<(string Name, object Value)> values) => Fill(texts[word][Form(n)], [("n", n), .. values]);

    /// <summary>In words; a number that is no time stays one.</summary>
    public string Time(long ms)
    {
        if (ms is < 0 or > LastTime)
        {
            return ms.ToString(CultureInfo.InvariantCulture);
        }

        var (year, month, day) = Date(ms);
        return Say("time", ("day", day), ("month", texts["months"][month - 1]), ("year", year), ("clock", Clock(ms)));
    }

    /// <summary>As somebody typed it.</summary>
    public string Quote(string text) => Say("quote", ("text", Shown(text)));

    private int Form(long n) => n == 1 ? 0 : language != "pl" || (n % 10 is > 1 and < 5 && n % 100 is not (> 11 and < 15)) ? 1 : 2;

    private static bool IsUnseen(char sign) =>
        sign is < ' ' or (>= '\u007f' and <= '\u009f') or '\u061c' or '\u200e' or '\u200f' or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\ufeff';

    // Values are put in once: what comes from outside may look like a place for another.
    private static string Fill(string text, ReadOnlySpan<(string Name, object Value)> values)
    {
        var filled = new StringBuilder();
        var at = 0;
        while (text.IndexOf('{', at) is >= 0 and var open)
        {
            var close = text.IndexOf('}', open);
            filled.Append(text, at, open - at);
            var name = text[(open + 1)..close];
            foreach (var (known, value) in values)
            {
                if (known == name)
                {
                    filled.Append(CultureInfo.InvariantCulture, $"{value}");
                }
            }

            at = close + 1;
        }

        return filled.Append(text, at, text.Length - at).ToString();
    }

    private static string Clock(long ms)
    {
        var second = ms % Day / 1000;
        return string.Create(CultureInfo.InvariantCulture, $"{second / 3600:D2}:{second / 60 % 60:D2}:{second % 60:D2}");
    }

    // Days since 1970 to a date of the Gregorian calendar; eras of 400 years begin on the first of March.
    private static (long Year, int Month, int Day) Date(long ms)
    {
        var days = (ms / Day) + 719_468;
        var era = days / 146_097;
        var dayOfEra = days % 146_097;
        var yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        var dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var shifted = ((5 * dayOfYear) + 2) / 153;
        var month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
        return ((era * 400) + yearOfEra + (month <= 2 ? 1 : 0), month, (int)(dayOfYear - (((153 * shifted) + 2) / 5) + 1));
    }
}
