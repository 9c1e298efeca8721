using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;

namespace Baton.Cli.Import.Kdbx;

/// <summary>
/// Writes entries as a KeePass database, KDBX 4, that KeePass and KeePassXC open: folders as groups, one-time codes as KeePassXC's
/// <c>otp</c>, earlier passwords as history. What KeePass has no place for stands in an entry's custom data and is read back from there.
/// </summary>
internal sealed class KdbxWriter
{
    public const string TypeItem = "baton/type";
    public const string FavouriteTag = "Favourite";
    public const string RotateByItem = "baton/rotate-by";

    private const ulong Memory = 64UL << 20;
    private const ulong Passes = 4;
    private const uint Lanes = 2;

    private static readonly Dictionary<string, int> Icons = new(StringComparer.Ordinal)
    {
        ["domain"] = 1, ["server"] = 3, ["database"] = 6, ["note"] = 7, ["wifi"] = 12, ["mailbox"] = 19, ["card"] = 66,
    };

    private readonly XmlWriter xml;
    private readonly KeyStream hidden;
    private readonly List<byte[]> binaries;
    private readonly long now;

    private KdbxWriter(XmlWriter xml, KeyStream hidden, List<byte[]> binaries, long now)
    {
        this.xml = xml;
        this.hidden = hidden;
        this.binaries = binaries;
        this.now = now;
    }

    /// <summary>The file's bytes.</summary>
    /// <param name="name">The database's name.</param>
    public static byte[] Write(string name, IReadOnlyList<PortableEntry> entries, string password, TimeProvider clock) => Write(
        name, entries, KdbxKey.Of(password), KdbxCipher.Aes256, KdbxKdf.OfArgon2(Argon2Type.Id, RandomNumberGenerator.GetBytes(32), Memory, Passes, Lanes), clock);

    internal static byte[] Write(string name, IReadOnlyList<PortableEntry> entries, KdbxKey key, KdbxCipher cipher, KdbxKdf kdf, TimeProvider clock)
    {
        var binaries = entries.SelectMany(entry => entry.Files ?? []).Select(file => file.Bytes).ToList();
        return KdbxFile.Save(key, cipher, kdf, binaries, hidden =>
        {
            var text = new MemoryStream();
            using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.None }))
            {
                new KdbxWriter(xml, hidden, [], clock.GetUtcNow().ToUnixTimeMilliseconds()).Database(name, entries);
            }

