using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Baton.Client.Sealing;
using Baton.Protocol.Encoding;
using Baton.Protocol.Ledger;
using Baton.Protocol.Signing;
using Baton.Protocol.Tests.Vectors;

namespace Baton.Protocol.Tests.Generator;

internal static class HandoverVectors
{
    public static IEnumerable<VectorFile> All() => [.. Passwords(), .. Contents(), .. Files(), .. Receipts(), .. DetailsFiles()];

    private static IEnumerable<VectorFile> Passwords()
    {
        string[] typed =
        [
            "granite-walrus-copper-lantern", "  Granite Walrus  COPPER lantern ", "granite – walrus — copper_lantern", "granite.walrus,copper.-_lantern",
            "granite\u00A0walrus\u2003copper\u3000lantern", "\u0085granite walrus\u2028", "-granite-", ". granite .", "ZAŻÓŁĆ gęślą", "Zaz\u0307o\u0301łć", "ﬁve ²", "Ａ１－ｂ", "İ ß Σ",
            "\uFEFFgranite", "granite\u200Bwalrus", "", "  ",
        ];
        yield return VectorFile.Good(
            "access-password", "access-password", "What counts of an access password: NFKC, trim, runs of separators, ASCII case.", HandoverOperations.All["access-password"],
            [.. typed.Select(password => new JsonObject { ["password"] = password })]);
        JsonObject Keys(string? password) => new()
        {
            ["linkKey"] = Fixed.Bytes("link key").ToHex(), ["password"] = password, ["share"] = Fixed.Bytes("share").ToHex(),
        };
        yield return VectorFile.Good(
            "handover-keys", "handover-keys", "Every key of a handover, without and with an access password.", HandoverOperations.All["handover-keys"],
            Keys(null), Keys("Granite Walrus copper lantern"), Keys("zażółć-gęślą-jaźń"));
    }

