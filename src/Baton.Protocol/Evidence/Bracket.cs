using System.Globalization;

namespace Baton.Protocol.Evidence;

/// <summary>
/// Where time stamps from outside put entries: after the last stamped checkpoint that doesn't have them yet and before the
/// first that has them all. spec/ledger.md §9.
/// </summary>
internal static class Bracket
{
    /// <summary>Lines 2 and 3 of a checkpoint's note as far as they are what they should be.</summary>
    public static (long? Size, string Root) HeadOf(string note)
    {
        var lines = note.Split('\n');
        var size = lines.Length > 1 && lines[1] is { Length: > 0 and < 16 } text && text.All(char.IsAsciiDigit) && (text[0] != '0' || text.Length == 1)
            ? long.Parse(text, CultureInfo.InvariantCulture)
            : (long?)null;
        return (size, EvidenceWords.Shown(lines.Length > 2 ? lines[2] : ""));
    }

    /// <summary>An authority's stamp in words.</summary>
    public static string StampWords(EvidenceStamp stamp, EvidenceWords words)
    {
        var authority = EvidenceWords.Shown(stamp.Authority);
        return StampTime.Read(stamp.Token) is { } ms ? words.Say("stamp", ("time", words.Time(ms)), ("authority", authority)) : words.Say("stamp.unread", ("authority", authority));
    }

    /// <summary>In one sentence.</summary>
    public static string Of(EvidenceFile file, IReadOnlyList<EvidenceEntry> entries, EvidenceWords words)
    {
        EvidenceStamp? after = null;
        EvidenceStamp? before = null;
        foreach (var (log, note, stamps) in entries.Count == 0 ? [] : file.Checkpoints)
        {
            var (first, last) = (entries[0], entries[^1]);
            if (HeadOf(note).Size is not { } size || stamps.FirstOrDefault(one => one.Renews is null && StampTime.Read(one.Token) is not null) is not { } stamp)
            {
                continue;
            }

            if (log < first.Log || (log == first.Log && size <= first.Index))
            {
                after = stamp;
            }
            else if (log > last.Log || (log == last.Log && size > last.Index))
            {
                before ??= stamp;
            }
        }

        var word = (after, before) switch { (null, null) => "none", (_, null) => "after", (null, _) => "before", _ => "both" };
        return words.Say("bracket." + word, ("after", after is null ? "" : StampWords(after, words)), ("before", before is null ? "" : StampWords(before, words)));
    }
}
