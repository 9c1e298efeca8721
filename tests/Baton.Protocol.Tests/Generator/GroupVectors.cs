using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Client.Keys;
using Baton.Client.Sealing;
using Baton.Client.Vault;
using Baton.Protocol.Encoding;
using Baton.Protocol.Tests.Vectors;
using Baton.Protocol.Wire;

namespace Baton.Protocol.Tests.Generator;

/// <summary>A hostile server swaps one thing each in the groups that it gives a member. spec/keys.md §6.</summary>
internal static class GroupVectors
{
    private const string Open = "group.open";
    private static readonly GroupVersion Group = new(Scenario.Organization, Fixed.Id("group"), 1);
    private static readonly GroupVersion Third = Group with { Version = 3 };

    public static IEnumerable<VectorFile> All() => [.. Good(), .. Grants(), .. Chains(), .. Names()];

    private static IEnumerable<VectorFile> Good()
    {
        var four = RosterVectors.Four();
        var byAdmin = GrantTo("member", "admin");
        yield return VectorFile.Good(
            "group", Open, "From an owner, from an admin, one's own; the history only; from admins that are none any more.", MemberOperations.All[Open],
            Input("member", GrantTo("member", "owner")),
            Input("member", byAdmin),
            Input("member", GrantTo("member", "member", personal: true, right: Right.Manage)),
            Input("auditor", GrantTo("auditor", "admin", right: Right.History)),
            Input("member", byAdmin, four.Add("admin", Role.Member, "owner")),
            Input("member", byAdmin, four.Add("admin", Role.Removed, "owner")),
            Input("member", byAdmin, seenVersion: 1));
        yield return VectorFile.Good(
            "group-chain", Open, "Version 3 with the keys before it, and with the history keys before it.", MemberOperations.All[Open],
            Input("member", Chained("member", Right.Edit)), Input("auditor", Chained("auditor", Right.History)), Input("member", Chained("member", Right.Edit), seenVersion: 3));
    }

    private static IEnumerable<VectorFile> Grants()
    {
        var byAdmin = GrantTo("member", "admin");
        yield return Bad("grant-signature-wrong", "Signed by somebody else.", "signature", GrantTo("member", "admin", signer: "evil"));
        yield return Bad("grant-granter-unknown", "The granter has no card.", "granter", GrantTo("member", "evil"));
        yield return Bad("grant-granter-not-allowed", "Granted by somebody who never was owner or admin.", "granter", GrantTo("member", "auditor"));
        yield return Bad(
            "grant-personal-by-other", "A group that an admin granted, shown as the member's personal one: new handovers would go where others read.", "granter",
            byAdmin with { Personal = true, Details = null });
        yield return Bad(
            "grant-shared-as-personal", "A shared group that the member made and granted itself, shown as its personal one: others hold its key.", "signature",
            GrantTo("member", "member", personal: true, right: Right.Manage, signedPersonal: false));
        yield return Bad("grant-own-not-personal", "Granted by the member itself, for a group that is not its personal one.", "granter", GrantTo("member", "member", right: Right.Manage));
        yield return Bad("grant-other-member", "A grant made to another member.", "signature", GrantTo("auditor", "admin"));
        yield return Bad("grant-other-keys", "Signed for the member with another sealing key.", "signature", GrantTo("member", "admin", keys: "evil"));
        yield return Bad("grant-other-version", "Shown as another version.", "signature", byAdmin with { Version = 2, Previous = [Link(2, Right.View)] });
        yield return Bad("grant-other-group", "Shown as another group's.", "signature", byAdmin with { Group = Fixed.Id("another group") });
        yield return Bad("grant-other-right", "Shown with a greater right.", "signature", byAdmin with { Right = "manage" });
        yield return Bad(
            "grant-key-swapped", "Another key, sealed to the member but not signed.", "signature",
            byAdmin with { Ciphertext = SealTo("member", Group, Right.View, Fixed.Bytes("evil group key")).Ciphertext });
        yield return Bad(
            "grant-sealed-for-other-group", "Signed for this group, sealed for another: the key would serve in two places.", "hpke",
            GrantTo("member", "admin", sealedFor: Group with { Group = Fixed.Id("another group") }));
        yield return Bad("grant-sealed-as-history", "Right view, but sealed as a history key.", "hpke", GrantTo("member", "admin", sealedAs: Right.History));
        yield return Bad("grant-right-unknown", "A right that is none.", "right", byAdmin with { Right = "everything" });
        yield return Bad("grant-right-none", "The word for no right.", "right", byAdmin with { Right = "none" });
        yield return Bad("grant-cut", "The ciphertext is one byte short.", "length", byAdmin with { Ciphertext = byAdmin.Ciphertext[..^1] });
        yield return VectorFile.Bad("grant-older-than-seen", Open, "Version 1, where this client has seen version 2.", "version", Input("member", byAdmin, seenVersion: 2));
    }

    private static IEnumerable<VectorFile> Chains()
    {
        var third = Chained("member", Right.Edit);
        yield return Bad("chain-missing", "Version 3 without the keys before it.", "length", third with { Previous = [] });
        yield return Bad("chain-short", "It ends at version 2.", "length", third with { Previous = [third.Previous[0]] });
        yield return Bad("chain-long", "A key before the first.", "length", third with { Previous = [.. third.Previous, Link(1, Right.Edit)] });
        yield return Bad("chain-reordered", "The oldest stands first.", "tag", third with { Previous = [third.Previous[1], third.Previous[0]] });
        yield return Bad("chain-changed", "One bit of a seal is another.", "tag", third with { Previous = [third.Previous[0], [.. third.Previous[1][..^1], (byte)(third.Previous[1][^1] ^ 1)]] });
        yield return Bad("chain-history-for-key", "The history keys' chain to somebody who holds the group's key.", "tag", third with { Previous = Chained("member", Right.History).Previous });
        var cut = Seal.CloseWith(Fixed.Bytes("short link"), KeyOf(Right.Edit, 3), SealPurpose.PreviousKey, Place(3), KeyOf(Right.Edit, 2).AsSpan(..31));
        yield return Bad("chain-key-short", "A key of 31 bytes.", "key", third with { Previous = [cut, third.Previous[1]] });
    }

