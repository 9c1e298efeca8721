using Baton.Protocol.Signing;
using Baton.Protocol.Wire;

namespace Baton.Protocol.Tests.Generator;

/// <summary>Writes a roster card by card, rightly chained unless it is told otherwise. Members have the keys of their names.</summary>
internal sealed class RosterScript
{
    private readonly List<MemberCard> cards = [];
    private byte[] last = Card.NoPrevious;

    public IReadOnlyList<MemberCard> Cards => cards;

    public RosterHead Head => new((uint)cards.Count, last);

    /// <summary>SHA-256 of the first card.</summary>
    public byte[] Root => System.Security.Cryptography.SHA256.HashData(cards[0].Card);

    public static RosterScript Founded() => new RosterScript().Add("owner", Role.Owner, "owner");

    /// <param name="keys">Another's keys on the card.</param>
    /// <param name="signer">Another's signature than the issuer's.</param>
    public RosterScript Add(string member, Role role, string issuer, string? keys = null, string? signer = null, uint? seq = null, Id? organization = null, byte[]? previous = null)
    {
        var card = Scenario.CardOf(keys ?? member, Fixed.Id(member), role, seq ?? (uint)cards.Count + 1, Fixed.Id(issuer), organization);
        cards.Add(new MemberCard(card.Member, card.ToBytes(), Scenario.Sign(card, Fixed.Key((signer ?? issuer) + " ecdsa"), previous ?? last)));
        last = card.Hash();
        return this;
    }

    /// <summary>The card that a member has at the end.</summary>
    public Card CardOf(string member)
    {
        Card? newest = null;
        foreach (var sent in cards)
        {
            newest = sent.Member == Fixed.Id(member) && Card.TryParse(sent.Card, out var card) ? card : newest;
        }

        return newest!;
    }
}
