using System.Globalization;
using System.Xml.Linq;

namespace Baton.Cli.Import.Kdbx;

/// <summary>The files of a KeePass database by the number that entries refer to: in the inner header of version 4, in the XML of version 3.</summary>
internal static class KdbxBinaries
{
    private const int MaxSize = 256 << 20;

    public static Dictionary<string, byte[]> Of(KdbxFile file, XElement root)
    {
        var binaries = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        for (var i = 0; i < file.Binaries.Count; i++)
        {
            binaries[i.ToString(CultureInfo.InvariantCulture)] = file.Binaries[i];
        }

        foreach (var binary in root.Element("Meta")?.Element("Binaries")?.Elements("Binary") ?? [])
        {
            if (binary.Attribute("ID") is { } id && Base64.TryDecode(binary.Value, out var bytes))
            {
                binaries[id.Value] = KdbxXml.IsTrue(binary.Attribute("Compressed")?.Value) ? KdbxFile.Unzip(bytes, MaxSize) : bytes;
            }
        }

        return binaries;
    }
}
