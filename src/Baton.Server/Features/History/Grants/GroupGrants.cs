using System.Security.Cryptography;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Storage;

namespace Baton.Server.Features.History;

/// <summary>
/// Grants given and ended, by whichever feature: the row, who left, that the group waits for a rotation, and the entries that tell it.
/// Whether it may be so, who calls has decided in the same transaction. spec/keys.md §6, spec/vault.md §5.
/// </summary>
internal static class GroupGrants
{
    /// <summary>Gives the right, or changes it; the one row a member and group.</summary>
    /// <returns>The entry.</returns>
    public static LedgerEntry Give(LedgerTransaction transaction, Id organization, Id granter, NewGrant grant, Right right, long now)
    {
        // Who could read and now gets the history key alone may have kept the other.
        transaction.Execute(
            """
            UPDATE groups SET rotation_due = TRUE
            WHERE id = @group AND personal_of IS NULL AND state <> 'deleted' AND @level = 1
                AND EXISTS (SELECT 1 FROM grants WHERE group_id = @group AND member = @member AND level > 1)
            """,
            ("@group", grant.Group), ("@member", grant.Member), ("@level", (long)right));
        transaction.Execute("DELETE FROM grants WHERE group_id = @group AND member = @member", ("@group", grant.Group), ("@member", grant.Member));
        transaction.Execute("DELETE FROM leavers WHERE group_id = @group AND member = @member", ("@group", grant.Group), ("@member", grant.Member));
        Insert(transaction, granter, grant, right, now);
        transaction.Affects(grant.Member);
        return Given(organization, granter, grant, right, now);
    }

    /// <summary>The row alone: for a rotation, which replaces all rows of a group and changes nobody's right.</summary>
    public static void Insert(LedgerTransaction transaction, Id granter, NewGrant grant, Right right, long grantedAt) => transaction.Execute(
        """
        INSERT INTO grants (member, group_id, version, level, enc, ciphertext, granter, signature, granted_at)
        VALUES (@member, @group, @version, @level, @enc, @ciphertext, @granter, @signature, @granted_at)
        """,
        ("@member", grant.Member), ("@group", grant.Group), ("@version", grant.Version), ("@level", (long)right), ("@enc", grant.Enc),
        ("@ciphertext", grant.Ciphertext), ("@granter", granter), ("@signature", grant.Signature), ("@granted_at", grantedAt));

    /// <summary>The entry of a grant.</summary>
    public static LedgerEntry Given(Id organization, Id granter, NewGrant grant, Right right, long now) =>
        LedgerEntry.Of("grant", organization, now, Actor.Of(granter), (grant, right), static (json, given) =>
        {
            json.WriteId("group"u8, given.grant.Group);
            json.WriteNumber("version"u8, given.grant.Version);
            json.WriteString("right"u8, given.right.Word());
            json.WriteId("to"u8, given.grant.Member);
            json.WriteBytes("hash"u8, SHA256.HashData([.. given.grant.Enc, .. given.grant.Ciphertext]));
            json.WriteBytes("signature"u8, given.grant.Signature);
        });

    /// <summary>Ends the member's grant: no access from now on, a leaver, a rotation due.</summary>
    /// <returns>The entry; null when there was no grant.</returns>
    public static LedgerEntry? End(LedgerTransaction transaction, Id organization, Id group, Id member, Actor actor, long now)
    {
        if (transaction.Scalar(
            "DELETE FROM grants WHERE group_id = @group AND member = @member RETURNING level", ("@group", group), ("@member", member)) is not long level)
        {
            return null;
        }

        transaction.Execute(
            """
            INSERT INTO leavers (group_id, member, level, left_at) VALUES (@group, @member, @level, @now)
            ON CONFLICT (group_id, member) DO UPDATE SET level = excluded.level, left_at = excluded.left_at
            """,
            ("@group", group), ("@member", member), ("@level", level), ("@now", now));
        transaction.Execute(
            "UPDATE groups SET rotation_due = TRUE WHERE id = @group AND personal_of IS NULL AND state <> 'deleted'", ("@group", group));
        transaction.Affects(member);
        return LedgerEntry.Of("grant-ended", organization, now, actor, (group, member), static (json, ended) =>
        {
            json.WriteId("group"u8, ended.group);
            json.WriteId("to"u8, ended.member);
        });
    }

    /// <summary>The member goes: every grant of it ends, and its personal group is deleted with everything in it.</summary>
    public static List<LedgerEntry> EndAll(LedgerTransaction transaction, Id organization, Id member, Actor actor, long now)
    {
        var entries = new List<LedgerEntry>();
        foreach (var group in GroupsOf(transaction, member))
        {
            if (End(transaction, organization, group, member, actor, now) is { } ended)
            {
                entries.Add(ended);
            }
        }

        using var personal = transaction.Query(
            "UPDATE groups SET state = 'deleted', emptied = FALSE WHERE personal_of = @member AND state <> 'deleted' RETURNING id", ("@member", member));
        while (personal.Read())
        {
            entries.Add(StateChanged(organization, personal.Id(0), "deleted", actor, now));
        }

        return entries;
    }

    /// <summary>The entry of a group's new state.</summary>
    public static LedgerEntry StateChanged(Id organization, Id group, string state, Actor actor, long now) =>
        LedgerEntry.Of("group-state", organization, now, actor, (group, state), static (json, changed) =>
        {
            json.WriteId("group"u8, changed.group);
            json.WriteString("state"u8, changed.state);
        });

    private static List<Id> GroupsOf(LedgerTransaction transaction, Id member)
    {
        var groups = new List<Id>();
        using var rows = transaction.Query("SELECT group_id FROM grants WHERE member = @member ORDER BY group_id", ("@member", member));
        while (rows.Read())
        {
            groups.Add(rows.Id(0));
        }

        return groups;
    }
}
