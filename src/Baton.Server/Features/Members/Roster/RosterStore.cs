using Baton.Protocol;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Security;
using Baton.Server.Storage;

namespace Baton.Server.Features.Members;

/// <summary>The SQL of the roster.</summary>
internal sealed class RosterStore(Database database, Ledger ledger, TimeProvider clock)
{
    /// <summary>All cards, each checked when it came in.</summary>
    public Roster Read(Id organization) => database.Read(connection =>
    {
        var cards = new List<Card>();
        using var rows = connection.Query("SELECT card FROM cards WHERE organization = @organization ORDER BY seq", ("@organization", organization));
        while (rows.Read())
        {
            cards.Add(Card.TryParse(rows.Bytes(0), out var card) ? card : throw new InvalidDataException("A card that is none."));
        }

        return Roster.Kept(organization, cards);
    });

    /// <summary>Keeps a card that <see cref="NextCard"/> let through, with all that follows from it. Null: done.</summary>
    public Task<ProblemResult?> Add(CurrentMember issuer, Card card, byte[] signature)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return ledger.Write(transaction =>
        {
            if (Refuses(transaction, card) is { } refused)
            {
                return transaction.Nothing<ProblemResult?>(refused);
            }

            var entry = Keep(transaction, card, signature, now);
            var actor = Actor.Of(issuer.Member);
            var more = card.Role == Role.Removed ? Leaving.Remove(transaction, card, actor, now) : Leaving.Change(transaction, card, actor, now);
            transaction.Affects(card.Member);
            return Standing.HasActiveOwner(transaction, card.Organization)
                ? transaction.Record<ProblemResult?>(null, entry, [.. more])
                : transaction.Nothing<ProblemResult?>(Problems.Of(Standing.LastOwner));
        });
    }

    /// <summary>In the transaction: the card is still the next one, and its issuer is not suspended.</summary>
    public static ProblemResult? Refuses(LedgerTransaction transaction, Card card) =>
        Standing.RoleOf(transaction, card.Issuer) == Role.Removed ? Problems.Of(ProblemType.Forbidden)
        : transaction.Scalar("SELECT max(seq) FROM cards WHERE organization = @organization", ("@organization", card.Organization)) is not long last || last + 1 != card.Seq
            ? Problems.Of(ProblemType.StaleKey)
        : null;

    /// <summary>The row, what handovers name as the sender's card, and the entry.</summary>
    public static LedgerEntry Keep(LedgerTransaction transaction, Card card, byte[] signature, long now)
    {
        transaction.Execute(
            "INSERT INTO cards (organization, member, seq, card, signature) VALUES (@organization, @member, @seq, @card, @signature)",
            ("@organization", card.Organization), ("@member", card.Member), ("@seq", (long)card.Seq), ("@card", card.ToBytes()), ("@signature", signature));
        transaction.Execute("UPDATE members SET card_hash = @hash WHERE id = @member", ("@hash", card.Hash()), ("@member", card.Member));
        return LedgerEntry.Of("card", card.Organization, now, Actor.Of(card.Issuer), (card, signature), static (json, kept) =>
        {
            json.WriteBytes("card"u8, kept.card.ToBytes());
            json.WriteBytes("signature"u8, kept.signature);
        });
    }
}
