using Baton.Client.Evidence;
using Baton.Protocol.Evidence;
using Baton.Protocol.Tests.Generator;
using Baton.Protocol.Tests.Vectors;
using Baton.Server.Tests.Stamps;
using Xunit;

namespace Baton.Protocol.Tests.Evidence;

/// <summary>spec/evidence.md §5: exactly the commands that stand there, with bash, sha256sum, jq and openssl.</summary>
public sealed class ByHandTests : IDisposable
{
    private readonly OpenSslAuthority authority = new();
    private readonly ByHand byHand = new(Vector.Repository());

    public void Dispose()
    {
        authority.Dispose();
        byHand.Dispose();
    }

    [Fact]
    public void A_stamped_file_of_the_agency_holds_by_hand_as_by_program()
    {
        var file = Stamped();
        var page = Rendering.Render(file, EvidenceText.Write(file));
        Assert.True(TimeStamp.TryReadRoots(File.ReadAllText(authority.Roots), out var roots));
        var verification = EvidenceVerification.Of(System.Text.Encoding.UTF8.GetBytes(page), file.Logs[0].Key, roots);
        Assert.All(verification.Steps, step => Assert.Equal(Verdict.Ok, step.Verdict));

        var (exit, said) = Run(page, file.Logs[0].Key);
        Assert.True(exit == 0, said);
        Assert.Equal(
            ["leaf", "proof", "key", "checkpoint", "stamp", "item", "recipient", "card", "created", "displayed", "confirmed", "file"],
            said.Split('\n').Where(line => line.StartsWith("ok ", StringComparison.Ordinal)).Select(WordOf).Distinct(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void A_receipt_of_the_recipient_holds_by_hand()
    {
        var file = EvidenceScene.Confirmed().Recipient();
        var (exit, said) = Run(Rendering.Render(file, EvidenceText.Write(file)), file.Logs[0].Key);
        Assert.True(exit == 0, said);
        Assert.Contains("ok confirmed: works, problem", said, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_changed_fails_by_hand_where_it_was_changed()
    {
        var file = Stamped();
        var text = EvidenceText.Write(file);
        var key = file.Logs[0].Key;
        (string From, string To, string Fails)[] changes =
        [
            ("\\\"left\\\":9", "\\\"left\\\":8", "leaf 1"),
            ("Wi-Fi biuro", "Wi-Fi domek", "item 1"),
            ("Sklep – przekazanie", "Sklep", "the file, signed by its composer"),
        ];
        foreach (var (from, to, fails) in changes)
        {
            var (exit, said) = Run(EvidenceText.Script(text.Replace(from, to, StringComparison.Ordinal)) + "\n", key);
            Assert.NotEqual(0, exit);
            Assert.Contains($"FAILED: {fails}", said, StringComparison.Ordinal);
        }

        var (other, heard) = Run(EvidenceText.Script(text), new LogScript("baton.example/log", Fixed.Key("someone")).Named.Key);
        Assert.NotEqual(0, other);
        Assert.Contains("FAILED: the key is the one I know", heard, StringComparison.Ordinal);
    }

    [Fact]
    public void Stamps_of_an_authority_that_is_not_trusted_fail_and_without_roots_nothing_is_known_of_them()
    {
        var file = Stamped();
        var bytes = System.Text.Encoding.UTF8.GetBytes(EvidenceText.Write(file));
        using var stranger = new OpenSslAuthority();
        Assert.True(TimeStamp.TryReadRoots(File.ReadAllText(stranger.Roots), out var roots));
        Assert.Equal(Verdict.Failed, EvidenceVerification.Of(bytes, file.Logs[0].Key, roots).Steps[5].Verdict);
        Assert.Equal(Verdict.Unknown, EvidenceVerification.Of(bytes, file.Logs[0].Key).Steps[5].Verdict);
        Assert.Equal(Verdict.Ok, EvidenceVerification.Of(bytes, file.Logs[0].Key).Verdict);
    }

    /// <summary>The last checkpoint stamped, and the stamp renewed.</summary>
    private EvidenceFile Stamped()
    {
        var file = EvidenceVectors.Whole;
        var checkpoint = file.Checkpoints[^1];
        var token = authority.Stamp(TimeStamp.Message(checkpoint.Note));
        var renewal = authority.Stamp(TimeStamp.Message(checkpoint.Note, token));
        return EvidenceScene.Signed(file with
        {
            Checkpoints = [.. file.Checkpoints.SkipLast(1), checkpoint with { Stamps = [new EvidenceStamp("https://stamps.example", token), new EvidenceStamp("https://stamps.example", renewal, 0)] }],
        });
    }

    private (int ExitCode, string Said) Run(string page, string key) => byHand.Run(page, key, authority.Roots);

    private static string WordOf(string line) => line.Split(' ', ':') switch { ["ok", "the", var what, ..] => what.TrimEnd(','), var words => words[1].TrimEnd(',') };
}
