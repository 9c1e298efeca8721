using System.Security.Cryptography;
using Baton.Protocol.Ledger;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Baton.Protocol.Tests.Ledger;

public sealed class CheckpointTests : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly VerifyingKey verifying;
    private readonly Checkpoint head = new("baton.example/log", 20852163, SHA256.HashData("root"u8));

    public CheckpointTests() => verifying = new VerifyingKey(head.Origin, key.ExportSubjectPublicKeyInfo());

    public void Dispose() => key.Dispose();

    [Fact]
    public void A_signed_checkpoint_has_the_lines_of_C2SP_and_is_read_again()
    {
        var note = head.Sign(key).ToString();
        var lines = note.Split('\n');

        Assert.Equal(["baton.example/log", "20852163", Convert.ToBase64String(head.Root, Base64FormattingOptions.None), ""], lines[..4]);
        Assert.StartsWith("\u2014 baton.example/log ", lines[4], StringComparison.Ordinal);
        Assert.Equal("", Assert.Single(lines[5..]));
        Assert.True(Checkpoint.TryOpen(note, verifying, out var read));
        Assert.Equal((head.Origin, head.Size), (read.Origin, read.Size));
        Assert.Equal(head.Root, read.Root);
    }

    [Fact]
    public void A_verifying_key_is_read_again()
    {
        Assert.True(VerifyingKey.TryParse(verifying.ToString(), out var read));
        Assert.Equal(verifying, read);
        Assert.False(VerifyingKey.TryParse(verifying.ToString().ToUpperInvariant(), out _));
        Assert.False(VerifyingKey.TryParse(verifying.ToString() + "\n", out _));
        Assert.False(VerifyingKey.TryParse(" " + verifying, out _));
        Assert.False(VerifyingKey.TryParse("name+00000000+" + verifying.ToString().Split('+', 3)[2], out _));
    }

    [Fact]
    public void Lines_of_other_keys_are_skipped_below_the_log_s_own_and_do_not_stand_for_it()
    {
        using var witness = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var note = head.Sign(key);
        var line = SignedNote.Sign(note.Text, "witness.example", witness).Signatures[0];

        Assert.True(Checkpoint.TryOpen((note with { Signatures = [note.Signatures[0], line] }).ToString(), verifying, out _));
        Assert.False(Checkpoint.TryOpen((note with { Signatures = [line, note.Signatures[0]] }).ToString(), verifying, out _));
        Assert.False(Checkpoint.TryOpen((note with { Signatures = [line] }).ToString(), verifying, out _));
    }

    [Fact]
    public void Another_key_another_log_and_another_text_are_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var note = head.Sign(key).ToString();

        Assert.False(Checkpoint.TryOpen(note, new VerifyingKey(head.Origin, other.ExportSubjectPublicKeyInfo()), out _));
        Assert.False(Checkpoint.TryOpen(head.Sign(other).ToString(), verifying, out _));
        Assert.False(Checkpoint.TryOpen((head with { Origin = "other.example/log" }).Sign(key).ToString(), verifying, out _));
        Assert.False(Checkpoint.TryOpen(SignedNote.Sign((head with { Origin = "other.example/log" }).ToText(), head.Origin, key).ToString(), verifying, out _));
        Assert.False(Checkpoint.TryOpen(note.Replace("20852163", "20852164", StringComparison.Ordinal), verifying, out _));
    }

    [Theory]
    [InlineData("log\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", true)]
    [InlineData("log\n0\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", true)]
    [InlineData("log\n9007199254740991\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", true)]
    [InlineData("log\n9007199254740992\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", false)]
    [InlineData("log\n01\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", false)]
    [InlineData("log\n-1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", false)]
    [InlineData("log\n1 \nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", false)]
    [InlineData("log\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n", false)]
    [InlineData("log\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n", false)]
    [InlineData("log\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==\n", false)]
    [InlineData("log\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nextension\n", false)]
    [InlineData("\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", false)]
    [InlineData("log\n1\n", false)]
    public void Only_three_lines_written_one_way_are_a_checkpoint(string text, bool holds) =>
        Assert.Equal(holds, Checkpoint.TryParse(new SignedNote(text, []), out _));

    [Fact]
    public void A_note_written_otherwise_is_refused()
    {
        var note = head.Sign(key).ToString();
        var line = note[(note.IndexOf('\u2014', StringComparison.Ordinal))..];

        Assert.True(SignedNote.TryParse(note, out _));
        Assert.All<string>(
            [
                "", "\n", "\n\n", note[..^1], note + "\n", "\n\n" + line, note.Replace("\n", "\r\n", StringComparison.Ordinal), head.ToText() + "\n", head.ToText() + line,
                note.Replace('\u2014', '-'), note.Replace("\u2014 ", "\u2014  ", StringComparison.Ordinal), note.TrimEnd('\n') + " \n", note.TrimEnd('\n') + "=\n",
                note.Replace("log ", "lo+g ", StringComparison.Ordinal), note.Replace("\u2014 baton", "\u2014 bat\u00A0on", StringComparison.Ordinal),
                "\t" + note, "\uD800" + note, new string('x', SignedNote.MaxSize) + note, head.ToText() + "\n\u2014 log AAAAAA==\n",
            ],
            text => Assert.False(SignedNote.TryParse(text, out _), text));
    }

    [Fact]
    public void A_signature_has_one_encoding()
    {
        var note = head.Sign(key);
        var der = note.Signatures[0].Signature;
        byte[] longer = [0x30, (byte)(der[1] + 1), 0x02, (byte)(der[3] + 1), 0x00, .. der[4..]];
        byte[][] others = [[.. der, 0], longer, [0x30, 0x81, .. der[1..]], der[..^1], [0x31, .. der[1..]], []];

        Assert.All(others, other => Assert.False((note with { Signatures = [note.Signatures[0] with { Signature = other }] }).IsSignedBy(verifying)));
    }

    [Fact]
    public void A_changed_character_is_refused_or_written_the_same() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(
        Gen.Choose(0, 200).ToArbitrary(), Gen.Elements("\n\r\u2014 +/=09AZaz.".ToCharArray()).ToArbitrary(),
        (at, character) =>
        {
            var note = head.Sign(key).ToString();
            var changed = at < note.Length ? note[..at] + character + note[(at + 1)..] : note;
            return changed == note
                ? Checkpoint.TryOpen(changed, verifying, out _)
                : !Checkpoint.TryOpen(changed, verifying, out _) && (!SignedNote.TryParse(changed, out var read) || read.ToString() == changed);
        }));
}
