using System.Text.Json.Nodes;
using Baton.Client.Keys;
using Baton.Client.Sealing;
using Baton.Protocol.Encoding;
using Baton.Protocol.Signing;
using Baton.Protocol.Tests.Vectors;

namespace Baton.Protocol.Tests.Generator;

/// <summary>Invitations, policy, fingerprints. spec/keys.md §6 and §9.</summary>
internal static class OrganizationVectors
{
    private static readonly byte[] Mac = Derive.Key(Fixed.Bytes("invite key"), [], DerivePurpose.InviteMac);
    private static readonly Id Invitation = Fixed.Id("invitation");

    public static IEnumerable<VectorFile> All() => [.. Invitations(), .. Acceptances(), .. Policies(), .. Fingerprints()];

    private static IEnumerable<VectorFile> Invitations()
    {
        const string from = "invitation.from";
        var root = Scenario.OwnerCard;
        JsonObject Input(Card? card = null, string role = "member", byte[]? mac = null, Role macRole = Role.Member, Id? macInvitation = null, Card? macCard = null, Id? organization = null) => new()
        {
            ["inviteKey"] = Fixed.Bytes("invite key").ToHex(), ["organization"] = (organization ?? Scenario.Organization).ToBytes().ToHex(), ["invitation"] = Invitation.ToBytes().ToHex(),
            ["rootCard"] = (card ?? root).ToBytes().ToHex(), ["role"] = role,
            ["from"] = InviteMac.From(mac ?? Mac, Scenario.Organization, macInvitation ?? Invitation, (macCard ?? card ?? root).Hash(), macRole).ToHex(),
        };
        yield return VectorFile.Good("invitation", from, "An invitation as member, and as auditor.", VaultOperations.All[from], Input(), Input(role: "auditor", macRole: Role.Auditor));
        var evil = Scenario.CardOf("evil", Fixed.Id("evil"), Role.Owner, 1, Fixed.Id("evil"));
        (string Name, string About, string Refused, JsonObject Input)[] bad =
        [
            ("invitation-other-root", "The server shows an organization of its own making.", "mac", Input(evil, macCard: root)),
            ("invitation-other-role", "The server shows a greater role.", "mac", Input(role: "admin")),
            ("invitation-other-invitation", "The MAC of another invitation.", "mac", Input(macInvitation: Fixed.Id("another invitation"))),
            ("invitation-other-link", "The MAC of another link.", "mac", Input(mac: Fixed.Bytes("another mac"))),
            ("invitation-removed", "A role that nobody can be invited to.", "role", Input(role: "removed", macRole: Role.Removed)),
            ("invitation-role-unknown", "A role that is none.", "role", Input(role: "root")),
            ("invitation-other-organization", "The card's organization is another than the one that is shown.", "organization", Input(organization: Fixed.Id("another organization"))),
            ("invitation-no-root-card", "A card that isn't the first.", "root", Input(Scenario.CardOf("owner", Scenario.Owner, Role.Owner, 2, Scenario.Owner))),
        ];
        foreach (var (name, about, refused, input) in bad)
        {
            yield return VectorFile.Bad(name, from, about, refused, input);
        }
    }

    private static IEnumerable<VectorFile> Acceptances()
    {
        const string to = "invitation.to";
        var member = Fixed.Id("member");
        var (ecdh, ecdsa) = (Fixed.Key("member ecdh").Public, Fixed.Key("member ecdsa").Public);
        var personal = new GroupVersion(Scenario.Organization, Fixed.Id("personal"), 1);
        JsonObject Input(byte[]? shownEcdh = null, byte[]? shownEcdsa = null, Id? shownMember = null, Id? sealedFor = null, byte[]? mac = null) => new()
        {
            ["groupKey"] = Fixed.Bytes("personal key").ToHex(), ["organization"] = personal.Organization.ToBytes().ToHex(), ["group"] = personal.Group.ToBytes().ToHex(),
            ["version"] = personal.Version, ["invitation"] = Invitation.ToBytes().ToHex(),
            ["sealed"] = Seal.CloseWith(Fixed.Bytes("invitation s"), Fixed.Bytes("personal key"), SealPurpose.Invitation, InviteMac.Place(personal, sealedFor ?? Invitation), Mac).ToHex(),
            ["member"] = (shownMember ?? member).ToBytes().ToHex(), ["ecdh"] = (shownEcdh ?? ecdh).ToHex(), ["ecdsa"] = (shownEcdsa ?? ecdsa).ToHex(),
            ["to"] = InviteMac.To(mac ?? Mac, personal.Organization, Invitation, member, ecdh, ecdsa).ToHex(),
        };
        yield return VectorFile.Good("acceptance", to, "Keys that were made with the link.", VaultOperations.All[to], Input());
        (string Name, string About, string Refused, JsonObject Input)[] bad =
        [
            ("acceptance-other-sealing-key", "The server puts another sealing key in place of the invitee's.", "mac", Input(shownEcdh: Fixed.Key("evil ecdh").Public)),
            ("acceptance-other-signing-key", "The server puts another signing key in place of the invitee's.", "mac", Input(shownEcdsa: Fixed.Key("evil ecdsa").Public)),
            ("acceptance-other-member", "Another member's id with these keys.", "mac", Input(shownMember: Fixed.Id("another"))),
            ("acceptance-other-link", "Made by somebody who hasn't the link.", "mac", Input(mac: Fixed.Bytes("another mac"))),
            ("acceptance-other-invitation", "What the inviter keeps is of another invitation.", "tag", Input(sealedFor: Fixed.Id("another invitation"))),
        ];
        foreach (var (name, about, refused, input) in bad)
        {
            yield return VectorFile.Bad(name, to, about, refused, input);
        }
    }

