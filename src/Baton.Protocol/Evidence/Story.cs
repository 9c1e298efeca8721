using System.Globalization;

namespace Baton.Protocol.Evidence;

/// <summary>What is known of who opened one handover.</summary>
/// <param name="Grades">From the weakest on; all of them hold together.</param>
public sealed record Graded(Id Handover, IReadOnlyList<string> Grades, string Words);

/// <summary>What a piece of evidence says, told from its machine part and nothing else. spec/evidence.md §2, §3.</summary>
/// <param name="First">The line above everything.</param>
public sealed record Story(string Language, string Title, string First, IReadOnlyList<Graded> Graded, IReadOnlyList<StoryPart> Parts)
{
    private static readonly string[] OverviewColumns = ["number", "handover", "recipient", "created", "items", "known"];
    private static readonly string[] CheckpointColumns = ["log", "size", "root", "stamps"];
    private static readonly string[] LimitWords = ["first", "limits.outside", "limits.left", "limits.person", "limits.clock", "limits.after"];

    /// <summary>Tells it in the file's own language, or in the reader's.</summary>
    public static Story Of(EvidenceFile file, string? language = null)
    {
        var words = EvidenceWords.In(language ?? file.Language);
        var told = file.Handovers.Select(handover => new ToldHandover(handover)).ToList();
        var many = told.Count != 1;
        var kind = words.Say(file.Kind == "recipient" ? "kind.recipient" : many ? "kind.many" : "kind.one");
        return new Story(
            language ?? file.Language,
            string.IsNullOrEmpty(file.Title) ? kind : $"{kind}: {EvidenceWords.Shown(file.Title)}",
            words.Say("first"),
            [.. file.Handovers.Zip(told, (handover, one) => new Graded(handover.Handover, one.Grades, Outcome.Of(one, words).Text))],
            [
                Head(file, told, kind, words),
                .. many ? [Overview(file, told, words)] : Array.Empty<StoryPart>(),
                .. file.Handovers.Select((handover, i) => new HandoverStory(file, handover, told[i], words).Part(many ? i + 1 : 0)),
                Limits(words),
                Check(file, words),
                Appendix(file, words),
            ]);
    }

    private static StoryPart Head(EvidenceFile file, List<ToldHandover> told, string kind, EvidenceWords words)
    {
        var titled = !string.IsNullOrEmpty(file.Title);
        var composed = file.Composer is null
            ? words.Say("composed.page", ("time", words.Time(file.Composed)))
            : words.Say("composed.by", ("time", words.Time(file.Composed)), ("name", EvidenceWords.Shown(file.Composer.Name)));
        StoryFact Fact(string word, string text) => new(words.Say(word), new StoryCell(text));
        return new StoryPart("head",
        [
            .. titled ? [new StoryBlock.Paragraph(kind, Tone.Soft)] : Array.Empty<StoryBlock>(),
            new StoryBlock.Heading(1, titled ? EvidenceWords.Shown(file.Title!) : kind),
            new StoryBlock.Facts(
            [
                Fact("organization", EvidenceWords.Shown(file.Organization.Name)),
                Fact("composed", composed),
                Fact("contains", $"{words.Count("handovers", told.Count)}, {words.Count("items", told.Sum(one => one.Items.Count))}"),
                Fact("server", EvidenceWords.Shown(file.Server)),
            ]),
        ]);
    }

    // One line a handover.
    private static StoryPart Overview(EvidenceFile file, List<ToldHandover> told, EvidenceWords words)
    {
        var rows = file.Handovers.Zip(told).Select((pair, i) => (IReadOnlyList<StoryCell>)
        [
            new StoryCell($"{i + 1}"),
            new StoryCell(string.IsNullOrEmpty(pair.First.Title) ? pair.First.Handover.ToString() : EvidenceWords.Shown(pair.First.Title)),
            new StoryCell(pair.First.Recipient is null ? "–" : EvidenceWords.Shown(pair.First.Recipient.Name)),
            new StoryCell(pair.Second.First("created")?.Number("time") is { } created ? EvidenceWords.ShortTime(created) : "–"),
            new StoryCell($"{pair.Second.Items.Count}"),
            Known(pair.Second, words),
        ]);
        string[] columns = [.. OverviewColumns.Select(name => words.Say("column." + name))];
        return new StoryPart("overview", [new StoryBlock.Heading(2, words.Say("overview")), new StoryBlock.Table(columns, 1, [.. rows])]);
    }

