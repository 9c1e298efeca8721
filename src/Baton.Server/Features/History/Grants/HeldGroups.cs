using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Storage;

namespace Baton.Server.Features.History;

/// <summary>The groups as one member holds them: its one grant of each, and the chain of keys behind it. spec/keys.md §6.</summary>
internal static class HeldGroups
{
    /// <summary>All of them.</summary>
    public static List<SessionGroup> Of(Ask ask, Id member) => Read(ask, member, null);

    /// <summary>One; null when the member has no right on it.</summary>
    public static SessionGroup? Find(Ask ask, Id member, Id group) => Read(ask, member, group).SingleOrDefault();

    private static List<SessionGroup> Read(Ask ask, Id member, Id? only)
    {
        var chains = Chains(ask, member, only);
        var groups = new List<SessionGroup>();
        using var rows = ask(
            """
            SELECT g.id, g.personal_of, g.state, r.version, g.rotation_due, g.details, g.details_revision, r.level, r.enc, r.ciphertext, r.granter, r.signature
            FROM grants r JOIN groups g ON g.id = r.group_id
            WHERE r.member = @member AND (r.group_id = @group OR @group IS NULL) ORDER BY g.created_at, g.id
            """,
            ("@member", member), ("@group", only));
        while (rows.Read())
        {
            var group = rows.Id(0);
            groups.Add(new SessionGroup(
                group, !rows.IsDBNull(1), rows.GetString(2), (int)rows.GetInt64(3), rows.GetBoolean(4), rows.BytesOrNull(5), rows.GetInt64(6),
                ((Right)rows.GetInt64(7)).Word(), rows.Bytes(8), rows.Bytes(9), rows.Id(10), rows.Bytes(11), chains.GetValueOrDefault(group, [])));
        }

        return groups;
    }

    /// <summary>From the newest version down to 2; who has right history gets the history keys' chain alone.</summary>
    private static Dictionary<Id, List<byte[]>> Chains(Ask ask, Id member, Id? only)
    {
        var chains = new Dictionary<Id, List<byte[]>>();
        using var rows = ask(
            """
            SELECT k.group_id, CASE WHEN r.level = 1 THEN k.previous_history ELSE k.previous END
            FROM grants r JOIN group_keys k ON k.group_id = r.group_id
            WHERE r.member = @member AND (r.group_id = @group OR @group IS NULL) ORDER BY k.group_id, k.version DESC
            """,
            ("@member", member), ("@group", only));
        while (rows.Read())
        {
            if (!chains.TryGetValue(rows.Id(0), out var chain))
            {
                chains.Add(rows.Id(0), chain = []);
            }

            chain.Add(rows.Bytes(1));
        }

        return chains;
    }
}
