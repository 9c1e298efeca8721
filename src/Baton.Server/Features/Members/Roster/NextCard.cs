using Baton.Protocol;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;
using Baton.Server.Security;

namespace Baton.Server.Features.Members;

/// <summary>
/// Whether a card may be the next of its roster: the rules of spec/keys.md §6, which every client holds too. Judged outside the
/// write, because a signature costs; the roster only grows, so what was judged still stands when its last card is still the last.
/// </summary>
internal static class NextCard
{
    /// <summary>What is wrong with it; null, with the card, when nothing is. Then <paramref name="roster"/> has it as its last.</summary>
    /// <param name="joins">Whether it is the member's first card.</param>
    public static ProblemResult? Fault(Roster roster, CurrentMember issuer, NewCard request, out Card? card, out bool joins)
    {
        joins = false;
        if (!Card.TryParse(request.Card, out card))
        {
            return Problems.Invalid("card", "is not a card");
        }

        if (card.Organization != issuer.Organization || card.Issuer != issuer.Member)
        {
            return Problems.Invalid("card", "is not issued by you in your organization");
        }

        joins = !roster.TryCard(card.Member, out _);
        return roster.Add(card, request.Signature) switch
        {
            RosterFault.None => null,
            RosterFault.Seq => Problems.Of(ProblemType.StaleKey),
            RosterFault.Issuer or RosterFault.OwnerOnly => Problems.Of(ProblemType.Forbidden),
            RosterFault.LastOwner => Problems.Of(Standing.LastOwner),
            RosterFault.Signature => Problems.Invalid("signature", "is not yours of this card at this place"),
            RosterFault.Keys => Problems.Invalid("card", "has other keys than the member's first"),
            RosterFault.Removed => Problems.Invalid("card", "is of somebody who was removed"),
            _ => Problems.Invalid("card", "can't stand in this roster"),
        };
    }
}