    private static StoryCell Known(ToldHandover told, EvidenceWords words)
    {
        IEnumerable<string> said = told.Reports.Select(entry => words.Say(entry.Text("reason") == "not-me" ? "known.reported" : "known.more"));
        string[] problem = told.Last?.Statuses.Contains("problem", StringComparer.Ordinal) ?? false ? [words.Say("known.problem")] : [];
        string[] ended = told.End is null ? [] : [words.SayOf("end", told.End.Kind, "end.void")];
        string[] known = [string.Join(' ', told.Grades.Select(grade => words.Say("known." + grade))), .. ended, .. problem, .. said.Distinct(StringComparer.Ordinal)];
        return new StoryCell(string.Join("; ", known), told.Reports.Count > 0 ? Tone.Bad : Outcome.Of(told, words).Tone);
    }

    private static StoryPart Limits(EvidenceWords words) => new("limits",
    [
        new StoryBlock.Heading(2, words.Say("limits")),
        new StoryBlock.Points([.. LimitWords.Select(word => words.Say(word))]),
    ]);

    private static StoryPart Check(EvidenceFile file, EvidenceWords words) => new("check",
    [
        new StoryBlock.Heading(2, words.Say("check")),
        new StoryBlock.Paragraph(words.Say("check.file")),
        new StoryBlock.Paragraph(words.Say("check.page", ("server", EvidenceWords.Shown(file.Server)))),
        new StoryBlock.Paragraph(words.Say("check.command")),
        new StoryBlock.Exact("baton evidence verify FILE --key KEY"),
        new StoryBlock.Paragraph(words.Say("check.key")),
    ]);

    private static StoryPart Appendix(EvidenceFile file, EvidenceWords words)
    {
        var openings = file.Openings.Select(opening => new ToldEntry(opening)).Select(entry => new StoryBlock.Paragraph(words.Say(
            "opening", ("origin", entry.Text("origin") ?? "–"), ("time", Outcome.TimeOf(entry, words)), ("reason", words.Quote(entry.Text("reason") ?? "")))));
        var checkpoints = file.Checkpoints.Select(checkpoint =>
        {
            var (size, root) = Bracket.HeadOf(checkpoint.Note);
            var stamps = checkpoint.Stamps.Select(stamp => stamp.Renews is null ? Bracket.StampWords(stamp, words) : words.Say("renewal", ("stamp", Bracket.StampWords(stamp, words))));
            return (IReadOnlyList<StoryCell>)
            [
                new StoryCell($"{checkpoint.Log + 1}"),
                new StoryCell(size?.ToString(CultureInfo.InvariantCulture) ?? "–"),
                new StoryCell(root, Exact: true),
                new StoryCell(checkpoint.Stamps.Count == 0 ? "–" : string.Join('\n', stamps)),
            ];
        });
        string[] columns = [.. CheckpointColumns.Select(name => words.Say("column." + name))];
        return new StoryPart("appendix",
        [
            new StoryBlock.Heading(2, words.Say("appendix")),
            new StoryBlock.Heading(3, words.Say("keys")),
            new StoryBlock.Facts([.. file.Logs.Select(log => new StoryFact(EvidenceWords.Shown(log.Origin), new StoryCell(EvidenceWords.Shown(log.Key), Exact: true)))]),
            .. openings,
            new StoryBlock.Heading(3, words.Say("checkpoints")),
            new StoryBlock.Table(columns, 2, [.. checkpoints]),
            new StoryBlock.Facts(
            [
                new StoryFact(words.Say("cards"), new StoryCell($"{file.Roster.Count}")),
                new StoryFact(words.Say("signature"), new StoryCell(Encoding.Base64Url.Encode(file.Signature), Exact: true)),
            ]),
        ]);
    }
}
