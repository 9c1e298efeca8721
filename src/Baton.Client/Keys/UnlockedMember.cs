using System.Diagnostics.CodeAnalysis;
using Baton.Protocol;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;

namespace Baton.Client.Keys;

/// <summary>A signed-in member whose keys are open: may sign, and use the group keys that the pinned root vouches for.</summary>
public sealed class UnlockedMember : IDisposable
{
    private readonly Seen seen;
    private readonly Dictionary<Id, long> revisions;

    private UnlockedMember(Session session, MemberKeys keys, Roster roster, Card card, IReadOnlyList<GroupAccess> groups, Policy? policy, Seen seen)
    {
        Session = session;
        Keys = keys;
        Roster = roster;
        Card = card;
        Groups = groups;
        Policy = policy;
        this.seen = seen;
        revisions = new Dictionary<Id, long>(seen.Revisions);
    }

    /// <summary>As the server gave it.</summary>
    public Session Session { get; }

    /// <summary>The member's own keys.</summary>
    public MemberKeys Keys { get; }

    /// <summary>Everybody's cards, checked from the pinned root on.</summary>
    public Roster Roster { get; }

    /// <summary>The member's own newest card.</summary>
    public Card Card { get; }

    /// <summary>Its issuer's signature.</summary>
    public byte[] CardSignature => Session.Cards[(int)Card.Seq - 1].Signature;

    /// <summary>The member's groups, each granted by somebody who may.</summary>
    public IReadOnlyList<GroupAccess> Groups { get; }

    /// <summary>What the organization allows; null while it has no policy.</summary>
    public Policy? Policy { get; }

    /// <summary>The organization.</summary>
    public Id Organization => Roster.Organization;

    /// <summary>The member.</summary>
    public Id Member => Card.Member;

    /// <summary>The personal group; null when the member has none yet.</summary>
    public GroupAccess? Personal => Groups.FirstOrDefault(group => group.Sent.Personal);

    /// <summary>What to keep for the next session.</summary>
    public Seen Seen => seen with { Revisions = revisions };

    /// <summary>Opens a session that was never opened here before.</summary>
    public static bool TryUnlock(Session session, byte[] wrapKey, [NotNullWhen(true)] out UnlockedMember? member) =>
        Unlock(session, wrapKey, Seen.Nothing, out member) == UnlockFault.None;

    /// <summary>
    /// Opens the key blob of a session and checks all that the server gave with it; one thing that can't be trusted is enough to
    /// refuse the whole.
    /// </summary>
    /// <param name="seen">What was kept of earlier sessions.</param>
    public static UnlockFault Unlock(Session session, byte[] wrapKey, Seen seen, out UnlockedMember? member)
    {
        member = null;
        if (!MemberKeys.TryOpen(wrapKey, session.Member.Id, session.KeyBlob, out var keys))
        {
            return UnlockFault.Password;
        }

        var fault = Open(session, keys, seen, out member);
        if (member is null)
        {
            keys.Dispose();
        }

        return fault;
    }

    /// <summary>A group of the member.</summary>
    public bool TryGroup(Id group, [NotNullWhen(true)] out GroupAccess? access)
    {
        access = Groups.FirstOrDefault(candidate => candidate.Group == group);
        return access is not null;
    }

    /// <summary>The keys of one group's version.</summary>
    public bool TryKey(Id group, int version, [NotNullWhen(true)] out GroupKey? key)
    {
        key = TryGroup(group, out var access) ? access.KeyOf(version) : null;
        return key is not null;
    }

    /// <summary>A new card for a member, at its place in the roster: joining with these keys, a new role, or removal.</summary>
    /// <exception cref="ArgumentException">The roster's rules don't allow it.</exception>
    public NewCard Issue(Id member, byte[] ecdh, byte[] ecdsa, Role role)
    {
        var card = Roster.Next(member, ecdh, ecdsa, role, Member);
        var signature = card.SignedBy(Keys.Ecdsa, Roster.Head.Hash);
        return Roster.FaultOf(card, signature) is var fault and not RosterFault.None
            ? throw new ArgumentException($"The roster's rules do not allow this card: {fault}.", nameof(role))
            : new NewCard(card.ToBytes(), signature);
    }

    /// <summary>
    /// Holds an entry's revision against the newest that was seen, and remembers it; false for an older one. Only entries with
    /// more than one are remembered. spec/vault.md §3.
    /// </summary>
    internal bool Sees(Id entry, long revision)
    {
        var known = revisions.GetValueOrDefault(entry);
        if (revision > known && revision > 1)
        {
            revisions[entry] = revision;
        }

        return revision >= known;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Keys.Dispose();
        foreach (var group in Groups)
        {
            group.Wipe();
        }
    }

    private static UnlockFault Open(Session session, MemberKeys keys, Seen seen, out UnlockedMember? member)
    {
        member = null;
        if (Roster.Read(session.Organization.Id, keys.Root, session.Cards, out var roster) != RosterFault.None)
        {
            return UnlockFault.Roster;
        }

        if (!roster!.Continues(seen.Roster))
        {
            return UnlockFault.OlderRoster;
        }

        if (!roster.TryCard(session.Member.Id, out var card))
        {
            return session.Member.Role == "pending" ? UnlockFault.Pending : UnlockFault.OwnCard;
        }

        // Otherwise what is sealed for this member could be opened by somebody else.
        if (card.Role == Role.Removed || !card.Ecdsa.AsSpan().SequenceEqual(keys.EcdsaPublic) || !card.Ecdh.AsSpan().SequenceEqual(keys.EcdhPublic))
        {
            return UnlockFault.OwnCard;
        }

        var policyFault = TrustedPolicy.Open(session.Policy, roster, seen.Policy, out var policy);
        if (policyFault != UnlockFault.None)
        {
            return policyFault;
        }

        var groups = new List<GroupAccess>();
        var versions = new Dictionary<Id, int>(seen.Versions);
        foreach (var sent in session.Groups)
        {
            var fault = GroupAccess.Open(sent, roster, card, keys, seen.Versions.GetValueOrDefault(sent.Group), out var group);
            if (fault != UnlockFault.None)
            {
                groups.ForEach(open => open.Wipe());
                return fault;
            }

            groups.Add(group!);
            versions[sent.Group] = sent.Version;
        }

        member = new UnlockedMember(session, keys, roster, card, groups, policy, seen with { Roster = roster.Head, Versions = versions, Policy = (int)(policy?.Number ?? 0) });
        return UnlockFault.None;
    }
}
