using System.Text.Json.Nodes;
using Baton.Protocol.Ledger;
using Baton.Protocol.Tests.Vectors;

namespace Baton.Protocol.Tests.Generator;

/// <summary>spec/ledger.md §2 to §4.</summary>
internal static class LedgerVectors
{
    private static readonly FixedKey Key = Fixed.Key("ledger");

    private static readonly LogScript Log = new LogScript("baton.example/log", Key).AddOthers(13);

    public static IEnumerable<VectorFile> All() => [.. Keys(), .. Notes(), .. Inclusions(), .. Consistencies()];

    private static IEnumerable<VectorFile> Keys()
    {
        const string parse = "vkey.parse";
        static JsonObject Text(string text) => new() { ["text"] = text };
        var vkey = Log.Key.ToString();
        yield return VectorFile.Good(
            "vkey", parse, "Verifying keys, of a first log and of a later one.", LedgerOperations.All[parse],
            Text(vkey), Text(new LogScript("localhost:8443/log/2", Fixed.Key("ledger 2")).Key.ToString()));
        (string Name, string About, string Text)[] bad =
        [
            ("vkey-id", "The id isn't the key's.", vkey.Replace($"{Log.Key.Id:x8}", "00000000", StringComparison.Ordinal)),
            ("vkey-id-upper-case", "Hexadecimal is lower case.", vkey.Replace($"{Log.Key.Id:x8}", $"{Log.Key.Id:X8}", StringComparison.Ordinal)),
            ("vkey-type", "Another type of signature.", $"{Log.Origin}+{Log.Key.Id:x8}+{Encoded([1, .. Key.Public])}"),
            ("vkey-name-empty", "A key has a name.", vkey[Log.Origin.Length..]),
            ("vkey-name-space", "A name holds no white space.", "baton example" + vkey[Log.Origin.Length..]),
            ("vkey-not-on-curve", "A point beside the curve.", $"{Log.Origin}+{BesideId:x8}+{Encoded([2, .. Beside])}"),
            ("vkey-cut", "A character is missing.", vkey[..^1]),
        ];
        foreach (var (name, about, text) in bad)
        {
            yield return VectorFile.Bad(name, parse, about, "form", Text(text));
        }
    }

    private static byte[] Beside => [.. Key.Public[..^1], (byte)(Key.Public[^1] ^ 1)];

    private static uint BesideId => new VerifyingKey(Log.Origin, Beside).Id;

    private static IEnumerable<VectorFile> Notes()
    {
        const string open = "checkpoint.open";
        JsonObject Of(string note, VerifyingKey? key = null) => new() { ["note"] = note, ["key"] = (key ?? Log.Key).ToString() };
        var note = Log.Note(13);
        var (text, line) = (note[..(note.IndexOf("\n\n", StringComparison.Ordinal) + 1)], note[(note.IndexOf("\n\n", StringComparison.Ordinal) + 2)..]);
        var witness = "— witness.example " + Encoded(Fixed.Bytes("witness", 76)) + "\n";
        yield return VectorFile.Good(
            "checkpoint", open, "Signed checkpoints, of no entries, of some, and with a witness's line.", LedgerOperations.All[open], Of(Log.Note(0)), Of(note), Of(note + witness));
        var der = LogScript.Der(Key.Sign(System.Text.Encoding.UTF8.GetBytes(text)));
        string Signed(byte[] signature) => $"{text}\n— {Log.Origin} {Encoded([.. Convert.FromHexString($"{Log.Key.Id:x8}"), .. signature])}\n";
        string Said(string changed) => Log.Sign(changed);
        var lines = text.Split('\n');
        (string Name, string About, string Refused, JsonObject Input)[] bad =
        [
            ("checkpoint-other-key", "Signed by another key.", "signature", Of(Log.Note(13, Fixed.Key("someone")))),
            ("checkpoint-other-name", "The key is called otherwise.", "name", Of(note, new VerifyingKey("other.example/log", Key.Public))),
            ("checkpoint-other-origin", "Of another log than the key's.", "origin", Of(Log.Note(13, named: "other.example/log"))),
            ("checkpoint-root-changed", "Another root than the signed one.", "signature", Of(Log.Sign(text).Replace(lines[2], Encoded(Fixed.Bytes("root")), StringComparison.Ordinal))),
            ("checkpoint-extension", "An extension line.", "form", Of(Said(text + "more\n"))),
            ("checkpoint-size-zeros", "A size with leading zeros.", "form", Of(Said($"{lines[0]}\n013\n{lines[2]}\n"))),
            ("checkpoint-size-sign", "A size with a sign.", "form", Of(Said($"{lines[0]}\n+13\n{lines[2]}\n"))),
            ("checkpoint-size-huge", "A size beyond what every implementation counts exactly.", "form", Of(Said($"{lines[0]}\n9007199254740992\n{lines[2]}\n"))),
            ("checkpoint-root-short", "A root of 31 bytes.", "form", Of(Said($"{lines[0]}\n13\n{Encoded(Fixed.Bytes("root", 31))}\n"))),
            ("checkpoint-root-base64url", "Another alphabet.", "form", Of(Said($"{lines[0]}\n13\n{new string('_', 43)}=\n"))),
            ("checkpoint-origin-empty", "A log has a name.", "form", Of(Said($"\n13\n{lines[2]}\n"))),
            ("checkpoint-no-signature", "Nobody signed it.", "form", Of(text + "\n")),
            ("checkpoint-witness-first", "Another's line comes first.", "order", Of($"{text}\n{witness}{line}")),
            ("checkpoint-hyphen", "A hyphen for the dash.", "form", Of(note.Replace('—', '-'))),
            ("checkpoint-carriage-return", "Lines end with LF alone.", "form", Of(note.ReplaceLineEndings("\r\n"))),
            ("checkpoint-no-last-newline", "The last line ends, too.", "form", Of(note.TrimEnd('\n'))),
            ("checkpoint-two-empty-lines", "One empty line.", "form", Of($"{text}\n\n{line}")),
            ("checkpoint-signature-not-der", "r||s in place of DER.", "signature", Of(Signed(Key.Sign(System.Text.Encoding.UTF8.GetBytes(text))))),
            ("checkpoint-signature-trailing", "A byte behind the signature.", "signature", Of(Signed([.. der, 0]))),
            ("checkpoint-signature-long-number", "A number with a zero too many.", "signature", Of(Signed([0x30, (byte)(der[1] + 1), 0x02, (byte)(der[3] + 1), 0, .. der[4..]]))),
        ];
        foreach (var (name, about, refused, input) in bad)
        {
            yield return VectorFile.Bad(name, open, about, refused, input);
        }
    }

