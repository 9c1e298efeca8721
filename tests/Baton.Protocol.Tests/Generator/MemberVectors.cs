using System.Security.Cryptography;
using System.Text.Json;
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
    public static IEnumerable<VectorFile> All() => [.. Passwords(), .. Keys(), .. Cards(), .. GroupKeyVectors.All()];

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
            "card", parse, "Cards.", MemberOperations.All[parse], Of(card), Of(Scenario.CardOf("auditor", Fixed.Id("auditor"), Role.Auditor, 70_000, Scenario.Owner).ToBytes()));
        yield return VectorFile.Bad("card-cut", parse, "One byte short.", "length", Of(card[..^1]));
        yield return VectorFile.Bad("card-role-unknown", parse, "Role 5.", "role", Of(With(214, 5)));
        yield return VectorFile.Bad("card-role-zero", parse, "Role 0.", "role", Of(With(214, 0)));
        yield return VectorFile.Bad("card-seq-zero", parse, "seq counts from 1.", "seq", Of(With(218, 0)));
        yield return VectorFile.Bad("card-key-wrong", parse, "The signing key has another prefix.", "spki", Of(With(123, 0x31)));
    }
}

/// <summary>A hostile server swaps one thing each in what it gives a member.</summary>
internal static class GroupKeyVectors
{
    private const string Open = "group-key.open";
    private static readonly Id Admin = Fixed.Id("admin");
    private static readonly Id Member = Fixed.Id("member");
    private static readonly GroupVersion Group = new(Scenario.Organization, Fixed.Id("group"), 2);
    private static readonly byte[] GroupKey = Fixed.Bytes("group key");
    private static readonly Card AdminCard = Scenario.CardOf("admin", Admin, Role.Admin, 1, Scenario.Owner);
    private static readonly Card MemberCard = Scenario.CardOf("member", Member, Role.Member, 1, Admin);
    private static readonly FixedKey AdminKey = Fixed.Key("admin ecdsa");

    private static readonly (Card Card, byte[] Signature)[] Cards =
    [
        (Scenario.OwnerCard, Scenario.Sign(Scenario.OwnerCard, Scenario.OwnerKey)),
        (AdminCard, Scenario.Sign(AdminCard, Scenario.OwnerKey)),
        (MemberCard, Scenario.Sign(MemberCard, AdminKey)),
    ];

    public static IEnumerable<VectorFile> All()
    {
        var byAdmin = GrantTo(MemberCard, Admin, AdminKey);
        yield return VectorFile.Good(
            "grant", Open, "Group keys from an owner, from an admin, and one's own.", MemberOperations.All[Open],
            Input(Member, "member", Cards, byAdmin),
            Input(Member, "member", [Cards[2], Cards[1], Cards[0]], GrantTo(MemberCard, Scenario.Owner, Scenario.OwnerKey)),
            Input(Member, "member", Cards, GrantTo(MemberCard, Member, Fixed.Key("member ecdsa"), personal: true, right: Right.Manage)));

        var evilOwner = Scenario.CardOf("evil", Scenario.Owner, Role.Owner, 1, Scenario.Owner);
        yield return Bad(
            "card-wrong-root", "Another root card for the organization, and everything signed under it.", "root",
            [(evilOwner, Scenario.Sign(evilOwner, Fixed.Key("evil ecdsa"))), (MemberCard with { Issuer = Scenario.Owner }, Scenario.Sign(MemberCard with { Issuer = Scenario.Owner }, Fixed.Key("evil ecdsa")))],
            GrantTo(MemberCard with { Issuer = Scenario.Owner }, Scenario.Owner, Fixed.Key("evil ecdsa")));
        var evilAdmin = Scenario.CardOf("evil", Admin, Role.Admin, 2, Scenario.Owner);
        yield return Bad(
            "card-signature-wrong", "The admin's card was swapped for one with another key, signed by that key.", "signature",
            [Cards[0], (evilAdmin, Scenario.Sign(evilAdmin, Fixed.Key("evil ecdsa"))), (MemberCard, Scenario.Sign(MemberCard, Fixed.Key("evil ecdsa")))],
            GrantTo(MemberCard, Admin, Fixed.Key("evil ecdsa")));
        var plain = Scenario.CardOf("plain", Fixed.Id("plain"), Role.Member, 1, Scenario.Owner);
        var issuedByPlain = MemberCard with { Issuer = plain.Member };
        yield return Bad(
            "card-issuer-not-allowed", "Issued by someone who is neither owner nor admin.", "issuer",
            [Cards[0], (plain, Scenario.Sign(plain, Scenario.OwnerKey)), (issuedByPlain, Scenario.Sign(issuedByPlain, Fixed.Key("plain ecdsa")))],
            GrantTo(issuedByPlain, Scenario.Owner, Scenario.OwnerKey));
        var foreign = Scenario.CardOf("admin", Admin, Role.Admin, 1, Scenario.Owner, Fixed.Id("another organization"));
        yield return Bad(
            "card-other-organization", "The granter's card names another organization.", "organization",
            [Cards[0], (foreign, Scenario.Sign(foreign, Scenario.OwnerKey)), (MemberCard with { Issuer = Scenario.Owner }, Scenario.Sign(MemberCard with { Issuer = Scenario.Owner }, Scenario.OwnerKey))],
            GrantTo(MemberCard with { Issuer = Scenario.Owner }, Admin, AdminKey));
        yield return Bad("card-granter-missing", "The granter's card is not among them.", "granter", [Cards[0]], byAdmin);

        yield return Bad("grant-signature-wrong", "Signed by someone else.", "signature", Cards, GrantTo(MemberCard, Admin, Fixed.Key("evil ecdsa")));
        yield return Bad(
            "grant-granter-not-allowed", "Granted by a member for another member.", "granter", [.. Cards, (plain, Scenario.Sign(plain, Scenario.OwnerKey))],
            GrantTo(MemberCard, plain.Member, Fixed.Key("plain ecdsa")));
        yield return Bad(
            "grant-personal-by-other", "A group that an admin granted, shown as the member's personal one: new handovers would go where others read.", "granter", Cards,
            byAdmin with { Personal = true });
        yield return Bad(
            "grant-own-not-personal", "Granted by the member itself, for a group that is not its personal one.", "granter", Cards,
            GrantTo(MemberCard, Member, Fixed.Key("member ecdsa"), right: Right.Manage));
        yield return Bad("grant-other-member", "A grant made to another member's card.", "card", [.. Cards, (plain, Scenario.Sign(plain, Scenario.OwnerKey))], GrantTo(plain, Admin, AdminKey));
        yield return Bad("grant-other-version", "Shown as another version.", "signature", Cards, byAdmin with { Version = 3 });
        yield return Bad("grant-other-group", "Shown as another group's.", "signature", Cards, byAdmin with { Group = Fixed.Id("another group") });
        yield return Bad("grant-other-right", "Shown with a greater right.", "signature", Cards, byAdmin with { Right = "manage" });
        yield return Bad("grant-key-swapped", "Another key, sealed to the member but not signed.", "signature", Cards, byAdmin with { Ciphertext = SealTo(MemberCard, Fixed.Bytes("evil group key")).Ciphertext });
        yield return Bad(
            "grant-sealed-for-other-group", "Signed for this group, sealed for another: the key would serve in two places.", "hpke", Cards,
            GrantTo(MemberCard, Admin, AdminKey, sealedFor: Group with { Group = Fixed.Id("another group") }));
        yield return Bad("grant-right-unknown", "A right that is none.", "right", Cards, byAdmin with { Right = "everything" });
        yield return Bad("grant-cut", "The ciphertext is one byte short.", "length", Cards, byAdmin with { Ciphertext = byAdmin.Ciphertext[..^1] });
    }