    private static IEnumerable<VectorFile> Contents()
    {
        const string open = "content.open";
        var key = Fixed.Bytes("content key");
        var locator = Fixed.Bytes("locator", 16);
        JsonObject Sealed(byte[] sealedContent, byte[]? k = null, byte[]? place = null, int flags = 1) => new()
        {
            ["contentKey"] = (k ?? key).ToHex(), ["locator"] = (place ?? locator).ToHex(), ["flags"] = flags, ["sealed"] = sealedContent.ToHex(),
        };
        byte[] Close(string text) => SealedContent.Close(key, locator, HandoverFlags.Password, System.Text.Encoding.UTF8.GetBytes(text));
        byte[] Padded(byte[] padded) => SealedContent.ClosePadded(key, locator, HandoverFlags.Password, padded);

        var text = "{\"v\":1,\"text\":\"zażółć gęślą jaźń\"}";
        var whole = Close(text);
        yield return VectorFile.Good(
            "sealed", open, "Sealed texts of several padded sizes.", HandoverOperations.All[open],
            Sealed(whole), Sealed(Close("{}")), Sealed(Close(new string('a', 1000))), Sealed(Close(new string('b', 1020))));
        yield return VectorFile.Bad("sealed-wrong-flags", open, "Sealed with other flags.", "tag", Sealed(whole, flags: 3));
        yield return VectorFile.Bad("sealed-wrong-locator", open, "Sealed for another locator.", "tag", Sealed(whole, place: Fixed.Bytes("elsewhere", 16)));
        yield return VectorFile.Bad("sealed-wrong-key", open, "Sealed under another key.", "tag", Sealed(whole, k: Fixed.Bytes("other key")));
        yield return VectorFile.Bad("sealed-cut", open, "The last byte is missing.", "tag", Sealed(whole[..^1]));
        yield return VectorFile.Bad("sealed-too-short", open, "Shorter than a length and a tag.", "length", Sealed(whole[..19]));

        byte[] LengthAnd(int length, byte[] rest) => [.. Fields.Number((uint)length), .. rest];
        yield return VectorFile.Bad("sealed-padding-not-zero", open, "A byte of the padding is 1.", "padding", Sealed(Padded(LengthAnd(29, [.. System.Text.Encoding.ASCII.GetBytes(new string('a', 29)), 0, 0, 1]))));
        yield return VectorFile.Bad("sealed-size-not-padme", open, "One zero more than the padding has.", "padding", Sealed(Padded(LengthAnd(28, [.. System.Text.Encoding.ASCII.GetBytes(new string('a', 28)), 0]))));
        yield return VectorFile.Bad("sealed-length-beyond-text", open, "The length names more bytes than there are.", "length", Sealed(Padded(LengthAnd(29, new byte[28]))));
        yield return VectorFile.Bad("sealed-length-huge", open, "The length's first bit is set.", "length", Sealed(Padded([0x80, 0, 0, 0, .. new byte[28]])));

        const string parse = "content.parse";
        var content = Scenario.Content();
        var good = JsonNode.Parse(content.ToText())!.AsObject();
        JsonObject Text(JsonObject node) => new() { ["text"] = node.ToJsonString(Scenario.Relaxed) };
        JsonObject Changed(Action<JsonObject> change)
        {
            var node = good.DeepClone().AsObject();
            change(node);
            return Text(node);
        }

        yield return VectorFile.Good(
            "content", parse, "Contents: whole, smallest, and with members of a later version, which a reader skips.", HandoverOperations.All[parse],
            Text(good),
            Changed(node =>
            {
                node["entries"] = new JsonArray(new JsonObject { ["type"] = "something new", ["title"] = "", ["salt"] = Base64Url.Encode(new byte[16]) });
                node.Remove("files");
                node.Remove("message");
            }),
            Changed(node => node["later"] = new JsonObject { ["x"] = 1 }));
        (string Name, string About, Action<JsonObject> Change)[] bad =
        [
            ("content-version", "Another version.", node => node["v"] = 2),
            ("content-no-entries", "A handover has at least one entry.", node => node["entries"] = new JsonArray()),
            ("content-too-many-entries", "501 entries.", node => node["entries"] = new JsonArray([.. Enumerable.Range(0, 501).Select(_ => Smallest())])),
            ("content-entry-without-title", "A title must be there.", node => node["entries"]![0]!.AsObject().Remove("title")),
            ("content-entry-salt-short", "A salt has 16 bytes.", node => node["entries"]![0]!["salt"] = Base64Url.Encode(new byte[15])),
            ("content-entry-null", "An entry is an object.", node => node["entries"] = new JsonArray((JsonNode?)null)),
            ("content-file-index", "An entry names a file that isn't there.", node => node["entries"]![0]!["files"] = new JsonArray(7)),
            ("content-file-size-negative", "A file's size is negative.", node => node["files"]![0]!["size"] = -1),
            ("content-nul", "Texts hold no U+0000, or items could be cut elsewhere under one commitment.", node => node["entries"]![0]!["title"] = "a\0b"),
            ("content-organization-id", "An id has 16 bytes.", node => node["organization"]!["id"] = "AAAA"),
            ("content-fields-empty", "What is empty is absent.", node => node["entries"]![0]!["fields"] = new JsonArray()),
            ("content-too-many-fields", "501 fields.", node => node["entries"]![0]!["fields"] = new JsonArray([.. Enumerable.Range(0, 501).Select(_ => new JsonObject { ["name"] = "", ["value"] = "", ["kind"] = "text" })])),
            ("content-entry-files-empty", "What is empty is absent.", node => node["entries"]![0]!["files"] = new JsonArray()),
            ("content-files-empty", "What is empty is absent.", node =>
            {
                node["files"] = new JsonArray();
                node["entries"]![0]!.AsObject().Remove("files");
            }),
            ("content-wrong-type", "A user name is a text.", node => node["entries"]![0]!["username"] = 7),
            ("content-recipient-missing", "The recipient may be empty, not absent.", node => node.Remove("recipient")),
        ];
        foreach (var (name, about, change) in bad)
        {
            yield return VectorFile.Bad(name, parse, about, "shape", Changed(change));
        }

        yield return VectorFile.Bad("content-not-json", parse, "No JSON.", "json", new JsonObject { ["text"] = "{\"v\":1," });
    }

    private static JsonObject Smallest() => new() { ["type"] = "note", ["title"] = "", ["salt"] = Base64Url.Encode(new byte[16]) };