    private static IEnumerable<VectorFile> Inclusions()
    {
        const string verify = "inclusion.verify";
        JsonObject Of(long index, long size, IEnumerable<byte[]>? proof = null, byte[]? root = null) => new()
        {
            ["leaf"] = Fixed.Bytes($"{Log.Origin} leaf {index}").ToHex(), ["index"] = (int)index, ["size"] = (int)size,
            ["proof"] = Hashes(proof ?? Log.Inclusion(index, size)), ["root"] = (root ?? Log.Root(size)).ToHex(),
        };
        static JsonObject At(int index, JsonObject of)
        {
            of["index"] = index;
            return of;
        }

        yield return VectorFile.Good(
            "inclusion", verify, "Leaves in trees of several sizes.", LedgerOperations.All[verify],
            [.. new (long, long)[] { (0, 1), (0, 2), (1, 2), (2, 3), (3, 7), (6, 7), (4, 8), (7, 8), (8, 9), (0, 13), (12, 13) }.Select(at => Of(at.Item1, at.Item2))]);
        yield return VectorFile.Bad("inclusion-other-index", verify, "The proof is of another index.", "root", At(4, Of(3, 13)));
        yield return VectorFile.Bad("inclusion-beyond", verify, "An index beyond the tree.", "index", At(13, Of(12, 13)));
        yield return VectorFile.Bad("inclusion-other-root", verify, "The root of a larger tree.", "root", Of(3, 12, root: Log.Root(13)));
        yield return VectorFile.Bad("inclusion-short", verify, "A hash is missing.", "length", Of(3, 13, Log.Inclusion(3, 13).SkipLast(1)));
        yield return VectorFile.Bad("inclusion-long", verify, "A hash too many.", "length", Of(3, 13, Log.Inclusion(3, 13).Append(Log.Root(13))));
    }

    private static IEnumerable<VectorFile> Consistencies()
    {
        const string verify = "consistency.verify";
        JsonObject Of(long first, long second, IEnumerable<byte[]>? proof = null, byte[]? firstRoot = null, byte[]? secondRoot = null) => new()
        {
            ["first"] = (int)first, ["firstRoot"] = (firstRoot ?? Log.Root(first)).ToHex(), ["second"] = (int)second, ["secondRoot"] = (secondRoot ?? Log.Root(second)).ToHex(),
            ["proof"] = Hashes(proof ?? Log.Consistency(first, second)),
        };
        yield return VectorFile.Good(
            "consistency", verify, "Trees that begin larger ones.", LedgerOperations.All[verify],
            [.. new (long, long)[] { (0, 0), (0, 5), (1, 1), (1, 2), (2, 3), (3, 4), (4, 8), (3, 7), (6, 8), (7, 13), (8, 13), (12, 13), (13, 13) }.Select(at => Of(at.Item1, at.Item2))]);
        yield return VectorFile.Bad("consistency-other-first", verify, "The first tree is another.", "root", Of(7, 13, firstRoot: Fixed.Bytes("root")));
        yield return VectorFile.Bad("consistency-other-second", verify, "The second tree is another.", "root", Of(7, 13, secondRoot: Fixed.Bytes("root")));
        yield return VectorFile.Bad("consistency-backwards", verify, "The second tree is smaller.", "size", Of(13, 7, Log.Consistency(7, 13)));
        yield return VectorFile.Bad("consistency-equal-sizes", verify, "Two trees of one size.", "root", Of(13, 13, secondRoot: Fixed.Bytes("root")));
        yield return VectorFile.Bad("consistency-from-nothing", verify, "A proof where none is needed.", "length", Of(0, 13, [Log.Root(13)]));
        yield return VectorFile.Bad("consistency-short", verify, "A hash is missing.", "length", Of(7, 13, Log.Consistency(7, 13).SkipLast(1)));
        yield return VectorFile.Bad("consistency-long", verify, "A hash too many.", "length", Of(7, 13, Log.Consistency(7, 13).Append(Log.Root(13))));
        yield return VectorFile.Bad("consistency-empty", verify, "No proof.", "length", Of(7, 13, []));
    }

    private static string Encoded(byte[] bytes) => Convert.ToBase64String(bytes, Base64FormattingOptions.None);

    private static JsonArray Hashes(IEnumerable<byte[]> hashes) => new([.. hashes.Select(hash => JsonValue.Create(hash.ToHex()))]);
}
