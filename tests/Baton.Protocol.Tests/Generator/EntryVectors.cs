using System.Text.Json.Nodes;
using Baton.Client.Keys;
using Baton.Client.Sealing;
using Baton.Client.Vault;
using Baton.Protocol.Encoding;
using Baton.Protocol.Tests.Vectors;

namespace Baton.Protocol.Tests.Generator;

/// <summary>spec/vault.md §2.</summary>
internal static class EntryVectors
{
    private static readonly EntryPlace Place = new(new GroupVersion(Scenario.Organization, Fixed.Id("group"), 2), Fixed.Id("entry"), 3);

    public static IEnumerable<VectorFile> All() => [.. Seals(), .. Texts()];

    /// <summary>An entry with everything in it.</summary>
    public static JsonObject Whole() => new()
    {
        ["v"] = 1, ["type"] = "login", ["title"] = "Panel administracyjny", ["url"] = "https://panel.example/admin", ["username"] = "ewa@studio.example",
        ["password"] = "zażółć \"gęślą\" <jaźń> 👩‍🚀", ["totp"] = "otpauth://totp/Panel:ewa?secret=JBSWY3DPEHPK3PXP", ["notes"] = "pierwsza linia\ndruga linia",
        ["fields"] = new JsonArray(new JsonObject { ["name"] = "Port", ["value"] = "22", ["kind"] = "text" }, new JsonObject { ["name"] = "Wygasa", ["value"] = "2027-01-31", ["kind"] = "date" }),
        ["files"] = new JsonArray(new JsonObject
        {
            ["id"] = Fixed.Id("file").ToString(), ["name"] = "umowa.pdf", ["size"] = 12_345, ["sha256"] = Base64Url.Encode(Fixed.Bytes("file hash")), ["key"] = Base64Url.Encode(Fixed.Bytes("file key")),
        }),
        ["folder"] = new JsonArray("Serwery", "Produkcja"), ["tags"] = new JsonArray("aws"), ["favourite"] = true,
        ["old"] = new JsonArray(new JsonObject { ["password"] = "hunter2", ["changed"] = 1_780_000_000_000 }),
        ["created"] = 1_780_000_000_000, ["changed"] = 1_790_000_000_000, ["passwordChanged"] = 1_790_000_000_000, ["expires"] = 1_800_000_000_000, ["rotateBy"] = 1_795_000_000_000,
    };

    private static JsonObject Smallest() => new() { ["v"] = 1, ["type"] = "something new", ["title"] = "" };

    private static JsonObject Later()
    {
        var later = Smallest();
        later["passkeys"] = new JsonArray(new JsonObject { ["id"] = "x", ["none"] = null });
        return later;
    }

    private static IEnumerable<VectorFile> Seals()
    {
        const string open = "entry.open";
        JsonObject Of(byte[] padded, EntryPlace sealedAt, byte[]? key = null, string purpose = SealPurpose.Entry) => new()
        {
            ["groupKey"] = Fixed.Bytes("group key").ToHex(), ["organization"] = Place.Group.Organization.ToBytes().ToHex(), ["group"] = Place.Group.Group.ToBytes().ToHex(),
            ["version"] = Place.Group.Version, ["entry"] = Place.Entry.ToBytes().ToHex(), ["revision"] = Place.Revision,
            ["sealed"] = Seal.CloseWith(Fixed.Bytes("entry s"), key ?? Fixed.Bytes("group key"), purpose, sealedAt.ToBytes(), padded).ToHex(),
        };
        var padded = Padding.Add(Bytes(Whole()));
        yield return VectorFile.Good(
            "entry", open, "Entries: whole, smallest, and with members of a later version, which a reader keeps.", VaultOperations.All[open],
            Of(padded, Place), Of(Padding.Add(Bytes(Smallest())), Place), Of(Padding.Add(Bytes(Later())), Place));
        (string Name, string About, JsonObject Input)[] bad =
        [
            ("entry-other-revision", "An earlier revision shown as this one.", Of(padded, Place with { Revision = 2 })),
            ("entry-other-entry", "Another entry's bytes under this id.", Of(padded, Place with { Entry = Fixed.Id("another entry") })),
            ("entry-other-group", "Sealed for another group.", Of(padded, Place with { Group = Place.Group with { Group = Fixed.Id("another group") } })),
            ("entry-other-version", "Sealed under another version of the key.", Of(padded, Place with { Group = Place.Group with { Version = 1 } })),
            ("entry-other-organization", "Sealed for another organization.", Of(padded, Place with { Group = Place.Group with { Organization = Fixed.Id("another organization") } })),
            ("entry-other-key", "Sealed under another group's key.", Of(padded, Place, key: Fixed.Bytes("another group key"))),
            ("entry-other-purpose", "A group's name shown as an entry.", Of(padded, Place, purpose: SealPurpose.Group)),
        ];
        foreach (var (name, about, input) in bad)
        {
            yield return VectorFile.Bad(name, open, about, "tag", input);
        }

        yield return VectorFile.Bad("entry-padding-not-zero", open, "The padding's last byte isn't zero.", "padding", Of([.. padded[..^1], 1], Place));
        yield return VectorFile.Bad("entry-size-not-padme", open, "One zero more than the padding has.", "padding", Of([.. padded, 0], Place));
        yield return VectorFile.Bad("entry-no-entry", open, "The text is no entry.", "shape", Of(Padding.Add("{}"u8), Place));
    }