            return text.ToArray();
        });
    }

    private void Database(string name, IReadOnlyList<PortableEntry> entries)
    {
        xml.WriteStartElement("KeePassFile");
        xml.WriteStartElement("Meta");
        Text("Generator", "Baton");
        Text("DatabaseName", name);
        xml.WriteEndElement();
        xml.WriteStartElement("Root");
        Group(name, entries, 0);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private void Group(string name, IEnumerable<PortableEntry> entries, int depth)
    {
        xml.WriteStartElement("Group");
        Text("UUID", NewId());
        Text("Name", name);
        var folders = new List<IGrouping<string, PortableEntry>>();
        foreach (var inner in entries.GroupBy(entry => entry.Folder?.ElementAtOrDefault(depth), StringComparer.Ordinal))
        {
            if (inner.Key is null)
            {
                foreach (var entry in inner)
                {
                    Entry(entry);
                }
            }
            else
            {
                folders.Add(inner!);
            }
        }

        // Entries before groups: KeePass's order.
        foreach (var folder in folders)
        {
            Group(folder.Key, folder, depth + 1);
        }

        xml.WriteEndElement();
    }

    private void Entry(PortableEntry entry)
    {
        var id = NewId();
        xml.WriteStartElement("Entry");
        Text("UUID", id);
        Text("IconID", Icons.GetValueOrDefault(entry.Type).ToString(CultureInfo.InvariantCulture));
        Text("Tags", string.Join(';', [.. entry.Tags ?? [], .. entry.Favourite ? [FavouriteTag] : (string[])[]]));
        Times(entry.Created ?? now, entry.Changed ?? now, entry.Expires);
        Strings(entry, entry.Password);
        foreach (var file in entry.Files ?? [])
        {
            xml.WriteStartElement("Binary");
            Text("Key", file.Name);
            xml.WriteStartElement("Value");
            xml.WriteAttributeString("Ref", binaries.Count.ToString(CultureInfo.InvariantCulture));
            xml.WriteEndElement();
            xml.WriteEndElement();
            binaries.Add(file.Bytes);
        }

        CustomData(entry);
        History(entry, id);
        xml.WriteEndElement();
    }

    private void Strings(PortableEntry entry, string? password)
    {
        String("Title", entry.Title, false);
        String("UserName", entry.Username, false);
        String("Password", password, true);
        String("URL", entry.Url, false);
        String("Notes", entry.Notes, false);
        String("otp", entry.Totp, true);
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "Title", "UserName", "Password", "URL", "Notes", "otp" };
        foreach (var field in entry.Fields ?? [])
        {
            // A name stands once in KeePass.
            var name = field.Name.Length == 0 ? "field" : field.Name;
            var free = name;
            for (var i = 2; !taken.Add(free); i++)
            {
                free = string.Create(CultureInfo.InvariantCulture, $"{name} {i}");
            }

            String(free, field.Value, field.Kind is "hidden" or "key");
        }
    }

    private void CustomData(PortableEntry entry)
    {
        List<(string Key, string Value)> items = [(TypeItem, entry.Type)];
        if (entry.RotateBy is { } rotateBy)
        {
            items.Add((RotateByItem, rotateBy.ToString(CultureInfo.InvariantCulture)));
        }

        xml.WriteStartElement("CustomData");
        foreach (var (key, value) in items)
        {
            xml.WriteStartElement("Item");
            Text("Key", key);
            Text("Value", value);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    // An earlier version carries the id of its entry. It began when the one before was replaced; so did the present password.
    private void History(PortableEntry entry, string id)
    {
        xml.WriteStartElement("History");
        var began = entry.Created ?? now;
        foreach (var past in (entry.Old ?? []).Reverse().Append(new PortableOldPassword(entry.Password ?? "", null)).Where(_ => entry.Old is not null))
        {
            xml.WriteStartElement("Entry");
            Text("UUID", id);
            Times(entry.Created ?? now, began, null);
            Strings(entry with { Fields = null, Totp = null, Notes = null }, past.Password);
            xml.WriteEndElement();
            began = past.Changed ?? began;
        }

        xml.WriteEndElement();
    }

    private void Times(long created, long changed, long? expires)
    {
        xml.WriteStartElement("Times");
        Text("CreationTime", KdbxXml.Time(created));
        Text("LastModificationTime", KdbxXml.Time(changed));
        Text("LastAccessTime", KdbxXml.Time(changed));
        Text("ExpiryTime", KdbxXml.Time(expires ?? changed));
        Text("Expires", expires is null ? "False" : "True");
        Text("UsageCount", "0");
        Text("LocationChanged", KdbxXml.Time(changed));
        xml.WriteEndElement();
    }

    private void String(string name, string? value, bool hide)
    {
        if (value is null)
        {
            return;
        }

        xml.WriteStartElement("String");
        Text("Key", name);
        xml.WriteStartElement("Value");
        if (hide)
        {
            xml.WriteAttributeString("Protected", "True");
            xml.WriteString(Base64.Encode(hidden.Apply(Encoding.UTF8.GetBytes(KdbxXml.Storable(value)))));
        }
        else
        {
            xml.WriteString(KdbxXml.Storable(value));
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static string NewId() => Base64.Encode(RandomNumberGenerator.GetBytes(16));

    private void Text(string name, string value) => xml.WriteElementString(name, KdbxXml.Storable(value));
}
