using System.Security.Cryptography;
using Baton.Client.Keys;
using Baton.Client.Sealing;
using Baton.Protocol;
using Baton.Protocol.Encoding;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;

namespace Baton.Client.Vault;

/// <summary>Who gets a group's key, and to do what.</summary>
public sealed record Holder(Card Card, Right Right);

/// <summary>A group's beginning and its next key: what one request needs of both. spec/keys.md §6.</summary>
public static class GroupKeys
{
    /// <summary>A group with its first key; without details it is the member's personal one, with the member its only holder.</summary>
    public static CreateGroup Begin(UnlockedMember member, GroupDetails? details, IReadOnlyList<Holder> holders)
    {
        var group = new GroupVersion(member.Organization, new Id(RandomNumberGenerator.GetBytes(Id.Size)), 1);
        var key = RandomNumberGenerator.GetBytes(Derive.Size);
        var request = new CreateGroup(
            group.Group, details is null, details?.Close(Grant.HistoryKey(key, group), group, 1),
            [.. holders.Select(holder => Grant.Make(member.Keys.Ecdsa, group, holder.Right, holder.Card, key, personal: details is null))]);
        CryptographicOperations.ZeroMemory(key);
        return request;
    }

    /// <summary>The personal group of a member that has none yet.</summary>
    public static CreateGroup BeginPersonal(UnlockedMember member) => Begin(member, null, [new Holder(member.Card, Right.Manage)]);

    /// <summary>A grant of the newest key.</summary>
    /// <exception cref="ArgumentException">The member holds the history key only.</exception>
    public static NewGrant Give(UnlockedMember member, GroupAccess group, Holder holder) =>
        Grant.Make(member.Keys.Ecdsa, group.Newest.Group, holder.Right, holder.Card, KeyOf(group));

    /// <summary>
    /// Who holds the group by the server's word, each held against the grant that it shows for it; false where somebody is among
    /// them whom nobody who may has granted anything: a rotation would hand the new key to a stranger.
    /// </summary>
    public static bool TryHolders(UnlockedMember member, GroupRights shown, out IReadOnlyList<Holder> holders)
    {
        var found = new List<Holder>();
        var version = new GroupVersion(member.Organization, shown.Group, shown.Version);
        foreach (var sent in shown.Grants)
        {
            if (Words.TryRight(sent.Right, out var right)
                && member.Roster.TryCard(sent.Member, out var card)
                && card.Role != Role.Removed
                && member.Roster.OnceIssued(sent.Granter)
                && member.Roster.TryCard(sent.Granter, out var granter)
                && Signatures.Verify(granter.Ecdsa, Grant.TextOf(version, right, card, new HpkeMessage(sent.Enc, sent.Ciphertext)), sent.Signature))
            {
                found.Add(new Holder(card, right));
            }
        }

        holders = found;
        return found.Count == shown.Grants.Count;
    }

    /// <summary>The group's next version, sealed to these holders: exactly those that hold a grant now, each with its right.</summary>
    /// <exception cref="ArgumentException">The member holds the history key only.</exception>
    public static Rotation Next(UnlockedMember member, GroupAccess group, IReadOnlyList<Holder> holders)
    {
        var old = KeyOf(group);
        var next = group.Newest.Group with { Version = group.Newest.Group.Version + 1 };
        var key = RandomNumberGenerator.GetBytes(Derive.Size);
        var history = Grant.HistoryKey(key, next);
        var place = Fields.Join(next.Organization.ToBytes(), next.Group.ToBytes(), Fields.Number((uint)next.Version));
        var request = new Rotation(
            next.Version,
            Seal.Close(key, SealPurpose.PreviousKey, place, old),
            Seal.Close(history, SealPurpose.PreviousHistory, place, group.Newest.History),
            group.Details?.Close(history, next, group.Sent.DetailsRevision + 1), group.Details is null ? 0 : group.Sent.DetailsRevision + 1,
            [.. holders.Select(holder => Grant.Make(member.Keys.Ecdsa, next, holder.Right, holder.Card, key))]);
        CryptographicOperations.ZeroMemory(key);
        CryptographicOperations.ZeroMemory(history);
        return request;
    }

    private static byte[] KeyOf(GroupAccess group) => group.Newest.Key ?? throw new ArgumentException("The history key alone can't be granted.", nameof(group));
}
