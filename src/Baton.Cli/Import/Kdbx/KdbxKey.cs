using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Baton.Cli.Import.Kdbx;

/// <summary>
/// What opens a KeePass file: a password, a key file, or both. <c>SHA-256(SHA-256(password) || key of the file)</c>, each part
/// only where there is one.
/// </summary>
internal sealed class KdbxKey
{
    private readonly byte[] parts;

    private KdbxKey(byte[] parts) => this.parts = parts;

    public static KdbxKey Of(string? password, byte[]? keyFile = null)
    {
        var text = Encoding.UTF8.GetBytes(password ?? "");
        var key = new KdbxKey([.. password is null ? [] : SHA256.HashData(text), .. keyFile is null ? [] : KeyOf(keyFile)]);
        CryptographicOperations.ZeroMemory(text);
        return key;
    }

    public byte[] Composite() => SHA256.HashData(parts);

    // A key file is XML of version 1 (base64) or 2 (hexadecimal), 32 bytes, 64 hexadecimal digits, or any other file by its hash.
    private static byte[] KeyOf(byte[] file)
    {
        if (file.Length == 32)
        {
            return file;
        }

        var text = Encoding.UTF8.GetString(file).Trim();
        if (file.Length == 64 && IsHex(text))
        {
            return Convert.FromHexString(text);
        }

        try
        {
            using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            var data = XDocument.Load(reader).Element("KeyFile")?.Element("Key")?.Element("Data");
            var digits = data is null ? "" : string.Concat(data.Value.Where(character => !char.IsWhiteSpace(character)));
            var key = digits.Length == 64 && IsHex(digits) ? Convert.FromHexString(digits) : Base64.TryDecode(digits, out var decoded) && decoded.Length == 32 ? decoded : null;
            if (key is not null)
            {
                return key;
            }
        }
        catch (XmlException)
        {
            // Any file may be a key file.
        }

        return SHA256.HashData(file);
    }

    private static bool IsHex(string text) => text.All(char.IsAsciiHexDigit);
}
