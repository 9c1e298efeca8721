using System.Text.RegularExpressions;
using System.Xml.Linq;
using Baton.Client.Sealing;

namespace Baton.Cli.Import.Kdbx;

/// <summary>The entries of a KeePass database. Groups become folders, earlier passwords and files come along, the recycle bin stays behind.</summary>
internal sealed partial class KdbxReader
{
    private const int MaxDepth = 100;
    private const int MaxOld = 50;
    private static readonly string[] Standard = ["Title", "UserName", "Password", "URL", "Notes"];

    private readonly XElement root;
    private readonly Dictionary<string, byte[]> binaries;
    private readonly Dictionary<string, XElement> byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<PortableEntry> entries = [];
    private readonly KdbxLosses losses = new();

    private KdbxReader(XElement root, Dictionary<string, byte[]> binaries)
    {
        this.root = root;
        this.binaries = binaries;
    }

    public static PortableFileContent Read(byte[] file, KdbxKey key)
    {
        var opened = KdbxFile.Open(file, key);
        var root = KdbxXml.Read(opened);
        var reader = new KdbxReader(root, KdbxBinaries.Of(opened, root));
        return reader.Read(opened.Major);
    }

    private PortableFileContent Read(int major)
    {
        var meta = root.Element("Meta");
        var bin = KdbxXml.IsTrue(meta?.Element("RecycleBinEnabled")?.Value) ? meta?.Element("RecycleBinUUID")?.Value : null;
        foreach (var entry in root.Descendants("Entry").Where(entry => entry.Parent?.Name == "Group" && entry.Element("UUID") is not null))
        {
            byId.TryAdd(IdOf(entry), entry);
        }

        foreach (var group in root.Element("Root")?.Elements("Group") ?? [])
        {
            Walk(group, [], bin, 0);
        }

        losses.CustomIcons = meta?.Element("CustomIcons")?.HasElements == true;
        return new PortableFileContent(major == 4 ? "KeePass (KDBX 4)" : "KeePass (KDBX 3.1)", entries, losses.Told());
    }

    private void Walk(XElement group, IReadOnlyList<string> path, string? bin, int depth)
    {
        if (depth > MaxDepth)
        {
            throw ByteSource.Damaged("its groups lie too deep");
        }

        if (bin is not null && group.Element("UUID")?.Value == bin)
        {
            losses.Binned += group.Descendants("Entry").Count(entry => entry.Parent?.Name == "Group");
            return;
        }

        losses.GroupNotes += string.IsNullOrWhiteSpace(group.Element("Notes")?.Value) ? 0 : 1;
        entries.AddRange(group.Elements("Entry").Select(entry => EntryOf(entry, path)));
        foreach (var inner in group.Elements("Group"))
        {
            var name = EntryType.Clean(inner.Element("Name")?.Value).ReplaceLineEndings(" ").Trim();
            Walk(inner, [.. path, name.Length == 0 ? "–" : name], bin, depth + 1);
        }
    }

