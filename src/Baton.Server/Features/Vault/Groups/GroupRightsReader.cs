using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Security;
using Baton.Server.Storage;

namespace Baton.Server.Features.Vault;

/// <summary>The matrix of who has which right, and who left. spec/api.md, <c>GroupRights</c>.</summary>
internal sealed class GroupRightsReader(Database database)
{
    /// <summary>Groups the member has a right on; for owners and admins every group of the organization that is nobody's own.</summary>
    public GroupList Read(CurrentMember member) => database.ReadSnapshot(connection =>
    {
        var (grants, leavers) = (Grants(connection, member.Organization), Leavers(connection, member.Organization));
        var groups = new List<GroupRights>();
        using var rows = connection.Query(
            "SELECT id, state, rotation_due, version, details, details_revision, personal_of FROM groups WHERE organization = @organization ORDER BY created_at, id",
            ("@organization", member.Organization));
        while (rows.Read())
        {
            var group = rows.Id(0);
            var held = grants.GetValueOrDefault(group, []);
            var own = held.Exists(grant => grant.Member == member.Member);
            if (own || (member.Role.MayIssue() && rows.IsDBNull(6)))
            {
                groups.Add(new GroupRights(
                    group, rows.GetString(1), rows.GetBoolean(2), (int)rows.GetInt64(3), own ? rows.BytesOrNull(4) : null, rows.GetInt64(5),
                    held, leavers.GetValueOrDefault(group, [])));
            }
        }

        return new GroupList(groups);
    });

    private static Dictionary<Id, List<GroupMember>> Grants(Connection connection, Id organization)
    {
        var grants = new Dictionary<Id, List<GroupMember>>();
        using var rows = connection.Query(
            """
            SELECT r.group_id, r.member, r.level, r.granter, r.enc, r.ciphertext, r.signature, r.granted_at
            FROM groups g JOIN grants r ON r.group_id = g.id WHERE g.organization = @organization ORDER BY r.granted_at, r.member
            """,
            ("@organization", organization));
        while (rows.Read())
        {
            Of(grants, rows.Id(0)).Add(new GroupMember(
                rows.Id(1), ((Right)rows.GetInt64(2)).Word(), rows.Id(3), rows.Bytes(4), rows.Bytes(5), rows.Bytes(6), rows.GetInt64(7)));
        }

        return grants;
    }

    private static Dictionary<Id, List<Leaver>> Leavers(Connection connection, Id organization)
    {
        var leavers = new Dictionary<Id, List<Leaver>>();
        using var rows = connection.Query(
            """
            SELECT l.group_id, l.member, m.name, l.level, l.left_at
            FROM groups g JOIN leavers l ON l.group_id = g.id JOIN members m ON m.id = l.member
            WHERE g.organization = @organization ORDER BY l.left_at, l.member
            """,
            ("@organization", organization));
        while (rows.Read())
        {
            Of(leavers, rows.Id(0)).Add(new Leaver(rows.Id(1), rows.GetString(2), ((Right)rows.GetInt64(3)).Word(), rows.GetInt64(4)));
        }

        return leavers;
    }

    private static List<T> Of<T>(Dictionary<Id, List<T>> lists, Id group)
    {
        if (!lists.TryGetValue(group, out var list))
        {
            lists.Add(group, list = []);
        }

        return list;
    }
}
