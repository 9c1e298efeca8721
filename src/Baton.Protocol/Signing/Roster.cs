using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Baton.Protocol.Wire;

namespace Baton.Protocol.Signing;

/// <summary>Why a card can't stand where it stands, or a roster can't be believed. spec/keys.md §6, rules 1 to 6.</summary>
public enum RosterFault
{
    None,

    /// <summary>The bytes are no card, or another member's.</summary>
    Form,

    /// <summary>The first isn't the root card that is pinned.</summary>
    Root,

    /// <summary>Another organization's.</summary>
    Organization,

    /// <summary>Not the next one: dropped, doubled or in another order.</summary>
    Seq,

    /// <summary>The issuer is no owner or admin at this place.</summary>
    Issuer,

    /// <summary>Not signed by the issuer for this place.</summary>
    Signature,

    /// <summary>The member had other keys before.</summary>
    Keys,

    /// <summary>The member was removed before, or was never there.</summary>
    Removed,

    /// <summary>Only an owner may do this.</summary>
    OwnerOnly,

    /// <summary>Nobody would be owner any more.</summary>
    LastOwner,

    /// <summary>Shorter than, or another than, the roster that was seen before.</summary>
    Older,
}

/// <summary>The last card of a roster: what a client keeps to know the roster again.</summary>
public readonly record struct RosterHead(uint Seq, byte[] Hash);

/// <summary>
/// All cards of an organization in the order of seq. Each is signed over the one before by someone who was owner or admin
/// at that moment, so nothing can be left out, moved or issued by who was removed. spec/keys.md §6.
/// </summary>
public sealed class Roster
{
    private readonly List<byte[]> hashes = [];
    private readonly Dictionary<Id, Card> newest = [];
    private readonly HashSet<Id> issuers = [];

    private Roster(Id organization) => Organization = organization;

    /// <summary>Whose roster it is.</summary>
    public Id Organization { get; }

    /// <summary>The newest card of everyone who ever was a member, the removed too.</summary>
    public IReadOnlyDictionary<Id, Card> Members => newest;

    /// <summary>The last card.</summary>
    public RosterHead Head => new((uint)hashes.Count, hashes[^1]);

    /// <summary>SHA-256 of the root card.</summary>
    public byte[] Root => hashes[0];

    /// <summary>Goes through the cards from the first to the last, and refuses all of them for one fault.</summary>
    /// <param name="root">SHA-256 of the root card, as pinned in the member's own blob.</param>
    public static RosterFault Read(Id organization, byte[] root, IReadOnlyList<MemberCard> cards, out Roster? roster)
    {
        roster = null;
        var read = new Roster(organization);
        foreach (var sent in cards)
        {
            var fault = !Card.TryParse(sent.Card, out var card) || card.Member != sent.Member ? RosterFault.Form
                : read.hashes.Count == 0 && !CryptographicOperations.FixedTimeEquals(card.Hash(), root) ? RosterFault.Root
                : read.Add(card, sent.Signature);
            if (fault != RosterFault.None)
            {
                return fault;
            }
        }

        roster = read.hashes.Count == 0 ? null : read;
        return roster is null ? RosterFault.Root : RosterFault.None;
    }

    /// <summary>A roster whose cards were checked one by one when they came in, by whoever keeps them.</summary>
    public static Roster Kept(Id organization, IEnumerable<Card> cards)
    {
        var roster = new Roster(organization);
        foreach (var card in cards)
        {
            roster.Take(card);
        }

        return roster;
    }

    /// <summary>Adds the next card, or says why it can't be.</summary>
    public RosterFault Add(Card card, byte[] signature)
    {
        var fault = FaultOf(card, signature);
        if (fault == RosterFault.None)
        {
            Take(card);
        }

        return fault;
    }

    /// <summary>A member's newest card, removed or not.</summary>
    public bool TryCard(Id member, [NotNullWhen(true)] out Card? card) => newest.TryGetValue(member, out card);

    /// <summary>A member's role now; removed for a stranger.</summary>
    public Role RoleOf(Id member) => TryCard(member, out var card) ? card.Role : Role.Removed;

    /// <summary>Whether the member is or once was owner or admin: what it granted then can still be opened.</summary>
    public bool OnceIssued(Id member) => issuers.Contains(member);

    /// <summary>Whether this is the roster that was seen, or a later one.</summary>
    public bool Continues(RosterHead seen) =>
        seen.Seq == 0 || (seen.Seq <= hashes.Count && CryptographicOperations.FixedTimeEquals(hashes[(int)seen.Seq - 1], seen.Hash));

    /// <summary>The card that would come next.</summary>
    public Card Next(Id member, byte[] ecdh, byte[] ecdsa, Role role, Id issuer) =>
        new(Organization, member, ecdh, ecdsa, role, Head.Seq + 1, issuer);

    /// <summary>Why this card can't come next.</summary>
    public RosterFault FaultOf(Card card, byte[] signature)
    {
        if (card.Organization != Organization)
        {
            return RosterFault.Organization;
        }

        if (card.Seq != hashes.Count + 1)
        {
            return RosterFault.Seq;
        }

        if (hashes.Count == 0)
        {
            return !card.IsRoot ? RosterFault.Root : IsSigned(card, card, signature) ? RosterFault.None : RosterFault.Signature;
        }

        var known = newest.GetValueOrDefault(card.Member);
        var isOwnRemoval = card.Role == Role.Removed && card.Issuer == card.Member;
        return !newest.TryGetValue(card.Issuer, out var issuer) || issuer.Role == Role.Removed || !(issuer.MayIssue || isOwnRemoval) ? RosterFault.Issuer
            : !IsSigned(card, issuer, signature) ? RosterFault.Signature
            : (known?.Role ?? card.Role) == Role.Removed ? RosterFault.Removed
            : known is not null && !HasKeysOf(card, known) ? RosterFault.Keys
            : issuer.Role != Role.Owner && (card.Role == Role.Owner || known?.Role == Role.Owner) ? RosterFault.OwnerOnly
            : card.Role != Role.Owner && newest.Values.All(other => other.Role != Role.Owner || other.Member == card.Member) ? RosterFault.LastOwner
            : RosterFault.None;
    }

    private bool IsSigned(Card card, Card issuer, byte[] signature) =>
        Signatures.Verify(issuer.Ecdsa, SignedText.Card(card.ToBytes(), hashes.Count == 0 ? Card.NoPrevious : hashes[^1]), signature);

    private static bool HasKeysOf(Card card, Card first) =>
        card.Ecdh.AsSpan().SequenceEqual(first.Ecdh) && card.Ecdsa.AsSpan().SequenceEqual(first.Ecdsa);

    private void Take(Card card)
    {
        hashes.Add(card.Hash());
        newest[card.Member] = card;
        if (card.MayIssue)
        {
            issuers.Add(card.Member);
        }
    }
}
