using System.Diagnostics.CodeAnalysis;
using Baton.Protocol;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;

namespace Baton.Client.Keys;

/// <summary>A signed-in member whose keys are open: may sign, and use the group keys that the pinned root vouches for.</summary>
public sealed class UnlockedMember : IDisposable
{
    private UnlockedMember(Session session, MemberKeys keys, Card card, byte[] cardSignature, IReadOnlyList<GroupKey> groups)
    {
        Session = session;
        Keys = keys;
        Card = card;
        CardSignature = cardSignature;
        Groups = groups;
    }

    /// <summary>As the server gave it.</summary>
    public Session Session { get; }

    /// <summary>The member's own keys.</summary>
    public MemberKeys Keys { get; }

    /// <summary>The member's own card, checked up to the root.</summary>
    public Card Card { get; }

    /// <summary>Its issuer's signature.</summary>
    public byte[] CardSignature { get; }

    /// <summary>Every version of every group's key that could be trusted.</summary>
    public IReadOnlyList<GroupKey> Groups { get; }

    /// <summary>The organization.</summary>
    public Id Organization => Session.Organization.Id;

    /// <summary>The member.</summary>
    public Id Member => Session.Member.Id;

    /// <summary>The newest version of the personal group's key; null when the server gave none that can be trusted.</summary>
    public GroupKey? Personal => Groups.Where(group => group.Personal).MaxBy(group => group.Group.Version);

    /// <summary>
    /// Opens the key blob of a session; false for a wrong password and for a session whose cards do not lead
    /// from the pinned root to these very keys.
    /// </summary>
    public static bool TryUnlock(Session session, byte[] wrapKey, [NotNullWhen(true)] out UnlockedMember? member)
    {
        member = null;
        if (!MemberKeys.TryOpen(wrapKey, session.Member.Id, session.KeyBlob, out var keys))
        {
            return false;
        }

        var trust = Trust.From(session.Organization.Id, keys.Root, session.Cards);
        var own = trust.TryCard(session.Member.Id, out var card)
            ? session.Cards.FirstOrDefault(sent => sent.Card.AsSpan().SequenceEqual(card.ToBytes()))
            : null;
        if (card is null || own is null || !card.Ecdsa.AsSpan().SequenceEqual(keys.EcdsaPublic) || !card.Ecdh.AsSpan().SequenceEqual(keys.EcdhPublic))
        {
            keys.Dispose();
            return false;
        }

        var groups = new List<GroupKey>();
        foreach (var grant in session.Grants)
        {
            if (trust.TryOpen(grant, session.Member.Id, keys, out var key))
            {
                groups.Add(key);
            }
        }

        member = new UnlockedMember(session, keys, card, own.Signature, groups);
        return true;
    }

    /// <summary>The key of one group's version.</summary>
    public bool TryGroup(Id group, int version, [NotNullWhen(true)] out GroupKey? key)
    {
        key = Groups.FirstOrDefault(candidate => candidate.Group.Group == group && candidate.Group.Version == version);
        return key is not null;
    }

    /// <inheritdoc />
    public void Dispose() => Keys.Dispose();
}
