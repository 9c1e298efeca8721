using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Baton.Server.Storage;

namespace Baton.Server.Security;

/// <summary>
/// The key that will sign the ledger's checkpoints, and the installation's name. <c>ledger.key</c> holds the name on its first line and the
/// private key in PEM below; both are made once, at the first start. spec/ledger.md §2.
/// </summary>
internal sealed class LedgerKey
{
    public const string FileName = "ledger.key";

    /// <summary>The type byte that this key's signatures will carry: ECDSA, C2SP signed-note.</summary>
    private const byte Ecdsa = 0x02;

    /// <exception cref="RefusedToStartException">The file can't be read as what it should be, or others can read it.</exception>
    public LedgerKey(DataDirectory data, BatonOptions settings)
    {
        var path = Path.Combine(data.Path, FileName);
        var text = Encoding.UTF8.GetString(KeyFile.ReadOrMake(path, () => Make(settings.Host + "/log")));
        var newline = text.IndexOf('\n', StringComparison.Ordinal);
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(text.AsSpan(newline + 1));
            Name = text[..newline];
            VerifyingKey = Verifying(Name, key.ExportSubjectPublicKeyInfo());
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            throw new RefusedToStartException($"{path} is not a ledger key.", "Restore it from the backup of the data directory.");
        }
    }

    /// <summary>host/log, as fixed at the first start.</summary>
    public string Name { get; }

    /// <summary>The signed-note verifying key: name+hex(key id)+base64(0x02 || SPKI).</summary>
    public string VerifyingKey { get; }

    private static byte[] Make(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Encoding.UTF8.GetBytes(name + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    private static string Verifying(string name, byte[] spki)
    {
        var id = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(spki));

        // Standard base64, as C2SP writes it; base64url is for Baton's own wire.
        return $"{name}+{id:x8}+{Convert.ToBase64String([Ecdsa, .. spki], Base64FormattingOptions.None)}";
    }
}
