using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Baton.Client.Keys;
using Baton.Client.Sealing;
using Baton.Protocol.Encoding;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;

namespace Baton.Protocol.Tests.Generator;

/// <summary>One organization, its owner and one handover, the same in every run.</summary>
internal static class Scenario
{
    public static JsonSerializerOptions Relaxed { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Id Organization { get; } = Fixed.Id("organization");

    public static Id Owner { get; } = Fixed.Id("owner");

    public static Id Handover { get; } = Fixed.Id("handover");

    public static FixedKey OwnerKey { get; } = Fixed.Key("owner ecdsa");

    public static Card OwnerCard { get; } = CardOf("owner", Owner, Role.Owner, 1, Owner);

    public static Card CardOf(string keys, Id member, Role role, uint seq, Id issuer, Id? organization = null) =>
        new(organization ?? Organization, member, Fixed.Key(keys + " ecdh").Public, Fixed.Key(keys + " ecdsa").Public, role, seq, issuer);

    public static byte[] Sign(Card card, FixedKey issuer, byte[]? previous = null) => issuer.Sign(SignedText.Card(card.ToBytes(), previous ?? Card.NoPrevious));

    public static Content Content() => new(
        1, Handover, "https://baton.example", "baton.example/log+00000000+AgAA", new OrganizationName(Organization, "Studio Północ"),
        new ContentSender("Ewa Żak", OwnerCard.ToBytes(), Sign(OwnerCard, OwnerKey)),
        "Jan Kowalski", Fixed.Bytes("recipient salt", 16), "pl",
        [
            new Entry("login", "Panel administracyjny", Fixed.Bytes("salt 1", 16), "https://panel.example/admin", "ewa@studio.example", "zażółć \"gęślą\" <jaźń> 👩‍🚀",
                "otpauth://totp/Panel:ewa?secret=JBSWY3DPEHPK3PXP", "pierwsza linia\ndruga linia", [new EntryField("Port", "22", "text")], [0]),
            new Entry("wifi", "Wi-Fi biuro", Fixed.Bytes("salt 2", 16), Password: "hunter2"),
        ],
        "Powodzenia!",
        [new ContentFile("umowa.pdf", 12345, Fixed.Bytes("file hash"))]);

    public static string Created(
        Content content, byte[] sealedContent, byte[] displayedTag, byte flags, FixedKey signer,
        HandoverCommitments? commitments = null, Id? handover = null, byte[]? cardHash = null, uint life = 86_400, uint? signedLife = null)
    {
        var committed = commitments ?? Commitment.Of(content);
        var id = handover ?? content.Handover;
        var group = Fixed.Id("group");
        var hash = SHA256.HashData(sealedContent);
        var signature = signer.Sign(SignedText.Created(Organization, group, id, hash, displayedTag, signedLife ?? life, flags, committed));
        static string Encoded(byte[] bytes) => Base64Url.Encode(bytes);
        return $$"""{"v":1,"kind":"created","org":"{{Organization}}","handover":"{{id}}","time":1780000000000,"actor":"member","member":"{{Owner}}","nonce":"{{Encoded(Fixed.Bytes("nonce", 16))}}","group":"{{group}}","life":{{life}},"expires":{{1_780_000_000_000 + (life * 1000L)}},"flags":{{flags}},"channel":"phone","files":1,"sealed":"{{Encoded(hash)}}","displayedTag":"{{Encoded(displayedTag)}}","recipient":"{{Encoded(committed.Recipient)}}","items":[{{string.Join(',', committed.Items.Select(item => $"\"{Encoded(item)}\""))}}],"card":"{{Encoded(cardHash ?? OwnerCard.Hash())}}","signature":"{{Encoded(signature)}}"}""";
    }

    public static string Claimed(Id handover, byte[] readerKey) =>
        $$"""{"v":1,"kind":"claimed","org":"{{Organization}}","handover":"{{handover}}","time":1780000100000,"actor":"recipient","nonce":"{{Base64Url.Encode(Fixed.Bytes("claim nonce", 16))}}","readerKey":"{{Base64Url.Encode(readerKey)}}","address":"{{Base64Url.Encode(Fixed.Bytes("address"))}}"}""";
}
