using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Baton.Client.Keys;
using Baton.Client.Sealing;
using Baton.Protocol.Encoding;
using Baton.Protocol.Ledger;
using Baton.Protocol.Signing;

namespace Baton.Protocol.Tests.Vectors;

/// <summary>Encodings and what the standards define.</summary>
internal static class PrimitiveOperations
{
    public static Dictionary<string, Func<JsonObject, Answer>> All { get; } = new(StringComparer.Ordinal)
    {
        ["base64url.decode"] = input => Base64Url.TryDecode(input.Text("text"), out var bytes) ? Answer.Of(("bytes", bytes.ToHex())) : Answer.Refused,
        ["code.decode"] = DecodeCode,
        ["padme"] = input => Answer.Of(("size", Padme.Size(input.Number("length")))),
        ["leaf"] = input => Answer.Of(("leaf", Leaf.Hash(input.Text("entry")).ToHex())),
        ["spki.check"] = input => Answer.When(PublicKey.IsValid(input.Hex("key"))),
        ["ecdsa.verify"] = input => Answer.When(Signatures.Verify(input.Hex("key"), input.Hex("text"), input.Hex("signature"))),
        ["hkdf"] = input => Answer.Of((
            "okm",
            HKDF.DeriveKey(HashAlgorithmName.SHA256, input.Hex("ikm"), input.Number("length"), input.Hex("salt"), input.Hex("info")).ToHex())),
        ["aes-256-gcm.open"] = OpenAes,
        ["argon2id"] = input => Answer.Of((
            "hash",
            Argon2.Id(input.Hex("password"), input.Hex("salt"), input.Number("memoryKiB"), input.Number("passes"), input.Number("length")).ToHex())),
        ["hpke.open"] = OpenHpke,
        ["derive"] = input => Answer.Of(("key", Derive.Key(input.Hex("ikm"), input.Hex("salt"), input.Text("purpose"), input.Hex("fields")).ToHex())),
        ["seal.open"] = input => Seal.TryOpen(input.Hex("key"), input.Text("purpose"), input.Hex("ad"), input.Hex("sealed"), out var message)
            ? Answer.Of(("message", message.ToHex()))
            : Answer.Refused,
        ["commitment"] = input => Answer.Of(("commitment", Commitment.Of(input.Hex("salt"), input.Text("label"), input.Text("value")).ToHex())),
        ["commitment.item"] = input => Answer.Of((
            "commitment",
            Commitment.OfItem(input.Hex("salt"), input.Text("title"), input["username"]?.GetValue<string>(), input["url"]?.GetValue<string>()).ToHex())),
    };

    private static Answer DecodeCode(JsonObject input)
    {
        var kind = (CodeKind)input.Number("kind");
        return Code.TryDecode(input.Text("text"), kind, out var key, out var fault)
            ? Answer.Of(("key", key.ToHex()), ("code", Code.Encode(kind, key)))
            : new Answer(null, fault.ToString().ToLowerInvariant());
    }

    private static Answer OpenAes(JsonObject input)
    {
        var sealedText = input.Hex("sealed");
        var message = new byte[sealedText.Length - 16];
        using var aes = new AesGcm(input.Hex("key"), 16);
        aes.Decrypt(input.Hex("nonce"), sealedText.AsSpan(..^16), sealedText.AsSpan(^16..), message, input.Hex("ad"));
        return Answer.Of(("message", message.ToHex()));
    }

    private static Answer OpenHpke(JsonObject input)
    {
        var point = input.Hex("publicKey");
        using var recipient = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            D = input.Hex("privateKey"),
            Q = new ECPoint { X = point[1..33], Y = point[33..] },
        });
        return Hpke.TryOpen(
            recipient, new HpkeMessage(input.Hex("enc"), input.Hex("ciphertext")), input.Hex("info"), input.Hex("aad"), out var message, input.Number("keySize"))
            ? Answer.Of(("message", message.ToHex()))
            : Answer.Refused;
    }
}
