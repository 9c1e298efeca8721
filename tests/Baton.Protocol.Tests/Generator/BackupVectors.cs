using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Baton.Client.Sealing;
using Baton.Protocol.Encoding;
using Baton.Protocol.Tests.Vectors;

namespace Baton.Protocol.Tests.Generator;

/// <summary>spec/vault.md §6.</summary>
internal static class BackupVectors
{
    private const string Open = "backup.open";
    private const string Password = "hasło do kopii";

    private static readonly Lazy<byte[]> Key = new(() => Argon2.Id(System.Text.Encoding.UTF8.GetBytes(Password), Fixed.Bytes("backup salt", 16), 65_536, 2));

    public static IEnumerable<VectorFile> All()
    {
        var good = File(Packed(Content()));
        yield return VectorFile.Good("backup", Open, "A backup with and without the last line's end.", VaultOperations.All[Open], Input(good), Input(good.TrimEnd('\n')));
        yield return Bad("backup-password", "Another password.", "password", Input(good, "haslo do kopii"));
        yield return Bad("backup-changed", "One character of the sealed line is another.", "password", Input(good[..^10] + (good[^10] == 'A' ? 'B' : 'A') + good[^9..]));
        yield return Bad("backup-parameters", "Parameters that make guessing cheap.", "parameters", Input(good.Replace("\"memoryKiB\":65536", "\"memoryKiB\":1024", StringComparison.Ordinal)));
        yield return Bad("backup-kind", "Another kind of file.", "form", Input(good.Replace("baton backup", "another file", StringComparison.Ordinal)));
        yield return Bad("backup-header-white-space", "Not the exact header.", "form", Input(good.Replace("{\"v\":1,", "{\"v\": 1,", StringComparison.Ordinal)));
        yield return Bad("backup-lines", "A third line.", "form", Input(good + "more"));
        yield return Bad("backup-one-line", "Only the header.", "form", Input(good.Split('\n')[0]));
        yield return Bad("backup-not-gzip", "What is sealed isn't packed.", "content", Input(File(System.Text.Encoding.UTF8.GetBytes(Content().ToJsonString()))));
        yield return Bad("backup-version", "Another version of the content.", "content", Input(File(Packed(Changed(content => content["v"] = 2)))));
        yield return Bad("backup-entry", "An entry that is none.", "content", Input(File(Packed(Changed(content => content["groups"]![0]!["entries"]![0]!.AsObject().Remove("title"))))));
        yield return Bad("backup-file-size", "A file of another size than it says.", "content", Input(File(Packed(Changed(content => content["groups"]![0]!["entries"]![0]!["files"]![0]!["size"] = 4)))));
    }

    private static JsonObject Content()
    {
        var entry = EntryVectors.Whole();
        entry["files"] = new JsonArray(new JsonObject
        {
            ["name"] = "umowa.pdf", ["size"] = 3, ["sha256"] = Base64Url.Encode(System.Security.Cryptography.SHA256.HashData([1, 2, 3])), ["data"] = Base64Url.Encode([1, 2, 3]),
        });
        return new JsonObject
        {
            ["v"] = 1, ["organization"] = "Studio Północ", ["made"] = 1_790_000_000_000,
            ["groups"] = new JsonArray(
                new JsonObject { ["name"] = "Klient", ["icon"] = "folder", ["colour"] = "teal", ["entries"] = new JsonArray(entry, new JsonObject { ["v"] = 1, ["type"] = "note", ["title"] = "Uwagi" }) },
                new JsonObject { ["name"] = "Pusta", ["icon"] = "folder", ["colour"] = "teal", ["entries"] = new JsonArray() }),
        };
    }

    private static JsonObject Changed(Action<JsonObject> change)
    {
        var content = Content();
        change(content);
        return content;
    }

    private static string File(byte[] packed) =>
        $$"""{"v":1,"kind":"baton backup","salt":"{{Base64Url.Encode(Fixed.Bytes("backup salt", 16))}}","memoryKiB":65536,"passes":2,"lanes":1}""" + "\n"
        + Base64Url.Encode(Seal.CloseWith(Fixed.Bytes("backup s"), Key.Value, SealPurpose.Backup, [], packed)) + "\n";

    /// <summary>gzip (RFC 1952) with one stored block: the same bytes whatever packs better.</summary>
    private static byte[] Packed(JsonObject content)
    {
        var text = System.Text.Encoding.UTF8.GetBytes(content.ToJsonString(Scenario.Relaxed));
        var (length, crc) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(crc, Crc(text));
        return [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff, 1, length[0], length[1], (byte)~length[0], (byte)~length[1], .. text, .. crc, .. length];
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320u);
            }
        }

        return ~crc;
    }

    private static JsonObject Input(string text, string password = Password) => new() { ["text"] = text, ["password"] = password };

    private static VectorFile Bad(string name, string about, string refused, JsonObject input) => VectorFile.Bad(name, Open, about, refused, input);
}
