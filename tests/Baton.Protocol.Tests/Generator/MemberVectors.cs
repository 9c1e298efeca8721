using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Baton.Client.Keys;
using Baton.Client.Sealing;
using Baton.Protocol.Encoding;
using Baton.Protocol.Signing;
using Baton.Protocol.Tests.Vectors;
using Baton.Protocol.Wire;

namespace Baton.Protocol.Tests.Generator;

internal static class MemberVectors
{
    public static IEnumerable<VectorFile> All() => [.. Passwords(), .. Keys(), .. Cards()];

    private static IEnumerable<VectorFile> Passwords()
    {
        const string stretch = "master-password";
        static JsonObject Input(string password, int memoryKiB = 65_536, int passes = 2, int lanes = 1) => new()
        {
            ["password"] = password, ["salt"] = Fixed.Bytes("kdf salt", 16).ToHex(), ["memoryKiB"] = memoryKiB, ["passes"] = passes, ["lanes"] = lanes,
        };
        yield return VectorFile.Good(
            stretch, stretch, "Master passwords: NFKC and nothing else.", MemberOperations.All[stretch],
            Input("correct horse battery staple"), Input(" Zaz\u0307o\u0301łć "), Input(" Zażółć ", passes: 3));
        yield return VectorFile.Bad("master-password-memory-low", stretch, "The server names less memory than a client accepts.", "parameters", Input("x", memoryKiB: 65_535));
        yield return VectorFile.Bad("master-password-memory-high", stretch, "More memory than a client accepts.", "parameters", Input("x", memoryKiB: 262_145));
        yield return VectorFile.Bad("master-password-passes-low", stretch, "One pass.", "parameters", Input("x", passes: 1));
        yield return VectorFile.Bad("master-password-passes-high", stretch, "Five passes.", "parameters", Input("x", passes: 5));
        yield return VectorFile.Bad("master-password-lanes", stretch, "Two lanes.", "parameters", Input("x", lanes: 2));

        var code = Code.Encode(CodeKind.Recovery, Fixed.Bytes("recovery key"));
        yield return VectorFile.Good(
            "recovery-key", "recovery-key", "A recovery key as printed and as typed.", MemberOperations.All["recovery-key"],
            new JsonObject { ["code"] = string.Join('-', code.Chunk(4).Select(four => new string(four))) }, new JsonObject { ["code"] = code.ToUpperInvariant() });
        yield return VectorFile.Bad(
            "recovery-key-is-link", "recovery-key", "A link's code.", "kind", new JsonObject { ["code"] = Code.Encode(CodeKind.Link, Fixed.Bytes("recovery key")) });
    }

    private static IEnumerable<VectorFile> Keys()
    {
        const string open = "member-keys.open";
        var wrap = Fixed.Bytes("wrap key");
        var member = Scenario.Owner.ToBytes();
        static string Pkcs8(string name)
        {
            using var key = Fixed.Key(name).Open();
            return Base64Url.Encode(key.ExportPkcs8PrivateKey());
        }

        var text = $$"""{"v":1,"ecdh":"{{Pkcs8("owner ecdh")}}","ecdsa":"{{Pkcs8("owner ecdsa")}}","root":"{{Base64Url.Encode(Scenario.OwnerCard.Hash())}}"}""";
        JsonObject Blob(string of, byte[]? forMember = null) => new()
        {
            ["key"] = wrap.ToHex(), ["member"] = (forMember ?? member).ToHex(),
            ["blob"] = Seal.CloseWith(Fixed.Bytes("blob s"), wrap, SealPurpose.MemberKeys, member, System.Text.Encoding.UTF8.GetBytes(of)).ToHex(),
        };
        yield return VectorFile.Good("member-keys", open, "A member's key blob.", MemberOperations.All[open], Blob(text));
        yield return VectorFile.Bad("member-keys-other-member", open, "Sealed for another member.", "tag", Blob(text, Fixed.Bytes("someone", 16)));
        yield return VectorFile.Bad("member-keys-white-space", open, "Not the exact text.", "exact", Blob(text.Replace(",\"root\"", ", \"root\"", StringComparison.Ordinal)));
        yield return VectorFile.Bad("member-keys-version", open, "Another version.", "exact", Blob(text.Replace("\"v\":1", "\"v\":2", StringComparison.Ordinal)));
        yield return VectorFile.Bad(
            "member-keys-root-short", open, "The pinned root is no hash.", "root",
            Blob(text.Replace(Base64Url.Encode(Scenario.OwnerCard.Hash()), Base64Url.Encode(new byte[31]), StringComparison.Ordinal)));
    }

    private static IEnumerable<VectorFile> Cards()
    {
        const string parse = "card.parse";
        var card = Scenario.OwnerCard.ToBytes();
        static JsonObject Of(byte[] bytes) => new() { ["card"] = bytes.ToHex() };
        byte[] With(int index, byte value) => [.. card[..index], value, .. card[(index + 1)..]];
        yield return VectorFile.Good(
            "card", parse, "Cards.", MemberOperations.All[parse], Of(card),
            Of(Scenario.CardOf("auditor", Fixed.Id("auditor"), Role.Auditor, 70_000, Scenario.Owner).ToBytes()),
            Of(Scenario.CardOf("auditor", Fixed.Id("auditor"), Role.Removed, 70_001, Fixed.Id("auditor")).ToBytes()));
        yield return VectorFile.Bad("card-cut", parse, "One byte short.", "length", Of(card[..^1]));
        yield return VectorFile.Bad("card-role-unknown", parse, "Role 5.", "role", Of(With(214, 5)));
        yield return VectorFile.Bad("card-seq-zero", parse, "seq counts from 1.", "seq", Of(With(218, 0)));
        yield return VectorFile.Bad("card-key-wrong", parse, "The signing key has another prefix.", "spki", Of(With(123, 0x31)));
    }
}
