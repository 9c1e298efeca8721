using Baton.Client.Evidence;
using Baton.Protocol.Evidence;
using Baton.Protocol.Tests.Generator;
using Xunit;

namespace Baton.Protocol.Tests.Evidence;

/// <summary>Nothing in a piece of evidence can be changed unnoticed, also not what the composer only tells.</summary>
public sealed class TamperingTests
{
    private static readonly EvidenceFile File = EvidenceVectors.Whole;
    private static readonly byte[] MachineText = System.Text.Encoding.UTF8.GetBytes(EvidenceText.Write(File));
    private static readonly string Key = File.Logs[0].Key;

    [Fact]
    public void Every_byte_of_the_machine_part_counts()
    {
        Assert.Equal(Verdict.Ok, VerdictOf(MachineText));
        for (var i = 0; i < MachineText.Length; i++)
        {
            Assert.True(VerdictOf(Changed(MachineText, i)) == Verdict.Failed, $"Byte {i} can be changed: …{Around(MachineText, i)}…");
        }
    }

    [Fact]
    public void Every_piece_of_it_counts()
    {
        const int piece = 40;
        for (var i = 0; i + (2 * piece) <= MachineText.Length; i += piece)
        {
            byte[] removed = [.. MachineText[..i], .. MachineText[(i + piece)..]];
            byte[] doubled = [.. MachineText[..(i + piece)], .. MachineText[i..]];
            byte[] swapped = [.. MachineText[..i], .. MachineText[(i + piece)..(i + (2 * piece))], .. MachineText[i..(i + piece)], .. MachineText[(i + (2 * piece))..]];
            Assert.All([removed, doubled, swapped], changed => Assert.Equal(Verdict.Failed, VerdictOf(changed)));
        }
    }

    [Fact]
    public void Every_byte_of_the_page_around_it_counts()
    {
        var page = System.Text.Encoding.UTF8.GetBytes(Rendering.Render(File, System.Text.Encoding.UTF8.GetString(MachineText)));
        Assert.Equal(Verdict.Ok, VerdictOf(page));
        var machine = page.AsSpan().IndexOf(MachineText);
        for (var i = 0; i < page.Length; i = i + 1 == machine ? machine + MachineText.Length : i + 1)
        {
            Assert.True(VerdictOf(Changed(page, i)) == Verdict.Failed, $"Byte {i} can be changed: …{Around(page, i)}…");
        }
    }

    private static byte[] Changed(byte[] bytes, int at)
    {
        var changed = (byte[])bytes.Clone();
        changed[at] ^= 0x01;
        return changed;
    }

    private static Verdict VerdictOf(byte[] bytes) => EvidenceVerification.Of(bytes, Key).Verdict;

    private static string Around(byte[] bytes, int at) => System.Text.Encoding.UTF8.GetString(bytes.AsSpan(Math.Max(0, at - 20)..Math.Min(bytes.Length, at + 20)));
}