    private static IEnumerable<VectorFile> Policies()
    {
        const string check = "policy.check";
        var policy = new Policy(3, 86_400, true, 40, Role.Admin, true, 33_554_432, 1_800, 43_200, false);
        var text = policy.ToText();
        JsonObject Input(string author, string? shown = null, string? signer = null, string? signed = null, RosterScript? roster = null, int? seen = null, Id? organization = null)
        {
            var cards = roster ?? RosterVectors.Four();
            var input = new JsonObject
            {
                ["organization"] = Scenario.Organization.ToBytes().ToHex(), ["root"] = cards.Root.ToHex(), ["cards"] = RosterVectors.ToJson(cards.Cards),
                ["text"] = shown ?? text, ["author"] = Fixed.Id(author).ToBytes().ToHex(),
                ["signature"] = Fixed.Key((signer ?? author) + " ecdsa").Sign(SignedText.Policy(organization ?? Scenario.Organization, signed ?? shown ?? text)).ToHex(),
            };
            if (seen is { } number)
            {
                input["seenNumber"] = number;
            }

            return input;
        }

        yield return VectorFile.Good(
            "policy", check, "By an owner, by an admin, by an admin that was removed since.", VaultOperations.All[check],
            Input("owner"), Input("admin", seen: 3), Input("admin", roster: RosterVectors.Four().Add("admin", Role.Removed, "owner")));
        (string Name, string About, string Refused, JsonObject Input)[] bad =
        [
            ("policy-author-member", "Signed by a member that never was owner or admin.", "author", Input("member")),
            ("policy-author-unknown", "Signed by a stranger.", "author", Input("evil")),
            ("policy-signature-wrong", "Signed by somebody else than its author.", "signature", Input("owner", signer: "evil")),
            ("policy-changed", "Another text than the one that was signed.", "signature", Input("owner", shown: text.Replace("86400", "86401", StringComparison.Ordinal), signed: text)),
            ("policy-other-organization", "Signed for another organization.", "signature", Input("owner", organization: Fixed.Id("another organization"))),
            ("policy-older", "Number 3, where this client has seen number 4.", "number", Input("owner", seen: 4)),
            ("policy-white-space", "Not the exact text.", "exact", Input("owner", shown: text.Replace(",", ", ", StringComparison.Ordinal))),
            ("policy-order", "Its members in another order.", "exact", Input("owner", shown: text.Replace("\"v\":1,\"number\":3", "\"number\":3,\"v\":1", StringComparison.Ordinal))),
            ("policy-more", "A member that isn't known.", "exact", Input("owner", shown: text.Replace("}", ",\"more\":1}", StringComparison.Ordinal))),
            ("policy-number-zero", "It counts from 1.", "bounds", Input("owner", shown: (policy with { Number = 0 }).ToText())),
            ("policy-life-long", "A second longer than a handover may live.", "bounds", Input("owner", shown: (policy with { LifeMax = 2_592_001 }).ToText())),
            ("policy-role-auditor", "An auditor hands nothing over.", "bounds", Input("owner", shown: (policy with { HandOver = Role.Auditor }).ToText())),
        ];
        foreach (var (name, about, refused, input) in bad)
        {
            yield return VectorFile.Bad(name, check, about, refused, input);
        }
    }

    private static IEnumerable<VectorFile> Fingerprints()
    {
        static JsonObject Of(string keys) => new() { ["ecdh"] = Fixed.Key(keys + " ecdh").Public.ToHex(), ["ecdsa"] = Fixed.Key(keys + " ecdsa").Public.ToHex() };
        yield return VectorFile.Good("fingerprint", "fingerprint", "The words' places in the list.", VaultOperations.All["fingerprint"], Of("owner"), Of("member"));
    }
}
