namespace Baton.Protocol.Evidence;

// What a story is made of: plain pieces that the printed page and a terminal each show in their own way. Every text is
// ready to be shown and none of it is markup.

/// <summary>How a piece is meant; never said by colour alone.</summary>
public enum Tone
{
    Plain,
    Good,
    Bad,
    Notice,
    Soft,
}

/// <param name="Exact">A key or a hash: monospaced, broken anywhere.</param>
public sealed record StoryCell(string Text, Tone Tone = Tone.Plain, bool Exact = false);

/// <summary>A line of a list of facts.</summary>
public sealed record StoryFact(string Name, StoryCell Value);

/// <summary>One piece.</summary>
public abstract record StoryBlock
{
    /// <param name="Level">1 to 3.</param>
    public sealed record Heading(int Level, string Text) : StoryBlock;

    /// <summary>A paragraph.</summary>
    public sealed record Paragraph(string Text, Tone Tone = Tone.Plain) : StoryBlock;

    /// <summary>What is typed or compared as it stands.</summary>
    public sealed record Exact(string Text) : StoryBlock;

    /// <summary>Points in no order.</summary>
    public sealed record Points(IReadOnlyList<string> Items) : StoryBlock;

    /// <summary>Names and values.</summary>
    public sealed record Facts(IReadOnlyList<StoryFact> Rows) : StoryBlock;

    /// <param name="Wide">Number of the column that matters most.</param>
    public sealed record Table(IReadOnlyList<string> Columns, int Wide, IReadOnlyList<IReadOnlyList<StoryCell>> Rows) : StoryBlock;
}

/// <param name="Name">head, overview, handover, limits, check or appendix.</param>
public sealed record StoryPart(string Name, IReadOnlyList<StoryBlock> Blocks);
