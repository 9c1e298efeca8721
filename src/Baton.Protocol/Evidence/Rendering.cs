namespace Baton.Protocol.Evidence;

/// <summary>
/// The page that people read and print, around the machine part: the same bytes from whoever makes it. It needs no script,
/// loads nothing, and forbids both to whatever it might be made to carry. spec/evidence.md §2.
/// </summary>
public static class Rendering
{
    /// <summary>The number of the rendering: another template is another number.</summary>
    public const int Number = 1;

    private static readonly string Style = EvidenceWords.Resource("page.css");

    /// <summary>The whole page.</summary>
    public static string Render(EvidenceFile file, string machineText)
    {
        var story = Story.Of(file);
        return $"""
            <!doctype html>
            <html lang="{story.Language}">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Escape(story.Title)}</title>
            <style>
            {Style}</style>
            </head>
            <body>
            <main>
            <p class="first">{Escape(story.First)}</p>
            {string.Concat(story.Parts.Select(Part))}</main>
            <script type="application/json" id="evidence">{machineText}</script>
            </body>
            </html>

            """;
    }

    private static string Part(StoryPart part)
    {
        var inner = string.Join('\n', part.Blocks.Select(Block));
        return part.Name == "head" ? $"<header>\n{inner}\n</header>\n" : $"<section class=\"{part.Name}\">\n{inner}\n</section>\n";
    }

    private static string Block(StoryBlock block) => block switch
    {
        StoryBlock.Heading heading => Element($"h{heading.Level}", [], Escape(heading.Text)),
        StoryBlock.Paragraph paragraph => Element("p", [Class(paragraph.Tone)], Escape(paragraph.Text)),
        StoryBlock.Exact exact => Element("pre", [], Escape(exact.Text)),
        StoryBlock.Points points => Element("ul", [], string.Concat(points.Items.Select(item => Element("li", [], Escape(item))))),
        StoryBlock.Facts facts => Element("dl", [], string.Concat(facts.Rows.Select(row => Element("dt", [], Escape(row.Name)) + Cell("dd", row.Value)))),
        StoryBlock.Table table => Table(table),
        _ => throw new ArgumentOutOfRangeException(nameof(block)),
    };

    private static string Table(StoryBlock.Table table)
    {
        var head = table.Columns.Select(name => Element("th", [], Escape(name)));
        var body = table.Rows.Select(row => Element("tr", [], string.Concat(row.Select((cell, i) => Named(table.Columns[i], Cell("td", cell, i == table.Wide))))));
        return Element("table", [], Element("thead", [], Element("tr", [], string.Concat(head))) + Element("tbody", [], string.Concat(body)));
    }

    private static string Cell(string tag, StoryCell cell, bool wide = false) => Element(tag, [Class(cell.Tone), cell.Exact ? "exact" : "", wide ? "wide" : ""], Escape(cell.Text));

    // On a narrow screen each cell says the name of its column itself.
    private static string Named(string name, string cell) => $"<td data-name=\"{Escape(name)}\"{cell[3..]}";

    private static string Element(string tag, IEnumerable<string> classes, string inner)
    {
        var names = string.Join(' ', classes.Where(name => name != ""));
        return names == "" ? $"<{tag}>{inner}</{tag}>" : $"<{tag} class=\"{names}\">{inner}</{tag}>";
    }

    private static string Class(Tone tone) => tone switch { Tone.Good => "good", Tone.Bad => "bad", Tone.Notice => "notice", Tone.Soft => "soft", _ => "" };

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
}
