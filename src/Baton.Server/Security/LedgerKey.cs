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

    /// <summary>A key on its way in, until the database names it: then it takes the other's place.</summary>
    private const string NextName = FileName + ".next";

    private readonly Lock gate = new();
    private readonly ECDsa key;

    /// <exception cref="RefusedToStartException">The file can't be read as what it should be, or others can read it.</exception>
    public LedgerKey(DataDirectory data, BatonOptions settings)
        : this(Path.Combine(data.Path, FileName), settings.Host + "/log")
    {
    }

    /// <summary>The key of a data directory that has one.</summary>
    /// <exception cref="RefusedToStartException">The file can't be read as what it should be, or others can read it.</exception>
    public static LedgerKey InUse(DataDirectory data) => new(Path.Combine(data.Path, FileName), "");

    /// <summary>A new key under this name, beside the one in use.</summary>
    public static LedgerKey Next(DataDirectory data, string name)
    {
        var path = Path.Combine(data.Path, NextName);
        File.Delete(path);
        return new LedgerKey(path, name);
    }

    /// <summary>
    /// After a recovery, also one that was cut off: the next key takes the place of the old one, which is destroyed, once the database names
    /// it; until then it is nothing and goes.
    /// </summary>
    /// <param name="named">The verifying key of this database; null when it has none.</param>
    public static void Succeed(DataDirectory data, string? named)
    {
        var (path, next) = (Path.Combine(data.Path, FileName), Path.Combine(data.Path, NextName));
        if (!File.Exists(next))
        {
            return;
        }

        using (var key = new LedgerKey(next, ""))
        {
            if (key.VerifyingKey != named)
            {
                File.Delete(next);
                return;
            }
        }

        if (File.Exists(path))
        {
            using var old = new FileStream(path, FileMode.Open, FileAccess.Write);
            old.Write(new byte[old.Length]);
            old.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }

    /// <summary>The key in this file, made under this name when there is none.</summary>
    /// <exception cref="RefusedToStartException">The file can't be read as what it should be, or others can read it.</exception>
    private LedgerKey(string path, string name)
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
