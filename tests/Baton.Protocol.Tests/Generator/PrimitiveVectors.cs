using System.Text.Json.Nodes;
using Baton.Client.Sealing;
using Baton.Protocol.Encoding;
using Baton.Protocol.Tests.Vectors;

namespace Baton.Protocol.Tests.Generator;

internal static class PrimitiveVectors
{
    public static IEnumerable<VectorFile> All() => [.. Encodings(), .. Keys(), .. Seals()];

    private static IEnumerable<VectorFile> Encodings()
    {
        const string base64 = "base64url.decode";
        yield return VectorFile.Good(
            "base64url", base64, "Base64url without padding, every length modulo 3.", PrimitiveOperations.All[base64],
            Text(""), Text("AA"), Text("_w"), Text("AAE"), Text("__8"), Text("AAEC"), Text("-_-_"), Text(Base64Url.Encode(Fixed.Bytes("base64url"))));
        yield return VectorFile.Bad("base64url-padding", base64, "Padding is refused.", "padding", Text("AA=="));
        yield return VectorFile.Bad("base64url-loose-bits", base64, "The last character carries bits beyond the last byte.", "loose bits", Text("AB"));
        yield return VectorFile.Bad("base64url-loose-bits-3", base64, "The same with three characters.", "loose bits", Text("AAF"));
        yield return VectorFile.Bad("base64url-plus", base64, "The alphabet of plain base64 is refused.", "alphabet", Text("+/AA"));
        yield return VectorFile.Bad("base64url-white-space", base64, "White space is refused.", "alphabet", Text("AA EC"));
        yield return VectorFile.Bad("base64url-length", base64, "No bytes have five characters.", "length", Text("AAAAA"));

        const string code = "code.decode";
        var key = Fixed.Bytes("link key");
        var link = Code.Encode(CodeKind.Link, key);
        var loose = $" {link[..4].ToUpperInvariant()}-{link[4..20]} \u00A0\n{link[20..]}".Replace('1', 'l').Replace('0', 'O');
        yield return VectorFile.Good(
            "code", code, "Links and recovery keys, and what people and mail programs make of them.", PrimitiveOperations.All[code],
            CodeOf(1, link), CodeOf(1, link.ToUpperInvariant()), CodeOf(1, loose), CodeOf(2, Code.Encode(CodeKind.Recovery, Fixed.Bytes("recovery key"))),
            CodeOf(3, Code.Encode(CodeKind.Invitation, Fixed.Bytes("invite key"))));
        var mistyped = link[..^9] + (link[^9] == 'q' ? 'r' : 'q') + link[^8..];
        yield return VectorFile.Bad("link-checksum-wrong", code, "One character is another.", "checksum", CodeOf(1, mistyped));
        yield return VectorFile.Bad("link-cut", code, "The end is missing.", "length", CodeOf(1, link[..^1]));
        yield return VectorFile.Bad("link-too-long", code, "Something was pasted behind it.", "length", CodeOf(1, link + "0"));
        yield return VectorFile.Bad("link-empty", code, "Nothing at all.", "length", CodeOf(1, ""));
        yield return VectorFile.Bad("link-character", code, "Crockford's alphabet has no u.", "character", CodeOf(1, "u" + link[1..]));
        yield return VectorFile.Bad("link-is-recovery-key", code, "A whole code of another kind.", "kind", CodeOf(1, Code.Encode(CodeKind.Recovery, key)));

        yield return VectorFile.Bad("invitation-is-link", code, "A handover's code where an invitation's is wanted.", "kind", CodeOf(3, link));

        yield return VectorFile.Good(
            "padme", "padme", "Padded sizes.", PrimitiveOperations.All["padme"],
            [.. ((IEnumerable<int>)[2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 100, 1000, 1023, 1024, 1025, 65535, 65536, 65537, 1_000_000, 1_048_560])
                .Select(length => new JsonObject { ["length"] = length })]);
        yield return VectorFile.Good(
            "leaf", "leaf", "RFC 6962 leaf hashes of exact texts.", PrimitiveOperations.All["leaf"],
            new JsonObject { ["entry"] = "" }, new JsonObject { ["entry"] = "{\"v\":1,\"kind\":\"expired\",\"text\":\"zażółć\"}" });
    }