    private PortableEntry EntryOf(XElement entry, IReadOnlyList<string> folder)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var hidden = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in entry.Elements("String"))
        {
            var name = EntryType.Clean(text.Element("Key")?.Value);
            var value = text.Element("Value");
            values[name] = EntryType.Clean(Resolved(value?.Value ?? ""));
            if (KdbxXml.IsTrue(value?.Attribute("Protected")?.Value) || KdbxXml.IsTrue(value?.Attribute("ProtectInMemory")?.Value))
            {
                hidden.Add(name);
            }
        }

        string? Value(string name) => values.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
        var (url, username, password) = (Value("URL"), Value("UserName"), Value("Password"));
        var title = (Value("Title") ?? EntryType.HostOf(url) ?? username ?? "").ReplaceLineEndings(" ");
        var totp = KdbxTotp.Take(values, title);
        var fields = values.Where(value => !Standard.Contains(value.Key, StringComparer.Ordinal) && value.Value.Length > 0)
            .Select(value => new EntryField(value.Key, value.Value, EntryType.KindOf(value.Value, hidden.Contains(value.Key)))).ToList();
        var files = entry.Elements("Binary").Select(FileOf).OfType<PortableFile>().ToList();
        var times = entry.Element("Times");
        var custom = entry.Element("CustomData")?.Elements("Item")
            .DistinctBy(item => item.Element("Key")?.Value, StringComparer.Ordinal).ToDictionary(item => item.Element("Key")?.Value ?? "", item => item.Element("Value")?.Value ?? "", StringComparer.Ordinal);
        var tags = EntryType.Clean(entry.Element("Tags")?.Value).Split(';', ',').Select(tag => tag.Trim()).Where(tag => tag.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        var favourite = tags.Remove(KdbxWriter.FavouriteTag);
        losses.Count(entry);
        var (old, since) = HistoryOf(entry, password, KdbxXml.Time(times?.Element("LastModificationTime")));
        return new PortableEntry(
            custom?.GetValueOrDefault(KdbxWriter.TypeItem) ?? EntryType.Of(url, url is not null || username is not null || password is not null || totp is not null),
            title, url, username, password, totp, Value("Notes"),
            fields.Count == 0 ? null : fields, files.Count == 0 ? null : files, folder.Count == 0 ? null : folder, tags.Count == 0 ? null : tags,
            favourite, old.Count == 0 ? null : old,
            KdbxXml.Time(times?.Element("CreationTime")), KdbxXml.Time(times?.Element("LastModificationTime")), password is null ? null : since,
            KdbxXml.IsTrue(times?.Element("Expires")?.Value) ? KdbxXml.Time(times?.Element("ExpiryTime")) : null,
            long.TryParse(custom?.GetValueOrDefault(KdbxWriter.RotateByItem), out var rotateBy) ? rotateBy : null);
    }

    // The passwords of earlier versions, each told once, with the time when it was replaced; and since when the present one stands.
    private static (List<PortableOldPassword> Old, long? Since) HistoryOf(XElement entry, string? password, long? changed)
    {
        var versions = (entry.Element("History")?.Elements("Entry") ?? [])
            .Select(version => (Time: KdbxXml.Time(version.Element("Times")?.Element("LastModificationTime")), Password: PasswordOf(version)))
            .OrderBy(version => version.Time ?? 0)
            .Append((Time: changed, Password: password));
        var (old, current, since) = (new List<PortableOldPassword>(), (string?)null, (long?)null);
        foreach (var (time, value) in versions)
        {
            if (value == current && since is not null)
            {
                continue;
            }

            if (current is not null)
            {
                old.Insert(0, new PortableOldPassword(current, time));
            }

            (current, since) = (value, time);
        }

        return ([.. old.Where(past => past.Password != password).DistinctBy(past => past.Password, StringComparer.Ordinal).Take(MaxOld)], since);
    }

    private static string? PasswordOf(XElement version) =>
        version.Elements("String").FirstOrDefault(text => text.Element("Key")?.Value == "Password")?.Element("Value")?.Value is { Length: > 0 } value ? EntryType.Clean(value) : null;

    private PortableFile? FileOf(XElement binary)
    {
        var value = binary.Element("Value");
        var name = EntryType.Clean(binary.Element("Key")?.Value);
        var bytes = value?.Attribute("Ref") is { } reference ? binaries.GetValueOrDefault(reference.Value) : Base64.TryDecode(value?.Value ?? "", out var inline) ? inline : null;
        if (bytes is null)
        {
            losses.MissingFiles++;
            return null;
        }

        return new PortableFile(name.Length == 0 ? "file" : name, bytes);
    }

    // {REF:P@I:0123…}: a field of another entry. Others than by id would be a search, which is not repeated here.
    private string Resolved(string value, int depth = 0)
    {
        if (!value.Contains("{REF:", StringComparison.OrdinalIgnoreCase))
        {
            return value;
        }

        var resolved = Reference().Replace(value, match =>
        {
            var name = match.Groups["field"].Value.ToUpperInvariant() switch { "T" => "Title", "U" => "UserName", "P" => "Password", "A" => "URL", "N" => "Notes", _ => "" };
            var text = depth < 5 && byId.TryGetValue(match.Groups["id"].Value, out var entry)
                ? entry.Elements("String").FirstOrDefault(text => text.Element("Key")?.Value == name)?.Element("Value")?.Value
                : null;
            return text is null ? match.Value : Resolved(text, depth + 1);
        });
        losses.References += resolved.Contains("{REF:", StringComparison.OrdinalIgnoreCase) ? 1 : 0;
        return resolved;
    }

    private static string IdOf(XElement entry) => Base64.TryDecode(entry.Element("UUID")!.Value.Trim(), out var id) ? Convert.ToHexString(id) : "";

    [GeneratedRegex("\\{REF:(?<field>[TUPAN])@I:(?<id>[0-9A-F]{32})\\}", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();
}
