namespace Baton.Protocol.Evidence;

/// <summary>What is known of who opened a handover, in sentences. spec/evidence.md §3.</summary>
internal static class Outcome
{
    /// <summary>What is known of who opened it, one sentence a grade, and how good that is.</summary>
    public static (string Text, Tone Tone) Of(ToldHandover told, EvidenceWords words)
    {
        if (told.Grades[0] == "unopened")
        {
            return (words.SayOf("unopened", told.End?.Kind ?? "", "unopened"), Tone.Notice);
        }

        var last = told.Last;
        var displayed = told.Grades.Contains("displayed", StringComparer.Ordinal);
        string[] sentences =
        [
            told.HasPassword ? words.Say("password", ("channel", Channel(told, words))) : words.Say("link"),
            words.Say(displayed ? "displayed" : "displayed.not"),
            .. last is null ? [] : Answers(last, words),
        ];
        var bad = !displayed || (last?.Statuses.Contains("problem", StringComparer.Ordinal) ?? false);
        return (string.Join(' ', sentences), bad ? Tone.Bad : Tone.Good);
    }

    /// <summary>How the access password travelled, as the sender recorded it.</summary>
    public static string Channel(ToldHandover told, EvidenceWords words) => words.SayOf("channel", told.First("created")?.Text("channel") ?? "", "channel.none");

    /// <summary>What a receipt says of the items, by their numbers.</summary>
    public static List<string> Answers(ToldReceipt receipt, EvidenceWords words)
    {
        var sentences = new List<string>();
        foreach (var (word, problem) in new[] { ("confirmed", false), ("problem", true) })
        {
            var numbers = Enumerable.Range(1, receipt.Statuses.Count).Where(number => receipt.Statuses[number - 1] == "problem" == problem).ToList();
            if (numbers.Count > 0)
            {
                sentences.Add(words.Count(word, numbers.Count, ("list", string.Join(", ", numbers))));
            }
        }

        return sentences;
    }

    /// <summary>"This was not me", wherever it stands.</summary>
    public static string Report(ToldEntry entry, EvidenceWords words) => words.SayOf("reported", entry.Text("reason") ?? "", "reported.more");

    /// <summary>When it was taken down, or another time that it names.</summary>
    public static string TimeOf(ToldEntry entry, EvidenceWords words, string name = "time") => entry.Number(name) is { } ms ? words.Time(ms) : "–";
}
