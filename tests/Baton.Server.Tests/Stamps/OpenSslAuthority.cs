using System.Diagnostics;
using System.Globalization;

namespace Baton.Server.Tests.Stamps;

/// <summary>
/// A time stamping authority on this machine: a root and an authority's certificate made now, requests answered by <c>openssl ts</c>.
/// Its clock is the machine's.
/// </summary>
internal sealed class OpenSslAuthority : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("baton-authority-");
    private readonly Lock gate = new();

    /// <param name="days">How long the authority's certificate is valid from now.</param>
    /// <param name="by">Another authority under whose root this one stands.</param>
    public OpenSslAuthority(int days = 3650, OpenSslAuthority? by = null)
    {
        var root = by?.folder.FullName ?? folder.FullName;
        if (by is null)
        {
            Run("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "root.key", "-out", "root.pem", "-days", "7300", "-subj",
                "/O=Baton tests/CN=Root of time", "-addext", "keyUsage=critical,keyCertSign,cRLSign");
        }
        else
        {
            File.Copy(Path.Combine(root, "root.pem"), Path.Combine(folder.FullName, "root.pem"));
        }

        Run("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "authority.key", "-out", "authority.csr", "-subj", "/O=Baton tests/CN=Authority of time");
        File.WriteAllText(Path.Combine(folder.FullName, "extensions"), "basicConstraints=CA:false\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n");
        Run("x509", "-req", "-in", "authority.csr", "-CA", Path.Combine(root, "root.pem"), "-CAkey", Path.Combine(root, "root.key"), "-set_serial",
            Random(), "-days", days.ToString(CultureInfo.InvariantCulture), "-extfile", "extensions", "-out", "authority.pem");
        File.WriteAllText(Path.Combine(folder.FullName, "serial"), "01\n");
        File.WriteAllText(Path.Combine(folder.FullName, "authority.cnf"),
            """
            [tsa]
            default_tsa = here
            [here]
            serial = serial
            signer_cert = authority.pem
            signer_key = authority.key
            signer_digest = sha256
            default_policy = 1.2.3.4.1
            digests = sha256, sha1
            ess_cert_id_alg = sha256
            """);
    }

    /// <summary>The file with its root, in PEM.</summary>
    public string Roots => Path.Combine(folder.FullName, "root.pem");

    /// <summary>Its own folder, for files of a test.</summary>
    public string Folder => folder.FullName;

    /// <summary>Answers a request, in DER.</summary>
    public byte[] Reply(byte[] request, params string[] more)
    {
        lock (gate)
        {
            File.WriteAllBytes(Path.Combine(folder.FullName, "request"), request);
            Run(["ts", "-reply", "-config", "authority.cnf", "-queryfile", "request", "-out", "reply", .. more]);
            return File.ReadAllBytes(Path.Combine(folder.FullName, "reply"));
        }
    }

    /// <summary>A token over these bytes, without a server in between.</summary>
    public byte[] Stamp(byte[] message, params string[] query)
    {
        lock (gate)
        {
            File.WriteAllBytes(Path.Combine(folder.FullName, "message"), message);
            Run(["ts", "-query", "-data", "message", "-sha256", "-cert", "-out", "query", .. query]);
            Run("ts", "-reply", "-config", "authority.cnf", "-queryfile", "query", "-token_out", "-out", "token");
            return File.ReadAllBytes(Path.Combine(folder.FullName, "token"));
        }
    }

    /// <summary>Runs openssl in the authority's folder; what it says.</summary>
    public string Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("openssl") { WorkingDirectory = folder.FullName, RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var openssl = Process.Start(start)!;
        var errors = openssl.StandardError.ReadToEndAsync();
        var said = openssl.StandardOutput.ReadToEnd();
        openssl.WaitForExit();
        return openssl.ExitCode == 0 ? said : throw new InvalidOperationException($"openssl {string.Join(' ', arguments)}: {said}{errors.Result}");
    }

    public void Dispose()
    {
        folder.Refresh();
        if (folder.Exists)
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Random() => System.Security.Cryptography.RandomNumberGenerator.GetInt32(2, int.MaxValue).ToString(CultureInfo.InvariantCulture);
}