    private static HpkeMessage SealTo(Card grantee, byte[] key, GroupVersion? sealedFor = null)
    {
        using var ephemeral = Fixed.Key("ephemeral").OpenEcdh();
        return Hpke.SealWith(ephemeral, grantee.Ecdh, Grant.Info(sealedFor ?? Group, grantee.Member), [], key);
    }

    private static GroupGrant GrantTo(Card grantee, Id granter, FixedKey key, bool personal = false, Right right = Right.View, GroupVersion? sealedFor = null)
    {
        var message = SealTo(grantee, GroupKey, sealedFor);
        return new GroupGrant(Group.Group, Group.Version, right.Word(), personal, message.Enc, message.Ciphertext, granter, key.Sign(Grant.TextOf(Group, right, grantee, message)));
    }

    private static VectorFile Bad(string name, string about, string refused, (Card Card, byte[] Signature)[] cards, GroupGrant grant) =>
        VectorFile.Bad(name, Open, about, refused, Input(Member, "member", cards, grant));

    private static JsonObject Input(Id member, string keys, (Card Card, byte[] Signature)[] cards, GroupGrant grant)
    {
        var wrap = Fixed.Bytes("wrap key");
        static string Pkcs8(FixedKey key)
        {
            using var opened = key.Open();
            return Base64Url.Encode(opened.ExportPkcs8PrivateKey());
        }

        var text = $$"""{"v":1,"ecdh":"{{Pkcs8(Fixed.Key(keys + " ecdh"))}}","ecdsa":"{{Pkcs8(Fixed.Key(keys + " ecdsa"))}}","root":"{{Base64Url.Encode(Scenario.OwnerCard.Hash())}}"}""";
        return new JsonObject
        {
            ["organization"] = Scenario.Organization.ToBytes().ToHex(),
            ["member"] = member.ToBytes().ToHex(),
            ["wrapKey"] = wrap.ToHex(),
            ["keyBlob"] = Seal.CloseWith(Fixed.Bytes("blob s"), wrap, SealPurpose.MemberKeys, member.ToBytes(), System.Text.Encoding.UTF8.GetBytes(text)).ToHex(),
            ["cards"] = new JsonArray([.. cards.Select(signed => JsonSerializer.SerializeToNode(new MemberCard(signed.Card.Member, signed.Card.ToBytes(), signed.Signature), WireJson.Shared))]),
            ["grant"] = JsonSerializer.SerializeToNode(grant, WireJson.Shared),
        };
    }
}
