using System.Globalization;
using System.Xml.Linq;

namespace Baton.Cli.Import.Kdbx;

/// <summary>What of a KeePass database has no place in the vault.</summary>
internal sealed class KdbxLosses
{
    private int versions;
    private int autoTypes;

    public int Binned { get; set; }

    public int GroupNotes { get; set; }

    public int References { get; set; }

    public int MissingFiles { get; set; }

    public bool CustomIcons { get; set; }

    /// <summary>Counts what an entry has and the vault has not.</summary>
    public void Count(XElement entry)
    {
        versions += entry.Element("History")?.HasElements == true ? 1 : 0;
        autoTypes += entry.Element("AutoType")?.Element("Association") is not null || entry.Element("AutoType")?.Element("DefaultSequence")?.Value.Length > 0 ? 1 : 0;
    }

    /// <summary>A phrase for each.</summary>
    public IReadOnlyList<string> Told() =>
    [
        .. Counted(Binned, "entry in the recycle bin", "entries in the recycle bin"),
        .. Counted(versions, "entry's earlier versions, but for the passwords", "entries' earlier versions, but for the passwords"),
        .. Counted(autoTypes, "entry's auto-type", "entries' auto-type"),
        .. Counted(GroupNotes, "group's notes", "groups' notes"),
        .. Counted(References, "reference to another entry that leads nowhere; it stays as written", "references to other entries that lead nowhere; they stay as written"),
        .. Counted(MissingFiles, "file that the database names and does not hold", "files that the database names and does not hold"),
        .. CustomIcons ? ["custom icons"] : (string[])[],
    ];

    private static IEnumerable<string> Counted(int count, string one, string many) =>
        count == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}")];
}
