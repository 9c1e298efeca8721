using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Protocol.Signing;
using Baton.Protocol.Tests.Vectors;
using Baton.Protocol.Wire;

namespace Baton.Protocol.Tests.Generator;

/// <summary>Rosters as a hostile server or a hostile member would like them. spec/keys.md §6.</summary>
internal static class RosterVectors
{
    private const string Read = "roster.read";

    public static IEnumerable<VectorFile> All() => [.. Chains(), .. Issuers(), .. Memory()];

    private static IEnumerable<VectorFile> Chains()
    {
        var four = Four();
        var changing = Four()
            .Add("member", Role.Admin, "admin").Add("second", Role.Owner, "owner").Add("owner", Role.Member, "second")
            .Add("auditor", Role.Removed, "auditor").Add("admin", Role.Removed, "member").Add("member", Role.Member, "second");
        yield return VectorFile.Good(
            "roster", Read, "A founder alone; four members; roles that change, members that leave and are removed.", MemberOperations.All[Read],
            Input(RosterScript.Founded()), Input(four), Input(changing), Input(four, seen: RosterScript.Founded().Head), Input(four, seen: four.Head));

        yield return Bad("roster-empty", "No card at all.", "root", [], four.Root);
        yield return Bad("roster-wrong-root", "Another founder and everything signed under it.", "root", Four().Cards, Scenario.CardOf("evil", Scenario.Owner, Role.Owner, 1, Scenario.Owner).Hash());
        var admin = new RosterScript().Add("owner", Role.Admin, "owner");
        yield return Bad("roster-root-not-owner", "The first card makes an admin.", "root", admin.Cards, admin.Root);
        var issued = new RosterScript().Add("owner", Role.Owner, "second", signer: "owner");
        yield return Bad("roster-root-issued", "The first card names another issuer.", "root", issued.Cards, issued.Root);
        var unsigned = new RosterScript().Add("owner", Role.Owner, "owner", signer: "evil");
        yield return Bad("roster-root-signature", "The first card isn't signed by itself.", "signature", unsigned.Cards, unsigned.Root);
        var chained = new RosterScript().Add("owner", Role.Owner, "owner", previous: Fixed.Bytes("something"));
        yield return Bad("roster-root-previous", "The first card is signed over a card before it.", "signature", chained.Cards, chained.Root);

        yield return Bad("roster-card-dropped", "The admin's card is left out.", "seq", [four.Cards[0], .. four.Cards.Skip(2)]);
        yield return Bad("roster-cards-reordered", "Two cards have changed places.", "seq", [four.Cards[0], four.Cards[1], four.Cards[3], four.Cards[2]]);
        yield return Bad("roster-seq-twice", "A card has the number of the one before.", "seq", Four().Add("other", Role.Member, "owner", seq: 4));
        yield return Bad(
            "roster-card-replaced", "A card in the middle is another than the one that the next was signed over.", "signature",
            [.. RosterScript.Founded().Add("admin", Role.Owner, "owner").Cards, .. four.Cards.Skip(2)]);
        yield return Bad("roster-previous-missing", "A card signed over no card before it.", "signature", Four().Add("other", Role.Member, "owner", previous: Card.NoPrevious));
        yield return Bad("roster-card-cut", "A card is one byte short.", "form", [.. four.Cards.Take(3), four.Cards[3] with { Card = four.Cards[3].Card[..^1] }]);
        yield return Bad("roster-card-mislabelled", "A card shown as another member's.", "form", [.. four.Cards.Take(3), four.Cards[3] with { Member = Fixed.Id("other") }]);
        yield return Bad("roster-other-organization", "A card of another organization.", "organization", Four().Add("other", Role.Member, "owner", organization: Fixed.Id("another organization")));
    }

