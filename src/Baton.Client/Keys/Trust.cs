using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Baton.Protocol;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;

namespace Baton.Client.Keys;

/// <summary>
/// The cards that lead back to the pinned root, and what they allow. The server hands out cards and grants;
/// nothing it hands out is used unless this says so. spec/keys.md §6.
/// </summary>
public sealed class Trust
{
    private readonly Id organization;
    private readonly Dictionary<Id, List<Card>> trusted = [];

    private Trust(Id organization) => this.organization = organization;

    /// <summary>Starts at the card whose hash is pinned and takes in, again and again, what trusted owners and admins have signed.</summary>
    public static Trust From(Id organization, byte[] root, IReadOnlyList<MemberCard> cards)
    {
        var trust = new Trust(organization);
        var open = new List<(Card Card, byte[] Signature)>();
        foreach (var sent in cards)
        {
            if (Card.TryParse(sent.Card, out var card) && card.Member == sent.Member && card.Organization == organization)
            {
                open.Add((card, sent.Signature));
            }
        }

        var found = open.FindIndex(candidate =>
            CryptographicOperations.FixedTimeEquals(candidate.Card.Hash(), root)
            && candidate.Card is { Role: Role.Owner, Seq: 1 }
            && candidate.Card.Issuer == candidate.Card.Member
            && IsSigned(candidate.Card, candidate.Signature, candidate.Card));
        while (found >= 0)
        {
            trust.Add(open[found].Card);
            open.RemoveAt(found);
            found = open.FindIndex(candidate => trust.CardsOf(candidate.Card.Issuer)
                .Any(issuer => issuer.MayIssue && IsSigned(candidate.Card, candidate.Signature, issuer)));
        }

        return trust;
    }

    /// <summary>A member's newest trusted card.</summary>
    public bool TryCard(Id member, [NotNullWhen(true)] out Card? card)
    {
        card = CardsOf(member).MaxBy(candidate => candidate.Seq);
        return card is not null;
    }

    /// <summary>
    /// Opens a grant made to the owner of these keys; false unless it was signed, to a card of that member with these very keys,
    /// by the member itself where it is its personal group, else by an owner or admin.
    /// </summary>
    public bool TryOpen(GroupGrant grant, Id member, MemberKeys keys, [NotNullWhen(true)] out GroupKey? key)
    {
        key = null;
        var right = Enum.GetValues<Right>().FirstOrDefault(right => right.Word() == grant.Right);
        if (right == Right.None
            || grant.Version < 1
            || grant.Enc.Length != Grant.EncSize
            || grant.Ciphertext.Length != Grant.CiphertextSize)
        {
            return false;
        }

        var version = new GroupVersion(organization, grant.Group, grant.Version);
        var message = new HpkeMessage(grant.Enc, grant.Ciphertext);
        if (IsGranted(grant, version, right, member, keys, message) && Grant.TryOpen(version, member, keys.Ecdh, message, out var bytes))
        {
            key = new GroupKey(version, right, grant.Personal, bytes);
        }

        return key is not null;
    }

    private bool IsGranted(GroupGrant grant, GroupVersion version, Right right, Id member, MemberKeys keys, HpkeMessage message)
    {
        // Which group is personal is the server's word; that its key came from the member alone is what makes it so. Otherwise
        // a group that others read could be passed off as the one that new handovers go to.
        if (!TryCard(grant.Granter, out var granter) || !(grant.Personal ? grant.Granter == member : granter.MayIssue))
        {
            return false;
        }

        // The grant names one card by its hash: any trusted card of this member with these keys will do.
        return CardsOf(member).Any(grantee =>
            grantee.Ecdh.AsSpan().SequenceEqual(keys.EcdhPublic)
            && grantee.Ecdsa.AsSpan().SequenceEqual(keys.EcdsaPublic)
            && Signatures.Verify(granter.Ecdsa, Grant.TextOf(version, right, grantee, message), grant.Signature));
    }

    private static bool IsSigned(Card card, byte[] signature, Card issuer) =>
        Signatures.Verify(issuer.Ecdsa, SignedText.Card(card.ToBytes()), signature);

    private List<Card> CardsOf(Id member) => trusted.GetValueOrDefault(member) ?? [];

    private void Add(Card card)
    {
        if (!trusted.TryGetValue(card.Member, out var cards))
        {
            trusted[card.Member] = cards = [];
        }

        cards.Add(card);
    }
}

/// <summary>A group key that a client may use, and what its member may do with the group.</summary>
public sealed record GroupKey(GroupVersion Group, Right Right, bool Personal, byte[] Key)
{
    /// <summary>Seals the details of this group's handovers.</summary>
    public byte[] HistoryKey() => Grant.HistoryKey(Key, Group);
}
