using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Baton.Server.Storage;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Baton.Server.Security;

/// <summary>The certificate that https is served with: from PEM files, read again when they change, or made here for a trial.</summary>
internal sealed class TlsCertificate
{
    private readonly Func<X509Certificate2Collection>? load;
    private readonly string watched;
    private X509Certificate2Collection chain = [];
    private DateTime loadedOf;
    private readonly TimeProvider clock;
    private DateTimeOffset lookAgainAt;

    private TlsCertificate(Func<X509Certificate2Collection>? load, string watched, TimeProvider clock)
    {
        this.load = load;
        this.watched = watched;
        this.clock = clock;
        if (load is not null)
        {
            loadedOf = File.GetLastWriteTimeUtc(watched);
            chain = load();
        }
    }

    /// <exception cref="RefusedToStartException">The files are not there or not PEM.</exception>
    public static TlsCertificate Of(BatonOptions settings, TimeProvider clock)
    {
        if (settings.SelfSigned)
        {
            var path = Path.Combine(settings.Data, "self-signed.pem");
            KeyFile.ReadOrMake(path, () => MakeSelfSigned(settings, clock));
            return new TlsCertificate(() => Read(path, path), path, clock);
        }

        return settings.Certificate is { } certificate
            ? new TlsCertificate(() => Read(certificate, settings.CertificateKey!), certificate, clock)
            : new TlsCertificate(null, "", clock);
    }

    /// <summary>Https on this listener, or plain http when there is no certificate.</summary>
    public void Use(ListenOptions listener)
    {
        if (load is null)
        {
            listener.Protocols = HttpProtocols.Http1;
            return;
        }

        listener.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = _ => ValueTask.FromResult(new System.Net.Security.SslServerAuthenticationOptions
            {
                ServerCertificateContext = Current(),
            }),
        });
    }

    private System.Net.Security.SslStreamCertificateContext? context;

    /// <summary>Renewed certificates are taken over without a restart: the file's time is looked at once a minute.</summary>
    private System.Net.Security.SslStreamCertificateContext Current()
    {
        lock (watched)
        {
            var now = clock.GetUtcNow();
            if (context is null || now >= lookAgainAt)
            {
                lookAgainAt = now.AddMinutes(1);
                var written = File.GetLastWriteTimeUtc(watched);
                if (written != loadedOf && TryLoad())
                {
                    loadedOf = written;
                    context = null;
                }
            }

            return context ??= System.Net.Security.SslStreamCertificateContext.Create(chain[0], chain, offline: true);
        }
    }

    /// <summary>A renewal that is only half written is left for the next look; the old certificate goes on.</summary>
    private bool TryLoad()
    {
        try
        {
            chain = load!();
            return true;
        }
        catch (RefusedToStartException)
        {
            return false;
        }
    }

    private static X509Certificate2Collection Read(string certificate, string key)
    {
        try
        {
            var read = new X509Certificate2Collection();
            read.ImportFromPemFile(certificate);
            read[0] = X509Certificate2.CreateFromPemFile(certificate, key);
            return read;
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new RefusedToStartException(
                $"{certificate} with {key} can't be used: {exception.Message}", "Give a certificate (its chain behind it) and its unencrypted key, in PEM.");
        }
    }

    private static byte[] MakeSelfSigned(BatonOptions settings, TimeProvider clock)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={settings.Host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in new[] { settings.Host, "localhost", Environment.MachineName }.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (IPAddress.TryParse(name, out var address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(name);
            }
        }

        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        var now = clock.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(825));
        return System.Text.Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
    }
}
