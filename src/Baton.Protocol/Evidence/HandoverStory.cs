using System.Globalization;

namespace Baton.Protocol.Evidence;

/// <summary>One handover: who handed what to whom, what is known of its opening, and what happened when.</summary>
internal sealed class HandoverStory(EvidenceFile file, EvidenceHandover handover, ToldHandover told, EvidenceWords words)
{
    /// <param name="number">Its place in the file, 0 when it is the only one.</param>
    public StoryPart Part(int number)
    {
        var title = string.IsNullOrEmpty(handover.Title) ? words.Say("handover") : EvidenceWords.Shown(handover.Title);
        var (known, tone) = Outcome.Of(told, words);
        return new StoryPart("handover",
        [
            new StoryBlock.Heading(2, number == 0 ? title : $"{number}. {title}"),
            new StoryBlock.Paragraph(Lead()),
            new StoryBlock.Paragraph(known, tone),
            .. told.Reports.Select(entry => new StoryBlock.Paragraph(words.Say("reported.at", ("what", Outcome.Report(entry, words)), ("time", Outcome.TimeOf(entry, words))), Tone.Bad)),
            new StoryBlock.Facts(Facts()),
            .. ItemBlocks(),
            .. EventBlocks(),
        ]);
    }

    private string Lead()
    {
        if (told.First("created") is not { } created)
        {
            return words.Say("lead.missing");
        }

        var recipient = handover.Recipient switch
        {
            null => words.Say("recipient.purged"),
            { Name: "" } => words.Say("recipient.unnamed"),
            var named => words.Quote(named.Name),
        };
        return words.Say(
            "lead", ("sender", EvidenceWords.Shown(handover.Sender.Name)), ("organization", EvidenceWords.Shown(file.Organization.Name)), ("recipient", recipient),
            ("items", words.Count("items", told.Items.Count)), ("time", Outcome.TimeOf(created, words)));
    }

    private List<StoryFact> Facts()
    {
        var created = told.First("created");
        var rows = new List<StoryFact>();
        void Add(string word, string text) => rows.Add(new StoryFact(words.Say(word), new StoryCell(text)));
        void At(string word, ToldEntry? entry)
        {
            if (entry is not null)
            {
                Add(word, Outcome.TimeOf(entry, words));
            }
        }

        if ((told.Entries.LastOrDefault(entry => entry.Kind == "extended") ?? created)?.Number("expires") is { } expires)
        {
            Add("fact.expires", words.Time(expires));
        }

        if (created is not null)
        {
            Add("fact.password", told.HasPassword ? Outcome.Channel(told, words) : words.Say("password.none"));
        }

        if (created?.Number("files") is > 0 and var files)
        {
            Add("fact.files", files.ToString(CultureInfo.InvariantCulture));
        }

        At("fact.opened", told.First("claimed"));
        At("fact.decrypted", told.First("displayed"));
        At("fact.receipt", told.Last?.Entry);
        if (told.End is { } end)
        {
            Add("fact.ended", words.Say("end.at", ("what", words.SayOf("end", end.Kind, "end.void")), ("time", Outcome.TimeOf(end, words))));
        }

        rows.Add(new StoryFact(words.Say("fact.name"), new StoryCell(handover.Handover.ToString(), Exact: true)));
        return rows;
    }

    private List<StoryBlock> ItemBlocks()
    {
        var last = told.Last;
        var reply = EventWords.ReplyOf(handover, last);
        var known = handover.Items;
        var blocks = new List<StoryBlock> { new StoryBlock.Heading(3, words.Say("items.title")) };
        if (known is null)
        {
            blocks.Add(new StoryBlock.Paragraph(words.Say("items.erased"), Tone.Soft));
        }

        string[] named = known is null ? [] : [words.Say("column.item"), words.Say("column.username"), words.Say("column.url")];
        var rows = Enumerable.Range(0, known?.Count ?? told.Items.Count).Select(i => (IReadOnlyList<StoryCell>)[new StoryCell($"{i + 1}"), .. Named(known?[i]), Answer(last, reply, i)]);
        blocks.Add(new StoryBlock.Table([words.Say("column.number"), .. named, words.Say("column.answer")], 1, [.. rows]));
        if (last is not null && reply is null)
        {
            blocks.Add(new StoryBlock.Paragraph(words.Say("typed.purged"), Tone.Soft));
        }

        if (reply is { Name: not "" })
        {
            blocks.Add(new StoryBlock.Paragraph(words.Say("typed.name", ("name", words.Quote(reply.Name)))));
        }

        if (reply is not null && (reply.Name != "" || reply.Notes.Any(note => note != "")))
        {
            blocks.Add(new StoryBlock.Paragraph(words.Say("typed.help"), Tone.Soft));
        }

        return blocks;
    }

    private StoryCell[] Named(EvidenceItem? item) => item is null
        ? []
        : [
            new StoryCell($"{EvidenceWords.Shown(item.Title)} ({words.SayOf("type", item.Type, "type.login")})"),
            new StoryCell(EvidenceWords.Shown(item.Username ?? "")), new StoryCell(EvidenceWords.Shown(item.Url ?? "")),
        ];

    private StoryCell Answer(ToldReceipt? receipt, EvidenceReply? reply, int item)
    {
        var note = reply is not null && item < reply.Notes.Count && reply.Notes[item] != "" ? ": " + words.Quote(reply.Notes[item]) : "";
        return receipt is not null && item < receipt.Statuses.Count
            ? new StoryCell(words.Say("status." + receipt.Statuses[item]) + note, receipt.Statuses[item] == "problem" ? Tone.Bad : Tone.Good)
            : new StoryCell("–" + note);
    }

    private StoryBlock[] EventBlocks()
    {
        var events = new EventWords(file, handover, told, words);
        var rows = told.Entries.Select((entry, number) => (IReadOnlyList<StoryCell>)
        [
            new StoryCell(entry.Number("time") is { } ms ? EvidenceWords.ShortTime(ms) : "–"),
            new StoryCell(events.Of(entry, number)),
            new StoryCell(entry.Log == 0 ? $"{entry.Index}" : $"{entry.Log + 1}/{entry.Index}"),
        ]);
        return
        [
            new StoryBlock.Heading(3, words.Say("events")),
            new StoryBlock.Table([words.Say("column.time"), words.Say("column.event"), words.Say("column.entry")], 1, [.. rows]),
            new StoryBlock.Paragraph(Bracket.Of(file, handover.Entries, words), Tone.Soft),
        ];
    }
}
