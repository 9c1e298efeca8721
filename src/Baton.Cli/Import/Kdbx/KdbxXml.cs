using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Baton.Cli.Import.Kdbx;

/// <summary>The XML text inside a KDBX file, with its hidden values shown.</summary>
internal static class KdbxXml
{
    private const long TicksPerSecond = TimeSpan.TicksPerSecond;

    public static XElement Read(KdbxFile file)
    {
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, CheckCharacters = false };
            using var reader = XmlReader.Create(new MemoryStream(file.Xml), settings);
            var root = XDocument.Load(reader).Root;
            if (root?.Name != "KeePassFile")
            {
                throw ByteSource.Damaged("its content is none of KeePass");
            }

            CheckHeader(file, root);
            Show(root, file.Hidden);
            return root;
        }
        catch (XmlException)
        {
            throw ByteSource.Damaged("its content is no XML");
        }
    }

    /// <summary>A text that XML can hold: some characters it can't, even escaped.</summary>
    public static string Storable(string text)
    {
        var storable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            storable.Append(rune.Value is < 0x20 and not ('\n' or '\t' or '\r') or 0xFFFE or 0xFFFF ? "\uFFFD" : rune.ToString());
        }

        return storable.ToString();
    }

    /// <summary>Unix milliseconds. Version 4 has seconds since the year 1 as base64 of an int64, version 3 ISO 8601.</summary>
    public static long? Time(XElement? element)
    {
        var text = element?.Value.Trim() ?? "";
        if (text.Length == 12 && Base64.TryDecode(text, out var bytes) && bytes.Length == 8)
        {
            var seconds = BitConverter.ToInt64(bytes);
            return seconds >= 0 && seconds < DateTime.MaxValue.Ticks / TicksPerSecond ? Unix(new DateTime(seconds * TicksPerSecond, DateTimeKind.Utc)) : null;
        }

        return DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time) ? Unix(time) : null;
    }

    /// <summary>A time as version 4 writes it.</summary>
    public static string Time(long unixMilliseconds) =>
        Base64.Encode(BitConverter.GetBytes(DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds).UtcTicks / TicksPerSecond));

    private static long Unix(DateTime time) => new DateTimeOffset(time, TimeSpan.Zero).ToUnixTimeMilliseconds();

    // Version 3 hashes nothing but its blocks: the hash of its header stands in the content.
    private static void CheckHeader(KdbxFile file, XElement root)
    {
        if (file.HeaderHash is { } hash && root.Element("Meta")?.Element("HeaderHash") is { } named
            && !(Base64.TryDecode(named.Value.Trim(), out var bytes) && bytes.AsSpan().SequenceEqual(hash)))
        {
            throw ByteSource.Damaged("its header is not what was saved");
        }
    }

    // One stream runs through all hidden values in the order of the document, those that nobody needs included.
    private static void Show(XElement root, KeyStream? hidden)
    {
        foreach (var element in root.Descendants().Where(element => IsTrue(element.Attribute("Protected")?.Value)).ToList())
        {
            if (hidden is null || !Base64.TryDecode(element.Value, out var bytes))
            {
                throw ByteSource.Damaged("a hidden value can't be shown");
            }

            var shown = hidden.Apply(bytes);
            element.Value = element.Name == "Binary" ? Base64.Encode(shown) : Encoding.UTF8.GetString(shown);
        }
    }

    public static bool IsTrue(string? text) => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
}