    private static IEnumerable<VectorFile> Files()
    {
        const string open = "file.open";
        static JsonObject Chunk(int number, bool last, int from, int length) =>
            new() { ["number"] = number, ["last"] = last, ["from"] = from, ["length"] = length };
        static JsonObject FileOf(int size, params ReadOnlySpan<JsonObject> chunks) => new()
        {
            ["key"] = Fixed.Bytes("file key").ToHex(), ["size"] = size,
            ["sha256"] = SHA256.HashData(HandoverOperations.FileBytes(0, size)).ToHex(), ["chunks"] = new JsonArray([.. chunks]),
        };
        const int chunk = FileChunks.ChunkSize;
        yield return VectorFile.Good(
            "file", open, "Files of 0, 1, 65536, 65537 and 131173 bytes.", HandoverOperations.All[open],
            FileOf(0, Chunk(0, true, 0, 0)), FileOf(1, Chunk(0, true, 0, 1)), FileOf(chunk, Chunk(0, true, 0, chunk)),
            FileOf(chunk + 1, Chunk(0, false, 0, chunk), Chunk(1, true, chunk, 1)),
            FileOf((2 * chunk) + 101, Chunk(0, false, 0, chunk), Chunk(1, false, chunk, chunk), Chunk(2, true, 2 * chunk, 101)));
        yield return VectorFile.Bad(
            "file-chunk-swapped", open, "The first two chunks have changed places.", "tag",
            FileOf((2 * chunk) + 1, Chunk(1, false, chunk, chunk), Chunk(0, false, 0, chunk), Chunk(2, true, 2 * chunk, 1)));
        yield return VectorFile.Bad(
            "file-truncated", open, "The last chunk is missing; the one before it doesn't say that it is the last.", "last", FileOf(chunk, Chunk(0, false, 0, chunk)));
        yield return VectorFile.Bad(
            "file-chunk-missing", open, "A chunk in the middle is missing.", "tag",
            FileOf((2 * chunk) + 1, Chunk(0, false, 0, chunk), Chunk(2, true, 2 * chunk, 1)));
        yield return VectorFile.Bad(
            "file-chunk-after-last", open, "Something follows the last chunk.", "last",
            FileOf(1, Chunk(0, true, 0, 1), Chunk(1, true, 1, 1)));
        yield return VectorFile.Bad(
            "file-last-chunk-empty", open, "A last chunk is empty in an empty file only.", "last", FileOf(chunk, Chunk(0, false, 0, chunk), Chunk(1, true, chunk, 0)));
        var other = FileOf(5, Chunk(0, true, 1, 5));
        yield return VectorFile.Bad("file-hash-wrong", open, "Whole, but not the file that the content names.", "sha256", other);
        var longer = FileOf(5, Chunk(0, true, 0, 6));
        yield return VectorFile.Bad("file-size-wrong", open, "One byte more than the content names.", "size", longer);
    }

    private static IEnumerable<VectorFile> Receipts()
    {
        const string parse = "statement.parse";
        byte[][] items = [Fixed.Bytes("item 1"), Fixed.Bytes("item 2")];
        var statement = new ReceiptStatement(1, [new ReceiptItem(items[0], "works"), new ReceiptItem(items[1], "problem")]);
        var text = statement.ToText();
        JsonObject Text(string value) => new() { ["text"] = value };
        yield return VectorFile.Good(
            "statement", parse, "Statements of a receipt.", HandoverOperations.All[parse], Text(text), Text(new ReceiptStatement(4_000_000_000, [new ReceiptItem(items[0], "received")]).ToText()));
        yield return VectorFile.Bad("statement-white-space", parse, "White space: not the exact text.", "exact", Text(text.Replace(",\"items\"", ", \"items\"", StringComparison.Ordinal)));
        yield return VectorFile.Bad("statement-order", parse, "Members in another order.", "exact", Text(text.Replace("{\"seq\":1,", "{", StringComparison.Ordinal).Replace("]}", "],\"seq\":1}", StringComparison.Ordinal)));
        yield return VectorFile.Bad("statement-status", parse, "An unknown status.", "status", Text(text.Replace("works", "perfect", StringComparison.Ordinal)));
        yield return VectorFile.Bad("statement-seq-zero", parse, "seq counts from 1.", "seq", Text(text.Replace("\"seq\":1", "\"seq\":0", StringComparison.Ordinal)));
        yield return VectorFile.Bad("statement-seq-written-otherwise", parse, "A number written otherwise.", "exact", Text(text.Replace("\"seq\":1", "\"seq\":1.0", StringComparison.Ordinal)));
        yield return VectorFile.Bad("statement-extra-member", parse, "One member more.", "exact", Text(text.Replace("\"seq\":1", "\"seq\":1,\"x\":1", StringComparison.Ordinal)));

        var replyKey = Fixed.Bytes("reply key");
        var handover = Fixed.Id("handover");
        var reply = Seal.CloseWith(
            Fixed.Bytes("reply s"), replyKey, SealPurpose.Reply, Reply.Place(handover, 1),
            Reply.To(statement, "Jan Kowalski", ["", "Hasło nie działa"], DateTimeOffset.FromUnixTimeMilliseconds(1_780_000_000_000)).ToText());
        JsonObject ReplyOf(byte[]? key = null, string? of = null, int seq = 1, byte[]? bytes = null) => new()
        {
            ["replyKey"] = (key ?? replyKey).ToHex(), ["handover"] = handover.ToBytes().ToHex(), ["seq"] = seq, ["statement"] = of ?? text, ["reply"] = (bytes ?? reply).ToHex(),
        };
        yield return VectorFile.Good("reply", "reply.open", "What the recipient wrote.", HandoverOperations.All["reply.open"], ReplyOf());
        yield return VectorFile.Bad("reply-other-statement", "reply.open", "It names another statement.", "statement", ReplyOf(of: text.Replace("works", "received", StringComparison.Ordinal)));
        yield return VectorFile.Bad("reply-other-seq", "reply.open", "Sealed for another receipt.", "tag", ReplyOf(seq: 2));
        yield return VectorFile.Bad("reply-wrong-key", "reply.open", "Sealed under another key: the operator's, say.", "tag", ReplyOf(key: Fixed.Bytes("operator")));

        var reader = Fixed.Key("reader");
        var claimed = Scenario.Claimed(handover, reader.Public);
        JsonObject Receipt(string? of = null, byte[]? signature = null, byte[]? key = null, string? entry = null, byte[]? replied = null, byte[][]? created = null) => new()
        {
            ["readerKey"] = (key ?? reader.Public).ToHex(), ["handover"] = handover.ToBytes().ToHex(), ["claimed"] = entry ?? claimed,
            ["statement"] = of ?? text, ["reply"] = (replied ?? reply).ToHex(),
            ["items"] = new JsonArray([.. (created ?? items).Select(item => JsonValue.Create(item.ToHex()))]),
            ["signature"] = (signature ?? reader.Sign(SignedText.Receipt(handover, entry ?? claimed, of ?? text, reply))).ToHex(),
        };
        const string check = "receipt.check";
        yield return VectorFile.Good("receipt", check, "A receipt as the server checks it.", HandoverOperations.All[check], Receipt());
        yield return VectorFile.Bad("receipt-other-reader", check, "Signed by another key than the one that claimed.", "signature", Receipt(key: Fixed.Key("someone").Public));
        yield return VectorFile.Bad(
            "receipt-other-claim", check, "Signed over another claimed entry.", "signature",
            Receipt(signature: reader.Sign(SignedText.Receipt(handover, claimed + " ", text, reply))));
        yield return VectorFile.Bad("receipt-other-reply", check, "The reply is not the signed one.", "signature", Receipt(replied: [.. reply[..^1], (byte)(reply[^1] ^ 1)]));
        yield return VectorFile.Bad("receipt-items-order", check, "The items are not the created ones in their order.", "items", Receipt(created: [items[1], items[0]]));
        yield return VectorFile.Bad("receipt-item-missing", check, "An item is missing.", "items", Receipt(created: [.. items, Fixed.Bytes("item 3")]));
        yield return VectorFile.Bad("receipt-statement-not-exact", check, "Signed, but not in the exact form.", "exact", Receipt(of: text.Replace(":1,", ": 1,", StringComparison.Ordinal)));
    }

