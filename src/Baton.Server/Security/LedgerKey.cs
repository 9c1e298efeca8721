using System.Security.Cryptography;
using System.Text;
using Baton.Protocol.Ledger;
using Baton.Server.Storage;

namespace Baton.Server.Security;

/// <summary>
/// The key that signs the ledger's checkpoints, and the log's name. <c>ledger.key</c> holds the name on its first line and the
/// private key in PEM below; both are made once, at the first start. spec/ledger.md §2.
/// </summary>
internal sealed class LedgerKey : IDisposable
{
    public const string FileName = "ledger.key";

    private readonly Lock gate = new();
    private readonly ECDsa key;

    /// <exception cref="RefusedToStartException">The file can't be read as what it should be, or others can read it.</exception>
    public LedgerKey(DataDirectory data, BatonOptions settings)
        : this(Path.Combine(data.Path, FileName), settings.Host + "/log")
    {
    }

    /// <summary>The key in this file, made under this name when there is none.</summary>
    /// <exception cref="RefusedToStartException">The file can't be read as what it should be, or others can read it.</exception>
    public LedgerKey(string path, string name)
    {
        var bytes = KeyFile.ReadOrMake(path, () => Make(name));
        var text = Encoding.UTF8.GetString(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        var newline = text.IndexOf('\n', StringComparison.Ordinal);
        key = ECDsa.Create();
        try
        {
            key.ImportFromPem(text.AsSpan(newline + 1));
            Name = text[..newline];
            VerifyingKey = new VerifyingKey(Name, key.ExportSubjectPublicKeyInfo()).ToString();
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new RefusedToStartException($"{path} is not a ledger key.", "Restore it from the backup of the data directory.");
        }
    }

    /// <summary>host/log, as fixed at the first start; host/log/2 and so on after a recovery.</summary>
    public string Name { get; }

    /// <summary>The signed-note verifying key: name+hex(key id)+base64(0x02 || SPKI).</summary>
    public string VerifyingKey { get; }

    /// <summary>Signs a head. Who asks has seen to it that the share store knows it, or a newer one: spec/ledger.md §5.</summary>
    public SignedNote Sign(Checkpoint head)
    {
        if (head.Origin != Name)
        {
            throw new InvalidOperationException($"{Name} signs no checkpoint of {head.Origin}.");
        }

        lock (gate)
        {
            return head.Sign(key);
        }
    }

    /// <inheritdoc />
    public void Dispose() => key.Dispose();

    private static byte[] Make(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Encoding.UTF8.GetBytes(name + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
    }
}
