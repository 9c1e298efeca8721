using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Security;
using Baton.Server.Storage;

namespace Baton.Server.Features.Vault;

/// <summary>
/// A group and what a member may do there, read in the very transaction that goes on to write: a session's rights are a moment old.
/// </summary>
/// <param name="Right">None for an owner or admin without a grant: others don't see the group at all.</param>
internal sealed record GroupAccess(Id Group, Right Right, Role Role, int Version, string State, bool Personal, byte[]? Details, long DetailsRevision)
{
    /// <summary>Null when the member is not there, the group is another organization's or somebody else's own, or the member has no part in it.</summary>
    public static GroupAccess? Of(Ask ask, CurrentMember member, Id group)
    {
        using var row = ask(
            """
            SELECT r.level, m.role, g.version, g.state, g.personal_of, g.details, g.details_revision
            FROM groups g JOIN members m ON m.id = @member AND m.organization = g.organization AND m.state = 'active'
                LEFT JOIN grants r ON r.group_id = g.id AND r.member = m.id
            WHERE g.id = @group
            """,
            ("@member", member.Member), ("@group", group));
        if (!row.Read())
        {
            return null;
        }

        var access = new GroupAccess(
            group, (Right)(row.NumberOrNull(0) ?? 0), (Role)row.GetInt64(1), (int)row.GetInt64(2), row.GetString(3), !row.IsDBNull(4), row.BytesOrNull(5), row.GetInt64(6));
        return access.Right != Right.None || (access.IsIssuer && !access.Personal) ? access : null;
    }

    /// <summary>Owner or admin: may sign grants.</summary>
    public bool IsIssuer => Role.MayIssue();

    /// <summary>Null when the right reaches; a group without any is not there, one with too little says so.</summary>
    public static ProblemResult? Lacks(GroupAccess? access, Right least) =>
        access is null or { Right: Right.None } ? Problems.Of(ProblemType.NotFound)
        : access.Right < least ? Problems.Of(ProblemType.Forbidden)
        : null;

    /// <summary>Null when the group's state is one of these.</summary>
    public ProblemResult? IsNot(params ReadOnlySpan<string> states) =>
        states.Contains(State) ? null : Problems.Of(ProblemType.WrongState.With("The group is " + State + ".") with { State = State });
}