    private static IEnumerable<VectorFile> DetailsFiles()
    {
        const string open = "details.open";
        const string openPersonal = "personal.open";
        var place = new DetailsPlace(Fixed.Id("organization"), Fixed.Id("group"), 3, Fixed.Id("handover"));
        var historyKey = Fixed.Bytes("history key");
        var details = Sealed("details s", SealPurpose.Details, Details.Of(Scenario.Content(), "Przekazanie – Kowalski"), ContentJson.Shared.Details);
        var personal = Sealed("personal s", SealPurpose.Personal, Personal.Of(Scenario.Content(), Fixed.Bytes("reply key")), ContentJson.Shared.Personal);
        byte[] Sealed<T>(string salt, string purpose, T what, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
            Seal.CloseWith(Fixed.Bytes(salt), historyKey, purpose, place.ToBytes(), System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(what, type));
        JsonObject At(DetailsPlace where, byte[] text) => new()
        {
            ["historyKey"] = historyKey.ToHex(), ["organization"] = where.Organization.ToBytes().ToHex(), ["group"] = where.Group.ToBytes().ToHex(),
            ["version"] = where.GroupVersion, ["handover"] = where.Handover.ToBytes().ToHex(), ["sealed"] = text.ToHex(),
        };
        yield return VectorFile.Good("details", open, "What the sender's organization keeps of the things handed over.", HandoverOperations.All[open], At(place, details));
        yield return VectorFile.Bad("details-other-handover", open, "The server shows them at another handover.", "tag", At(place with { Handover = Fixed.Id("another handover") }, details));
        yield return VectorFile.Bad("details-other-version", open, "Sealed for another version of the group's key.", "tag", At(place with { GroupVersion = 2 }, details));
        yield return VectorFile.Bad("details-is-personal", open, "The personal part in their place.", "tag", At(place, personal));
        yield return VectorFile.Good("personal", openPersonal, "What it keeps of the recipient, apart so that it can be purged alone.", HandoverOperations.All[openPersonal], At(place, personal));
        yield return VectorFile.Bad("personal-other-handover", openPersonal, "The server shows it at another handover.", "tag", At(place with { Handover = Fixed.Id("another handover") }, personal));
        yield return VectorFile.Bad("personal-is-details", openPersonal, "The details in its place.", "tag", At(place, details));
    }
}
