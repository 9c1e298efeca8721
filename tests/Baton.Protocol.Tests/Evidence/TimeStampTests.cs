using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Baton.Protocol.Evidence;
using Baton.Server.Tests.Stamps;
using Xunit;

namespace Baton.Protocol.Tests.Evidence;

/// <summary>Tokens of an authority that openssl runs here; and those of spec/vectors/timestamps, which stay as they are.</summary>
public sealed class TimeStampTests : IDisposable
{
    private const string Note = "baton.example/log\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— baton.example/log AAAA\n";

    private static readonly byte[] Message = TimeStamp.Message(Note);

    private readonly OpenSslAuthority authority = new();

    private X509Certificate2Collection Roots => TimeStamp.TryReadRoots(File.ReadAllText(authority.Roots), out var roots) ? roots : throw new InvalidOperationException("No roots.");

    public void Dispose() => authority.Dispose();

    [Fact]
    public void A_token_of_openssl_is_read_and_leads_to_its_root()
    {
        var before = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        Assert.True(TimeStamp.TryRead(authority.Stamp(Message), Message, out var stamp));
        Assert.InRange(stamp.Time, before * 1000, (before + 60) * 1000);
        Assert.NotEmpty(stamp.Nonce);
        Assert.InRange(stamp.CertificateEnds - stamp.Time, 3649L * 86_400_000, 3651L * 86_400_000);
        Assert.True(stamp.LeadsTo(Roots, stamp.Time));
    }

    [Fact]
    public void It_is_the_same_by_hand_with_openssl()
    {
        File.WriteAllBytes(Path.Combine(authority.Folder, "kept.tst"), authority.Stamp(Message));
        File.WriteAllBytes(Path.Combine(authority.Folder, "note"), Message);
        Assert.Contains("Verification: OK", authority.Run("ts", "-verify", "-data", "note", "-in", "kept.tst", "-token_in", "-CAfile", authority.Roots), StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(authority.Folder, "note"), Note.Replace("\n1\n", "\n2\n", StringComparison.Ordinal));
        Assert.Throws<InvalidOperationException>(() => authority.Run("ts", "-verify", "-data", "note", "-in", "kept.tst", "-token_in", "-CAfile", authority.Roots));
    }

    [Fact]
    public void Another_message_another_root_and_a_chain_of_another_time_are_refused()
    {
        using var other = new OpenSslAuthority();
        var token = authority.Stamp(Message);
        Assert.False(TimeStamp.TryRead(token, [.. Message, 0], out _));
        Assert.True(TimeStamp.TryRead(token, Message, out var stamp));
        Assert.True(TimeStamp.TryReadRoots(File.ReadAllText(other.Roots), out var roots));
        Assert.False(stamp.LeadsTo(roots, stamp.Time));
        Assert.False(stamp.LeadsTo([], stamp.Time));
        Assert.False(stamp.LeadsTo(Roots, stamp.CertificateEnds + 86_400_000));
        Assert.False(stamp.LeadsTo(Roots, stamp.Time - 86_400_000));
    }

    [Fact]
    public void A_token_without_its_certificate_with_sha_1_or_with_more_behind_it_is_refused()
    {
        File.WriteAllBytes(Path.Combine(authority.Folder, "message"), Message);
        authority.Run("ts", "-query", "-data", "message", "-sha256", "-out", "bare");
        authority.Run("ts", "-reply", "-config", "authority.cnf", "-queryfile", "bare", "-token_out", "-out", "bare.tst");
        Assert.False(TimeStamp.TryRead(File.ReadAllBytes(Path.Combine(authority.Folder, "bare.tst")), Message, out _));
        Assert.False(TimeStamp.TryRead(authority.Stamp(Message, "-sha1"), Message, out _));
        var token = authority.Stamp(Message);
        Assert.False(TimeStamp.TryRead([.. token, 0], Message, out _));
        Assert.False(TimeStamp.TryRead(token[..^1], Message, out _));
        Assert.False(TimeStamp.TryRead([], Message, out _));
    }

    [Fact]
    public void No_byte_that_counts_can_be_changed()
    {
        var token = authority.Stamp(Message);
        Assert.True(TimeStamp.TryRead(token, Message, out var good));
        for (var i = 0; i < token.Length; i++)
        {
            var changed = (byte[])token.Clone();
            changed[i] ^= 0x01;
            if (TimeStamp.TryRead(changed, Message, out var stamp) && stamp.LeadsTo(Roots, stamp.Time))
            {
                // What is left says the same: some bytes only name algorithms a second time, or carry what isn't used.
                Assert.Equal((good.Time, good.CertificateEnds), (stamp.Time, stamp.CertificateEnds));
            }
        }
    }

    [Fact]
    public void A_certificate_for_more_than_time_stamps_signs_none()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Not an authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.8"), new Oid("1.3.6.1.5.5.7.3.1")], critical: true));
        using var both = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(90));
        Assert.True(Rfc3161TimestampToken.TryDecode(authority.Stamp(Message), out var token, out _));
        var cms = new SignedCms(new ContentInfo(new Oid("1.2.840.113549.1.9.16.1.4"), token.TokenInfo.Encode()));
        cms.ComputeSignature(new CmsSigner(both) { DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1") });
        Assert.False(TimeStamp.TryRead(cms.Encode(), Message, out _));
    }

    [Fact]
    public void A_renewal_is_over_the_note_and_the_token_that_it_renews()
    {
        var first = authority.Stamp(Message);
        var second = authority.Stamp(TimeStamp.Message(Note, first));
        Assert.True(Hold(Stamp(first), Stamp(second, renews: 0)));
        Assert.True(Hold(Stamp(first), Stamp(second, renews: 0), Stamp(authority.Stamp(TimeStamp.Message(Note, second)), renews: 1)));
        Assert.False(Hold(Stamp(first), Stamp(second)));
        Assert.False(Hold(Stamp(first), Stamp(first, renews: 0)));
        Assert.False(Hold(Stamp(second, renews: 0), Stamp(first)));
        Assert.False(Hold(Stamp(first), Stamp(first), Stamp(authority.Stamp(TimeStamp.Message(Note, second)), renews: 1)));
        Assert.True(Hold());
    }

    [Fact]
    public void A_token_whose_own_authority_nobody_trusts_any_more_holds_by_no_renewal_of_others()
    {
        using var other = new OpenSslAuthority();
        var first = other.Stamp(Message);
        Assert.False(Hold(Stamp(first), Stamp(authority.Stamp(TimeStamp.Message(Note, first)), renews: 0)));
    }

    [Fact]
    public void Roots_are_certificates_in_pem()
    {
        Assert.Single(Roots);
        Assert.False(TimeStamp.TryReadRoots("", out _));
        Assert.False(TimeStamp.TryReadRoots("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", out _));
    }

    private bool Hold(params EvidenceStamp[] stamps) => TimeStamp.AllHold(Note, stamps, Roots);

    private static EvidenceStamp Stamp(byte[] token, int? renews = null) => new("https://time.example", token, renews);
}
