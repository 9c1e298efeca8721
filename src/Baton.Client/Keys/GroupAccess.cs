using System.Security.Cryptography;
using Baton.Client.Sealing;
using Baton.Client.Vault;
using Baton.Protocol;
using Baton.Protocol.Encoding;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;

namespace Baton.Client.Keys;

/// <summary>One version of a group's keys.</summary>
/// <param name="Key">Opens entries; null for who may see the history only.</param>
/// <param name="History">Opens the details of handovers and the group's name.</param>
public sealed record GroupKey(GroupVersion Group, byte[]? Key, byte[] History);

/// <summary>A group that was granted to this member by somebody who may, with every version of its key. spec/keys.md §6.</summary>
public sealed class GroupAccess
{
    private GroupAccess(SessionGroup sent, Right right, bool stands, IReadOnlyList<GroupKey> keys, GroupDetails? details)
    {
        Details = details;
        Sent = sent;
        Right = right;
        Stands = stands;
        Keys = keys;
    }

    /// <summary>As the server gave it.</summary>
    public SessionGroup Sent { get; }

    /// <summary>The group.</summary>
    public Id Group => Sent.Group;

    /// <summary>What the member may do, as the granter signed it.</summary>
    public Right Right { get; }

    /// <summary>Whether the granter may grant now: else the group can be read, and written only after a rotation.</summary>
    public bool Stands { get; }

    /// <summary>Name, icon and colour; null for a personal group.</summary>
    public GroupDetails? Details { get; }

    /// <summary>All versions, the newest first.</summary>
    public IReadOnlyList<GroupKey> Keys { get; }

    /// <summary>What new things are sealed under.</summary>
    public GroupKey Newest => Keys[0];

    /// <summary>Whether the member may change its entries now.</summary>
    public bool Writable => Stands && Right >= Right.Edit && Sent.State == "active";

    /// <summary>The keys of one version.</summary>
    public GroupKey? KeyOf(int version) => version >= 1 && version <= Keys.Count ? Keys[^version] : null;

    /// <summary>
    /// Opens a group of a session. Its grant has to be signed for these very keys, by the member itself where the group is
    /// called personal, else by a member that is or once was owner or admin; older keys come by the chain.
    /// </summary>
    /// <param name="own">The member's own card.</param>
    /// <param name="seenVersion">The newest version seen before: an older one is refused.</param>
    public static UnlockFault Open(SessionGroup sent, Roster roster, Card own, MemberKeys keys, int seenVersion, out GroupAccess? access)
    {
        access = null;
        if (!Words.TryRight(sent.Right, out var right) || sent.Version < 1 || sent.Enc.Length != Grant.EncSize || sent.Ciphertext.Length != Grant.CiphertextSize)
        {
            return UnlockFault.Grant;
        }

        if (sent.Version < seenVersion)
        {
            return UnlockFault.OlderKey;
        }

        // Which group is personal is the server's word; that the member itself granted it as that is what makes it so. Otherwise
        // a group that others read could be passed off as the one that new handovers go to.
        var version = new GroupVersion(roster.Organization, sent.Group, sent.Version);
        var message = new HpkeMessage(sent.Enc, sent.Ciphertext);
        if (!(sent.Personal ? sent.Granter == own.Member : roster.OnceIssued(sent.Granter))
            || !roster.TryCard(sent.Granter, out var granter)
            || !Signatures.Verify(granter.Ecdsa, Grant.TextOf(version, right, own, message, sent.Personal), sent.Signature)
            || !Grant.TryOpen(version, right, own.Member, keys.Ecdh, message, out var newest))
        {
            return UnlockFault.Grant;
        }

        if (!TryFollow(version, right, newest, sent.Previous, out var all))
        {
            return UnlockFault.Chain;
        }

        // What was destroyed has no name any more.
        GroupDetails? details = null;
        if (sent is { Personal: false, State: not "deleted" }
            && !(sent.Details is { } named && GroupDetails.TryOpen(all[0].History, version, sent.DetailsRevision, named, out details)))
        {
            return UnlockFault.GroupDetails;
        }

        access = new GroupAccess(sent, right, sent.Personal || granter.MayIssue, all, details);
        return UnlockFault.None;
    }

    // Version v opens v − 1, down to 1: a history key the history key before, a group key the group key before.
    private static bool TryFollow(GroupVersion version, Right right, byte[] newest, IReadOnlyList<byte[]> previous, out IReadOnlyList<GroupKey> all)
    {
        var isHistory = right == Right.History;
        var keys = new List<GroupKey> { KeyOf(version, isHistory, newest) };
        all = keys;
        foreach (var link in previous)
        {
            var place = Fields.Join(version.Organization.ToBytes(), version.Group.ToBytes(), Fields.Number((uint)version.Version));
            if (version.Version == 1
                || !Seal.TryOpen(keys[^1].Key ?? keys[^1].History, isHistory ? SealPurpose.PreviousHistory : SealPurpose.PreviousKey, place, link, out var older)
                || older.Length != Derive.Size)
            {
                return false;
            }

            version = version with { Version = version.Version - 1 };
            keys.Add(KeyOf(version, isHistory, older));
        }

        return version.Version == 1;
    }

    private static GroupKey KeyOf(GroupVersion version, bool isHistory, byte[] key) =>
        isHistory ? new GroupKey(version, null, key) : new GroupKey(version, key, Grant.HistoryKey(key, version));

    internal void Wipe()
    {
        foreach (var key in Keys)
        {
            CryptographicOperations.ZeroMemory(key.Key);
            CryptographicOperations.ZeroMemory(key.History);
        }
    }
}
