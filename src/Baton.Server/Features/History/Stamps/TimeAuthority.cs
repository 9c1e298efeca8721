using System.Formats.Asn1;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Baton.Protocol.Evidence;
using Baton.Server.Storage;

namespace Baton.Server.Features.History;

/// <summary>A token and what it says, or why there is none: a word of <see cref="Baton.Protocol.Wire.AuthorityState"/>.</summary>
internal readonly record struct Stamping(byte[]? Token, TimeStamp? Stamp, string? Failure);

/// <summary>
/// Asks time stamping authorities over HTTP, RFC 3161 §3.4: one of two places where this server speaks to another (the other is the breach
/// check). An authority gets a hash and a random number; what comes back counts only when it verifies.
/// </summary>
internal sealed class TimeAuthority : IDisposable
{
    public const string Unreachable = "unreachable";
    public const string Refused = "refused";
    public const string Invalid = "invalid";
    public const string Untrusted = "untrusted";
    public const string NotRenewed = "not-renewed";

    private const int NonceSize = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly X509Certificate2Collection roots;
    private readonly HttpClient client;

    /// <exception cref="RefusedToStartException">The roots are none.</exception>
    public TimeAuthority(BatonOptions settings)
    {
        roots = Roots(settings.TimeStampRoots);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = Patience,
            PooledConnectionIdleTimeout = Patience,
        };
        client = new HttpClient(handler) { Timeout = Patience, MaxResponseContentBufferSize = TimeStamp.TokenMost + 1024 };
        client.DefaultRequestHeaders.Add("User-Agent", "baton-server");
    }

    /// <summary>A token over SHA-256 of this message, from this authority, that leads to one of the configured roots.</summary>
    public async Task<Stamping> Stamp(Uri authority, byte[] message, CancellationToken stop)
    {
        var nonce = RandomNumberGenerator.GetBytes(NonceSize);

        // A positive number without a leading zero has one way to be written.
        nonce[0] = (byte)((nonce[0] & 0x3F) | 0x40);
        var request = Rfc3161TimestampRequest.CreateFromHash(SHA256.HashData(message), HashAlgorithmName.SHA256, requestedPolicyId: null, nonce, requestSignerCertificates: true);
        var (reply, failure) = await Ask(authority, request.Encode(), stop);
        if (reply is null)
        {
            return new Stamping(null, null, failure);
        }

        if (!IsGranted(reply))
        {
            return new Stamping(null, null, Refused);
        }

        if (TokenIn(request, reply) is not { } token || !TimeStamp.TryRead(token, message, out var stamp) || !stamp.Nonce.AsSpan().SequenceEqual(nonce))
        {
            return new Stamping(null, null, Invalid);
        }

        return stamp.LeadsTo(roots, stamp.Time) ? new Stamping(token, stamp, null) : new Stamping(null, null, Untrusted);
    }

    public void Dispose() => client.Dispose();

    private static X509Certificate2Collection Roots(string? file)
    {
        if (file is null)
        {
            return [];
        }

        try
        {
            if (TimeStamp.TryReadRoots(File.ReadAllText(file), out var roots))
            {
                return roots;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // As a file without any.
        }

        throw new RefusedToStartException($"{file} has no certificates.", "Give --timestamp-roots the file with your time stamping authorities' root certificates, in PEM.");
    }

    private async Task<(byte[]? Reply, string? Failure)> Ask(Uri authority, byte[] query, CancellationToken stop)
    {
        try
        {
            using var content = new ByteArrayContent(query);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
            using var answer = await client.PostAsync(authority, content, stop);
            return answer.StatusCode == HttpStatusCode.OK ? (await answer.Content.ReadAsByteArrayAsync(stop), null) : (null, Refused);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            return (null, Unreachable);
        }
    }

    /// <summary>PKIStatus 0 or 1, RFC 3161 §2.4.2; false for what is no answer at all, too.</summary>
    private static bool IsGranted(byte[] reply)
    {
        try
        {
            return new AsnReader(reply, AsnEncodingRules.BER).ReadSequence().ReadSequence().TryReadInt32(out var status) && status is 0 or 1;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    private static byte[]? TokenIn(Rfc3161TimestampRequest request, byte[] reply)
    {
        try
        {
            return request.ProcessResponse(reply, out _).AsSignedCms().Encode();
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