    private static IEnumerable<VectorFile> Keys()
    {
        var key = Fixed.Key("a key").Public;
        yield return VectorFile.Good(
            "spki", "spki.check", "A P-256 public key in its one encoding.", PrimitiveOperations.All["spki.check"], KeyOf(key), KeyOf(Fixed.Key("another key").Public));
        byte[] With(int index, byte value) => [.. key[..index], value, .. key[(index + 1)..]];
        yield return VectorFile.Bad("spki-prefix-wrong", "spki.check", "Another curve's object identifier (secp256k1 has another, this is none).", "prefix", KeyOf(With(22, 0x08)));
        yield return VectorFile.Bad("spki-point-compressed", "spki.check", "The point's first byte says compressed.", "point", KeyOf(With(26, 0x02)));
        yield return VectorFile.Bad("spki-not-on-curve", "spki.check", "The point is not on the curve.", "point", KeyOf(With(90, (byte)(key[90] ^ 1))));
        yield return VectorFile.Bad("spki-cut", "spki.check", "One byte short.", "length", KeyOf(key[..^1]));
        yield return VectorFile.Bad("spki-trailing-byte", "spki.check", "One byte more.", "length", KeyOf([.. key, 0]));
        yield return VectorFile.Bad(
            "spki-coordinate-too-large", "spki.check", "x is the field's prime plus 5, a second writing of x = 5, which is on the curve.", "point",
            KeyOf([.. key[..27], .. TooLargePoint()]));

        yield return VectorFile.Good(
            "derive", "derive", "HKDF-SHA-256 with a labelled info.", PrimitiveOperations.All["derive"],
            [.. DerivePurpose.All.Select(purpose => new JsonObject
            {
                ["ikm"] = Fixed.Bytes("ikm").ToHex(), ["salt"] = "", ["purpose"] = purpose, ["fields"] = "",
            }),
            new JsonObject
            {
                ["ikm"] = Fixed.Bytes("ikm", 64).ToHex(), ["salt"] = Fixed.Bytes("salt").ToHex(), ["purpose"] = DerivePurpose.File,
                ["fields"] = Fixed.Bytes("locator", 16).ToHex() + "00000001",
            }]);
    }

    private static IEnumerable<VectorFile> Seals()
    {
        const string open = "seal.open";
        var key = Fixed.Bytes("seal key");
        var ad = Fixed.Bytes("ad", 16);
        var sealedText = Seal.CloseWith(Fixed.Bytes("s"), key, SealPurpose.Details, ad, "hello, zażółć"u8);
        JsonObject Sealed(byte[] k, string purpose, byte[] place, byte[] text) =>
            new() { ["key"] = k.ToHex(), ["purpose"] = purpose, ["ad"] = place.ToHex(), ["sealed"] = text.ToHex() };
        yield return VectorFile.Good(
            "seal", open, "Sealed texts.", PrimitiveOperations.All[open],
            Sealed(key, SealPurpose.Details, ad, sealedText),
            Sealed(key, SealPurpose.Reply, [], Seal.CloseWith(Fixed.Bytes("s2"), key, SealPurpose.Reply, [], [])));
        yield return VectorFile.Bad("seal-wrong-purpose", open, "Sealed for another purpose.", "tag", Sealed(key, SealPurpose.Reply, ad, sealedText));
        yield return VectorFile.Bad("seal-wrong-place", open, "Sealed for another place.", "tag", Sealed(key, SealPurpose.Details, Fixed.Bytes("elsewhere", 16), sealedText));
        yield return VectorFile.Bad("seal-wrong-key", open, "Sealed under another key.", "tag", Sealed(Fixed.Bytes("other key"), SealPurpose.Details, ad, sealedText));
        yield return VectorFile.Bad("seal-cut", open, "Shorter than salt and tag.", "length", Sealed(key, SealPurpose.Details, ad, sealedText[..47]));
        yield return VectorFile.Bad(
            "seal-changed", open, "One bit of the ciphertext is another.", "tag",
            Sealed(key, SealPurpose.Details, ad, [.. sealedText[..32], (byte)(sealedText[32] ^ 1), .. sealedText[33..]]));

        yield return VectorFile.Good(
            "commitment", "commitment", "SHA-256(salt || label || 0x00 || value).", PrimitiveOperations.All["commitment"],
            new JsonObject { ["salt"] = Fixed.Bytes("commitment", 16).ToHex(), ["label"] = CommitmentLabel.Recipient, ["value"] = "Jan Kowalski" },
            new JsonObject { ["salt"] = Fixed.Bytes("commitment", 16).ToHex(), ["label"] = CommitmentLabel.Recipient, ["value"] = "" },
            new JsonObject { ["salt"] = Fixed.Bytes("commitment", 16).ToHex(), ["label"] = CommitmentLabel.Address, ["value"] = "192.0.2.7" });
        yield return VectorFile.Good(
            "commitment-item", "commitment.item", "An entry's title, user name and address; what is left out is empty.", PrimitiveOperations.All["commitment.item"],
            new JsonObject { ["salt"] = Fixed.Bytes("item", 16).ToHex(), ["title"] = "Panel", ["username"] = "ewa", ["url"] = "https://panel.example" },
            new JsonObject { ["salt"] = Fixed.Bytes("item", 16).ToHex(), ["title"] = "Wi-Fi – biuro" });
    }

    // y² = x³ - 3x + b at x = 5 is a square: the point exists, so only the range check can refuse p + 5.
    private static byte[] TooLargePoint()
    {
        var prime = System.Numerics.BigInteger.Parse(
            "0FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF", System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);
        var b = System.Numerics.BigInteger.Parse(
            "05AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B", System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);
        var square = (125 - 15 + b) % prime;
        var y = System.Numerics.BigInteger.ModPow(square, (prime + 1) / 4, prime);
        if (y * y % prime != square)
        {
            throw new InvalidOperationException("5 is no x of a point.");
        }

        return [.. (prime + 5).ToByteArray(isUnsigned: true, isBigEndian: true), .. y.ToByteArray(isUnsigned: true, isBigEndian: true)];
    }

    private static JsonObject Text(string text) => new() { ["text"] = text };

    private static JsonObject CodeOf(int kind, string text) => new() { ["kind"] = kind, ["text"] = text };

    private static JsonObject KeyOf(byte[] key) => new() { ["key"] = key.ToHex() };
}
