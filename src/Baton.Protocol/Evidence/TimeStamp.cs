using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Baton.Protocol.Evidence;

/// <summary>
/// A time stamp of RFC 3161 over a checkpoint: an authority outside says that these bytes were there at a time. The message is the exact
/// text of the whole note; that of a renewal is the note and the token it renews. spec/ledger.md §9, spec/evidence.md §4 step 6.
/// </summary>
public sealed class TimeStamp
{
    /// <summary>A token is at most this many bytes.</summary>
    public const int TokenMost = 64 * 1024;

    /// <summary>id-kp-timeStamping, RFC 3161 §2.3: the one thing the authority's certificate may be for.</summary>
    private static readonly Oid Purpose = new("1.3.6.1.5.5.7.3.8");

    /// <summary>What may sign a token today: nothing of SHA-1 and before.</summary>
    private static readonly string[] Digests = ["2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.3"];

    private readonly X509Certificate2 signer;
    private readonly X509Certificate2Collection others;

    private TimeStamp(Rfc3161TimestampToken token, X509Certificate2 signer)
    {
        this.signer = signer;
        others = token.AsSignedCms().Certificates;
        Time = token.TokenInfo.Timestamp.ToUnixTimeMilliseconds();
        CertificateEnds = new DateTimeOffset(signer.NotAfter).ToUnixTimeMilliseconds();
        Nonce = token.TokenInfo.GetNonce()?.ToArray() ?? [];
    }

    /// <summary>Unix milliseconds, as the authority says.</summary>
    public long Time { get; }

    /// <summary>Unix milliseconds: when the certificate that signed it ends.</summary>
    public long CertificateEnds { get; }

    /// <summary>What was asked for with the request; empty without.</summary>
    public byte[] Nonce { get; }

    /// <summary>What is stamped of a checkpoint.</summary>
    public static byte[] Message(string note) => System.Text.Encoding.UTF8.GetBytes(note);

    /// <summary>What is stamped to renew a token.</summary>
    public static byte[] Message(string note, byte[] renewed) => [.. Message(note), .. renewed];

    /// <summary>
    /// Reads a token: it is over SHA-256 of the message, and the certificate in it, valid at that time and meant for time stamps alone,
    /// signed it. Whose certificate that is says <see cref="LeadsTo"/>.
    /// </summary>
    public static bool TryRead(byte[] token, byte[] message, [NotNullWhen(true)] out TimeStamp? stamp)
    {
        stamp = null;
        try
        {
            if (token.Length <= TokenMost
                && Rfc3161TimestampToken.TryDecode(token, out var read, out var size) && size == token.Length
                && read.TokenInfo.HashAlgorithmId.Value == Digests[0]
                && read.AsSignedCms().SignerInfos is [var signature] && Digests.Contains(signature.DigestAlgorithm.Value, StringComparer.Ordinal)
                && read.VerifySignatureForHash(SHA256.HashData(message), HashAlgorithmName.SHA256, out var signer))
            {
                stamp = new TimeStamp(read, signer);
            }
        }
        catch (CryptographicException)
        {
            // A token that decodes and yet holds something broken: none.
        }

        return stamp is not null;
    }

    /// <summary>Whether its certificate leads to one of these roots.</summary>
    /// <param name="roots">Self-signed. None: nothing leads anywhere.</param>
    /// <param name="at">Unix milliseconds: when the whole chain has to be valid.</param>
    public bool LeadsTo(X509Certificate2Collection roots, long at)
    {
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(roots);
        policy.ExtraStore.AddRange(others);
        policy.ApplicationPolicy.Add(Purpose);
        policy.VerificationTime = DateTimeOffset.FromUnixTimeMilliseconds(at).UtcDateTime;
        policy.DisableCertificateDownloads = true;

        // Lists of revoked certificates end with them: years later there is nobody to ask. Renewals are the answer to that.
        policy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(signer);
    }

    /// <summary>
    /// Whether the stamps of one checkpoint hold: each is a token over the note, or over the note and the earlier one it renews, and leads to
    /// one of the roots at its own time or, renewed, at the time of its renewal.
    /// </summary>
    public static bool AllHold(string note, IReadOnlyList<EvidenceStamp> stamps, X509Certificate2Collection roots)
    {
        var read = new TimeStamp[stamps.Count];
        for (var i = 0; i < stamps.Count; i++)
        {
            var renewed = stamps[i].Renews;
            if (renewed is < 0 || renewed >= i
                || !TryRead(stamps[i].Token, renewed is { } earlier ? Message(note, stamps[earlier].Token) : Message(note), out var stamp)
                || (renewed is { } before && stamp.Time < read[before].Time))
            {
                return false;
            }

            read[i] = stamp;
        }

        return read.Select((stamp, i) => stamp.LeadsTo(roots, stamp.Time)
            || read.Where((_, later) => stamps[later].Renews == i).Any(renewal => stamp.LeadsTo(roots, renewal.Time))).All(holds => holds);
    }

    /// <summary>Roots in PEM; false where there is none, or something else.</summary>
    public static bool TryReadRoots(string pem, [NotNullWhen(true)] out X509Certificate2Collection? roots)
    {
        roots = [];
        try
        {
            roots.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            // None.
        }

        return roots.Count > 0;
    }
}
