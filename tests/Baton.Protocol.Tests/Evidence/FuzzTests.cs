using Baton.Client.Evidence;
using Baton.Protocol.Evidence;
using Baton.Protocol.Ledger;
using Baton.Protocol.Tests.Generator;
using Baton.Server.Tests.Vault.Histories;
using Xunit;

namespace Baton.Protocol.Tests.Evidence;

/// <summary>
/// Texts made of good ones by chance: no parser throws, what one accepts it writes the same, and no verifier throws either, also when the
/// composer has signed the nonsense. BATON_FUZZ_ROUNDS runs more than the few of every day; a failure names its seed.
/// </summary>
public sealed class FuzzTests
{
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("BATON_FUZZ_ROUNDS"), out var rounds) ? rounds : 600;

    private static readonly LogScript Log = new LogScript("baton.example/log", Fixed.Key("ledger")).AddOthers(9);

    // What makes a parser stumble: quotes, escapes, numbers at their limits, other encodings of the same.
    private static readonly string[] Words =
    [
        "\"", "\\", "\\u0000", "\\ud800", "\u2028", "{", "}", "[", "]", ",", ":", "null", "true", "-1", "0", "00", "1e9", "1.0", "9007199254740991", "9007199254740992", "18446744073709551616",
        "\n", "\n\n", "\r", " ", "\t", "=", "+", "-", "_", "/", "— ", "— baton.example/log ", "\uFEFF", "<", "</script>", "\"log\":1", "\"index\":0", "\"v\":1,", "\"proof\":[]", "\"stamps\":[{}]", "AAAA",
    ];

    [Fact]
    public void No_text_breaks_the_checkpoint_parser()
    {
        var note = Log.Note(9);
        var vkey = Log.Named.Key;
        Each(seed =>
        {
            var dice = new Dice(seed);
            var (text, key) = (Broken(note, dice), dice.Next(3) == 0 ? Broken(vkey, dice) : vkey);
            Assert.True(!SignedNote.TryParse(text, out var signed) || signed.ToString() == text);
            Assert.True(!VerifyingKey.TryParse(key, out var parsed) || parsed.ToString() == key);
            Assert.True(signed is null || !Checkpoint.TryParse(signed, out var checkpoint) || checkpoint.ToText() == signed.Text);
            Assert.True(parsed is null || text == note || !Checkpoint.TryOpen(text, parsed, out var opened) || (opened.Size == 9 && signed!.Text == note[..signed.Text.Length]), "Another text is signed.");
        });
    }

    [Fact]
    public void No_text_breaks_the_evidence_parser()
    {
        string[] good = [.. new[] { EvidenceScene.Confirmed().Agency(), EvidenceScene.Confirmed().Recipient(), new EvidenceScene().Create().Claim().Recover().Add("void").Agency() }.Select(EvidenceText.Write)];
        Each(seed =>
        {
            var dice = new Dice(seed);
            var text = Broken(dice.Pick(good)!, dice);
            Assert.True(!EvidenceText.TryParse(text, out var file) || EvidenceText.Write(file) == text);
            _ = EvidenceVerification.Of(System.Text.Encoding.UTF8.GetBytes(text), Log.Named.Key);
        });
    }

    [Fact]
    public void No_evidence_that_its_composer_signed_breaks_a_verifier_or_passes_as_another()
    {
        var whole = EvidenceScene.Confirmed().Agency();
        var entries = whole.Handovers[0].Entries;
        Each(seed =>
        {
            var dice = new Dice(seed);
            var number = dice.Next(entries.Count);
            string Text(string text) => dice.Next(4) == 0 ? Broken(text, dice).Replace("\0", "", StringComparison.Ordinal) : text;
            var entry = entries[number] with { Text = Text(entries[number].Text), Index = dice.Next(3) == 0 ? dice.Next(99) : entries[number].Index, Proof = [.. entries[number].Proof.Where(_ => dice.Next(8) > 0)] };
            var part = whole.Handovers[0] with { Entries = [.. entries.Select((one, i) => i == number ? entry : one).Where(_ => dice.Next(16) > 0)] };
            var checkpoint = whole.Checkpoints[0] with { Note = Text(whole.Checkpoints[0].Note) };
            var changed = whole with { Handovers = [part], Checkpoints = [checkpoint], Logs = [whole.Logs[0] with { Key = Text(whole.Logs[0].Key) }], Server = Text(whole.Server) };
            var same = part.Entries.Count == entries.Count && entry.Text == entries[number].Text && entry.Index == entries[number].Index && entry.Proof.Count == entries[number].Proof.Count;
            byte[] bytes;
            try
            {
                changed = EvidenceScene.Signed(changed);
                bytes = System.Text.Encoding.UTF8.GetBytes(EvidenceText.Write(changed));
            }
            catch (ArgumentException)
            {
                // Not even a text of evidence: step 1 never lets it come so far.
                return;
            }

            var verification = EvidenceVerification.Of(bytes, whole.Logs[0].Key);
            Assert.True(verification.Verdict == Verdict.Failed || same || part.Entries.Count < entries.Count, "An entry that the log doesn't hold passes.");
        });
    }

    private static void Each(Action<int> round)
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            try
            {
                round(seed);
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"Seed {seed}: {fault.Message}", fault);
            }
        }
    }

    private static string Broken(string text, Dice dice)
    {
        for (var changes = 1 + dice.Next(3); changes > 0 && text.Length > 0; changes--)
        {
            var (from, length) = (dice.Next(text.Length), 1 + dice.Next(dice.Next(2) == 0 ? 3 : 60));
            var (before, piece, after) = (text[..from], text[from..Math.Min(text.Length, from + length)], text[Math.Min(text.Length, from + length)..]);
            text = dice.Next(6) switch
            {
                0 => before + after,
                1 => before + piece + piece + after,
                2 => before + Words[dice.Next(Words.Length)] + after,
                3 => before + Words[dice.Next(Words.Length)] + piece + after,
                4 => before + (char)(piece[0] ^ (1 << dice.Next(7))) + piece[1..] + after,
                _ => after + piece + before,
            };
        }

        return text;
    }
}
