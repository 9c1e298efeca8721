using Baton.Protocol;
using Baton.Protocol.Signing;
using Baton.Server.Features.History;

namespace Baton.Server.Features.Members;

/// <summary>
/// What follows from a card for the member it is about, in the card's own transaction. Who is not owner or admin any more has no say:
/// its invitations go, and groups whose current key it handed out wait for a rotation. spec/keys.md §6, spec/vault.md §5.
/// </summary>
internal static class Leaving
{
    /// <summary>Everything the member could do ends. Its name stays, because the history names it; e-mail, password and keys go.</summary>
    public static List<LedgerEntry> Remove(LedgerTransaction transaction, Card card, Actor actor, long now)
    {
        transaction.Execute(
            """
            UPDATE members SET role = 0, state = 'removed', email = @email, kdf_salt = @none, auth_salt = @none, auth_hash = @none,
                recovery_salt = @none, recovery_hash = @none, key_blob = @none, recovery_blob = @none
            WHERE id = @member
            """,
            ("@email", card.Member.ToString()), ("@none", Array.Empty<byte>()), ("@member", card.Member));
        transaction.Execute("DELETE FROM sessions WHERE member = @member", ("@member", card.Member));
        var entries = GroupGrants.EndAll(transaction, card.Organization, card.Member, actor, now);
        entries.AddRange(Unseat(transaction, card, actor, now));
        return entries;
    }

    /// <summary>Another role. An auditor holds history keys alone, so what it could read of groups ends.</summary>
    public static List<LedgerEntry> Change(LedgerTransaction transaction, Card card, Actor actor, long now)
    {
        transaction.Execute("UPDATE members SET role = @role WHERE id = @member", ("@role", (long)card.Role), ("@member", card.Member));
        var entries = new List<LedgerEntry>();
        if (card.Role == Role.Auditor)
        {
            foreach (var group in Ids(transaction,
                "SELECT r.group_id FROM grants r JOIN groups g ON g.id = r.group_id WHERE r.member = @member AND r.level > 1 AND g.personal_of IS NULL ORDER BY r.group_id",
                card.Member))
            {
                if (GroupGrants.End(transaction, card.Organization, group, card.Member, actor, now) is { } ended)
                {
                    entries.Add(ended);
                }
            }
        }

        if (!card.Role.MayIssue())
        {
            entries.AddRange(Unseat(transaction, card, actor, now));
        }

        return entries;
    }

    private static List<LedgerEntry> Unseat(LedgerTransaction transaction, Card card, Actor actor, long now)
    {
        transaction.Execute(
            """
            UPDATE groups SET rotation_due = TRUE WHERE organization = @organization AND personal_of IS NULL AND state <> 'deleted'
                AND EXISTS (SELECT 1 FROM grants r WHERE r.group_id = groups.id AND r.granter = @member)
            """,
            ("@organization", card.Organization), ("@member", card.Member));
        var entries = new List<LedgerEntry>();
        foreach (var invitation in Ids(transaction, "SELECT id FROM invitations WHERE inviter = @member AND state IN ('waiting', 'accepted') ORDER BY created_at", card.Member))
        {
            entries.Add(InvitationStore.Withdraw(transaction, invitation, card.Organization, actor, now));
        }

        return entries;
    }

    private static List<Id> Ids(LedgerTransaction transaction, string sql, Id member)
    {
        var ids = new List<Id>();
        using var rows = transaction.Query(sql, ("@member", member));
        while (rows.Read())
        {
            ids.Add(new Id(rows.GetFieldValue<byte[]>(0)));
        }

        return ids;
    }
}