    private static IEnumerable<VectorFile> Issuers()
    {
        yield return Bad("roster-signature-wrong", "Signed by somebody else than its issuer.", "signature", Four().Add("other", Role.Member, "owner", signer: "evil"));
        yield return Bad("roster-issuer-unknown", "Issued by somebody who has no card.", "issuer", Four().Add("other", Role.Member, "evil"));
        yield return Bad("roster-issuer-member", "Issued by somebody who is neither owner nor admin.", "issuer", Four().Add("other", Role.Member, "member"));
        yield return Bad("roster-issuer-self", "A member who promotes itself.", "issuer", Four().Add("member", Role.Admin, "member"));
        yield return Bad("roster-issuer-removed", "Issued by an admin after its removal.", "issuer", Four().Add("admin", Role.Removed, "owner").Add("other", Role.Member, "admin"));
        yield return Bad("roster-issuer-demoted", "Issued by an admin that had become a member.", "issuer", Four().Add("admin", Role.Member, "owner").Add("other", Role.Member, "admin"));
        yield return Bad("roster-keys-changed", "A new role that brings a new signing key.", "keys", Four().Add("member", Role.Admin, "owner", keys: "evil"));
        yield return Bad("roster-after-removal", "A card of a member that was removed.", "removed", Four().Add("member", Role.Removed, "owner").Add("member", Role.Member, "owner"));
        yield return Bad("roster-removed-twice", "Removed a second time.", "removed", Four().Add("member", Role.Removed, "owner").Add("member", Role.Removed, "owner"));
        yield return Bad("roster-removed-stranger", "The removal of somebody who never was there.", "removed", Four().Add("other", Role.Removed, "owner"));
        yield return Bad("roster-admin-makes-owner", "An admin makes an owner.", "owner only", Four().Add("member", Role.Owner, "admin"));
        yield return Bad("roster-admin-demotes-owner", "An admin takes an owner's role.", "owner only", Four().Add("second", Role.Owner, "owner").Add("second", Role.Member, "admin"));
        yield return Bad("roster-last-owner-demoted", "The last owner becomes an admin.", "last owner", Four().Add("owner", Role.Admin, "owner"));
        yield return Bad("roster-last-owner-leaves", "The last owner leaves.", "last owner", Four().Add("owner", Role.Removed, "owner"));
    }

    private static IEnumerable<VectorFile> Memory()
    {
        var seen = Four().Add("admin", Role.Removed, "owner");
        yield return VectorFile.Bad("roster-shorter-than-seen", Read, "The removal that this client has seen is hidden.", "older", Input(Four(), seen: seen.Head));
        yield return VectorFile.Bad(
            "roster-other-than-seen", Read, "As long as the one this client has seen, but another.", "older",
            Input(Four().Add("member", Role.Removed, "owner"), seen: seen.Head));
    }

    /// <summary>owner, admin, member, auditor.</summary>
    public static RosterScript Four() =>
        RosterScript.Founded().Add("admin", Role.Admin, "owner").Add("member", Role.Member, "admin").Add("auditor", Role.Auditor, "admin");

    public static JsonArray ToJson(IEnumerable<MemberCard> cards) => new([.. cards.Select(card => JsonSerializer.SerializeToNode(card, WireJson.Shared))]);

    private static VectorFile Bad(string name, string about, string refused, RosterScript roster) => Bad(name, about, refused, roster.Cards, roster.Root);

    private static VectorFile Bad(string name, string about, string refused, IReadOnlyList<MemberCard> cards, byte[]? root = null) =>
        VectorFile.Bad(name, Read, about, refused, Input(cards, root ?? Scenario.OwnerCard.Hash()));

    private static JsonObject Input(RosterScript roster, RosterHead? seen = null)
    {
        var input = Input(roster.Cards, roster.Root);
        if (seen is { } head)
        {
            input["seenSeq"] = head.Seq;
            input["seenHash"] = head.Hash.ToHex();
        }

        return input;
    }

    private static JsonObject Input(IReadOnlyList<MemberCard> cards, byte[] root) => new()
    {
        ["organization"] = Scenario.Organization.ToBytes().ToHex(),
        ["root"] = root.ToHex(),
        ["cards"] = ToJson(cards),
    };
}