    private static IEnumerable<VectorFile> Names()
    {
        var byAdmin = GrantTo("member", "admin");
        yield return Bad("group-name-missing", "A group without a name.", "name", byAdmin with { Details = null });
        yield return Bad("group-name-older", "An earlier name shown as the newest.", "tag", byAdmin with { DetailsRevision = 5 });
        yield return Bad("group-name-other-group", "Another group's name.", "tag", byAdmin with { Details = DetailsOf(Group with { Group = Fixed.Id("another group") }) });
        yield return Bad("group-name-other-version", "A name sealed under another version of the key.", "tag", byAdmin with { Details = DetailsOf(Third) });
        yield return Bad("group-name-no-details", "What is sealed is no name.", "shape", byAdmin with { Details = DetailsOf(Group, """{"v":1,"name":7,"icon":"","colour":""}""") });
        yield return Bad("group-name-text-version", "A name of another version.", "shape", byAdmin with { Details = DetailsOf(Group, """{"v":2,"name":"","icon":"","colour":""}""") });
    }

    private static SessionGroup GrantTo(
        string member, string granter, bool personal = false, Right right = Right.View, string? signer = null, string? keys = null,
        GroupVersion? sealedFor = null, Right? sealedAs = null, GroupVersion? version = null, bool? signedPersonal = null)
    {
        var group = version ?? Group;
        var message = SealTo(member, sealedFor ?? group, sealedAs ?? right, KeyOf(right, group.Version));
        var grantee = Scenario.CardOf(keys ?? member, Fixed.Id(member), Role.Member, 1, Scenario.Owner);
        return new SessionGroup(
            group.Group, personal, "active", group.Version, false, personal ? null : DetailsOf(group), personal ? 0 : 4, right.Word(), message.Enc, message.Ciphertext, Fixed.Id(granter),
            Fixed.Key((signer ?? granter) + " ecdsa").Sign(Grant.TextOf(group, right, grantee, message, signedPersonal ?? personal)), []);
    }

    private static byte[] DetailsOf(GroupVersion group, string text = """{"v":1,"name":"Klient Orzeł","icon":"folder","colour":"teal"}""", long revision = 4) => Seal.CloseWith(
        Fixed.Bytes("details s"), KeyOf(Right.History, group.Version), SealPurpose.Group, GroupDetails.Place(group, revision), System.Text.Encoding.UTF8.GetBytes(text));

    private static SessionGroup Chained(string member, Right right) =>
        GrantTo(member, "admin", right: right, version: Third) with { Previous = [Link(3, right), Link(2, right)] };

    private static byte[] Link(int version, Right right) => Seal.CloseWith(
        Fixed.Bytes($"link {version}"), KeyOf(right, version), right == Right.History ? SealPurpose.PreviousHistory : SealPurpose.PreviousKey,
        Place(version), KeyOf(right, version - 1));

    private static byte[] Place(int version) => Fields.Join(Group.Organization.ToBytes(), Group.Group.ToBytes(), Fields.Number((uint)version));

    private static byte[] KeyOf(Right right, int version)
    {
        var key = Fixed.Bytes($"group key {version}");
        return right == Right.History ? Grant.HistoryKey(key, Group with { Version = version }) : key;
    }

    private static HpkeMessage SealTo(string member, GroupVersion group, Right right, byte[] key)
    {
        using var ephemeral = Fixed.Key("ephemeral").OpenEcdh();
        return Hpke.SealWith(ephemeral, Fixed.Key(member + " ecdh").Public, Grant.Info(group, right, Fixed.Id(member)), [], key);
    }

    private static VectorFile Bad(string name, string about, string refused, SessionGroup group) => VectorFile.Bad(name, Open, about, refused, Input("member", group));

    private static JsonObject Input(string member, SessionGroup group, RosterScript? roster = null, int? seenVersion = null)
    {
        var wrap = Fixed.Bytes("wrap key");
        static string Pkcs8(FixedKey key)
        {
            using var opened = key.Open();
            return Base64Url.Encode(opened.ExportPkcs8PrivateKey());
        }

        var id = Fixed.Id(member).ToBytes();
        var text = $$"""{"v":1,"ecdh":"{{Pkcs8(Fixed.Key(member + " ecdh"))}}","ecdsa":"{{Pkcs8(Fixed.Key(member + " ecdsa"))}}","root":"{{Base64Url.Encode(Scenario.OwnerCard.Hash())}}"}""";
        var input = new JsonObject
        {
            ["organization"] = Scenario.Organization.ToBytes().ToHex(),
            ["member"] = id.ToHex(),
            ["wrapKey"] = wrap.ToHex(),
            ["keyBlob"] = Seal.CloseWith(Fixed.Bytes("blob s"), wrap, SealPurpose.MemberKeys, id, System.Text.Encoding.UTF8.GetBytes(text)).ToHex(),
            ["cards"] = RosterVectors.ToJson((roster ?? RosterVectors.Four()).Cards),
            ["group"] = JsonSerializer.SerializeToNode(group, WireJson.Shared),
        };
        if (seenVersion is { } seen)
        {
            input["seenVersion"] = seen;
        }

        return input;
    }
}
