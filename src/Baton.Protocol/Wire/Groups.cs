namespace Baton.Protocol.Wire;

// Groups, and who has which right on them. spec/vault.md §1 and §5; spec/keys.md §6.

/// <summary>A group as one member holds it.</summary>
/// <param name="State">active, archived or deleted.</param>
/// <param name="Details">Name, icon and colour, sealed under the history key; absent for a personal group.</param>
/// <param name="Right">history, view, edit, share or manage.</param>
/// <param name="Previous">The chain of keys from <paramref name="Version"/> down to 2.</param>
public sealed record SessionGroup(
    Id Group, bool Personal, string State, int Version, bool RotationDue, byte[]? Details, long DetailsRevision,
    string Right, byte[] Enc, byte[] Ciphertext, Id Granter, byte[] Signature, IReadOnlyList<byte[]> Previous);

/// <summary>A group key handed to a member; the granter is who asks.</summary>
public sealed record NewGrant(Id Group, Id Member, int Version, string Right, byte[] Enc, byte[] Ciphertext, byte[] Signature);

public sealed record CreateGroup(Id Group, bool Personal, byte[]? Details, IReadOnlyList<NewGrant> Grants);

public sealed record ChangeGroupDetails(int Version, long Base, byte[] Details);

public sealed record ChangeGroupState(string State);

/// <param name="Details">Sealed anew under the new history key, at <paramref name="DetailsRevision"/>; absent for a personal group.</param>
public sealed record Rotation(
    int Version, byte[] Previous, byte[] PreviousHistory, byte[]? Details, long DetailsRevision, IReadOnlyList<NewGrant> Grants);

public sealed record GroupList(IReadOnlyList<GroupRights> Groups);

/// <param name="Details">Absent unless the member has a right on the group.</param>
public sealed record GroupRights(
    Id Group, string State, bool RotationDue, int Version, byte[]? Details, long DetailsRevision, IReadOnlyList<GroupMember> Grants, IReadOnlyList<Leaver> Leavers);

public sealed record GroupMember(Id Member, string Right, Id Granter, byte[] Enc, byte[] Ciphertext, byte[] Signature, long GrantedAt);

/// <summary>Who held a right once and holds none now.</summary>
public sealed record Leaver(Id Member, string Name, string Right, long LeftAt);