    private static IEnumerable<VectorFile> Texts()
    {
        const string parse = "entry.parse";
        static JsonObject Text(JsonNode node) => new() { ["text"] = node.ToJsonString(Scenario.Relaxed) };
        static JsonObject Changed(string name, JsonNode? value)
        {
            var node = Whole();
            node[name] = value;
            return Text(node);
        }

        static JsonArray Many(int count, Func<int, JsonNode> make) => new([.. Enumerable.Range(0, count).Select(make)]);
        static JsonObject Field(string? value = "22") => new() { ["name"] = "Port", ["value"] = value, ["kind"] = "text" };
        static JsonArray File(string name, JsonNode? value)
        {
            var file = Whole()["files"]![0]!.DeepClone();
            file[name] = value;
            return new JsonArray(file);
        }

        yield return VectorFile.Good(
            "entry-text", parse, "Entries as text, at the limits of their lists.", VaultOperations.All[parse],
            Text(Whole()), Text(Smallest()), Text(Later()), Changed("fields", Many(500, _ => Field(""))), Changed("favourite", false),
            Changed("old", Many(50, i => new JsonObject { ["password"] = "", ["changed"] = i })), Changed("changed", (1L << 53) - 1));
        (string Name, string About, JsonObject Input)[] bad =
        [
            ("entry-version", "Another version.", Changed("v", 2)),
            ("entry-title-missing", "A title must be there.", Text(new JsonObject { ["v"] = 1, ["type"] = "login" })),
            ("entry-v-missing", "The version must be there.", Text(new JsonObject { ["type"] = "login", ["title"] = "" })),
            ("entry-null", "What is empty is absent, and not null.", Changed("url", null)),
            ("entry-nul", "Texts hold no U+0000, or a handover of it could be cut elsewhere under one commitment.", Changed("username", "a\0b")),
            ("entry-wrong-type", "A user name is a text.", Changed("username", 7)),
            ("entry-fields-empty", "What is empty is absent.", Changed("fields", new JsonArray())),
            ("entry-fields-many", "501 fields.", Changed("fields", Many(501, _ => Field()))),
            ("entry-field-without-value", "A field has a value.", Changed("fields", new JsonArray(new JsonObject { ["name"] = "Port", ["kind"] = "text" }))),
            ("entry-field-null", "A field's value is a text.", Changed("fields", new JsonArray(Field(null)))),
            ("entry-file-id", "An id has 16 bytes.", Changed("files", File("id", "AAAA"))),
            ("entry-file-key", "A key has 32 bytes.", Changed("files", File("key", Base64Url.Encode(new byte[31])))),
            ("entry-file-hash", "A hash has 32 bytes.", Changed("files", File("sha256", Base64Url.Encode(new byte[33])))),
            ("entry-file-size", "A size is not negative.", Changed("files", File("size", -1))),
            ("entry-folder-empty", "What is empty is absent.", Changed("folder", new JsonArray())),
            ("entry-folder-nameless", "A folder has a name.", Changed("folder", new JsonArray("Serwery", ""))),
            ("entry-folder-deep", "33 folders deep.", Changed("folder", Many(33, i => $"{i}"))),
            ("entry-tags-many", "101 tags.", Changed("tags", Many(101, i => $"{i}"))),
            ("entry-favourite-text", "Favourite is true or false.", Changed("favourite", "yes")),
            ("entry-old-many", "51 earlier passwords.", Changed("old", Many(51, i => new JsonObject { ["password"] = "x", ["changed"] = i }))),
            ("entry-old-without-time", "An earlier password has its time.", Changed("old", new JsonArray(new JsonObject { ["password"] = "x" }))),
            ("entry-time-negative", "A time is not negative.", Changed("created", -1)),
            ("entry-time-fraction", "A time is a whole number.", Changed("changed", 1.5)),
            ("entry-time-huge", "A time beyond what every implementation holds exactly.", Changed("expires", 1L << 53)),
            ("entry-array", "An entry is an object.", new JsonObject { ["text"] = "[]" }),
        ];
        foreach (var (name, about, input) in bad)
        {
            yield return VectorFile.Bad(name, parse, about, "shape", input);
        }
    }

    private static byte[] Bytes(JsonObject entry) => System.Text.Encoding.UTF8.GetBytes(entry.ToJsonString(Scenario.Relaxed));
}
