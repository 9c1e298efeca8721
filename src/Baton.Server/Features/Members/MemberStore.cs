using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Security;
using Baton.Server.Storage;

namespace Baton.Server.Features.Members;

/// <summary>The SQL of an organization's people.</summary>
internal sealed class MemberStore(Database database, Ledger ledger, TimeProvider clock)
{
    /// <summary>Everyone who is or was a member, or waits to be; e-mail addresses for owners and admins only.</summary>
    public IReadOnlyList<OrganizationMember> List(CurrentMember asking) => database.Read(connection =>
    {
        var members = new List<OrganizationMember>();
        using var rows = connection.Query(
            "SELECT id, name, email, role, state, created_at FROM members WHERE organization = @organization ORDER BY created_at, id",
            ("@organization", asking.Organization));
        while (rows.Read())
        {
            var state = rows.GetString(4);
            members.Add(new OrganizationMember(
                rows.Id(0), rows.GetString(1), asking.Role.MayIssue() && state != MemberState.Removed ? rows.GetString(2) : null,
                state == MemberState.Pending ? MemberState.Pending : ((Role)rows.GetInt64(3)).Word(), state, rows.GetInt64(5)));
        }

        return members;
    });

    /// <summary>The member's sessions end, and its password is as wrong as any other until it is resumed. Null: done.</summary>
    public Task<ProblemResult?> Suspend(CurrentMember actor, Id member) => Change(actor, member, MemberState.Suspended, "suspended", transaction =>
    {
        transaction.Execute("DELETE FROM sessions WHERE member = @member", ("@member", member));
        transaction.Affects(member);
    });

    /// <summary>The member may sign in again. Null: done.</summary>
    public Task<ProblemResult?> Resume(CurrentMember actor, Id member) => Change(actor, member, MemberState.Active, "resumed", static _ => { });

    private Task<ProblemResult?> Change(CurrentMember actor, Id member, string state, string kind, Action<LedgerTransaction> also)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return ledger.Write(transaction =>
        {
            if (Refuses(transaction, actor, member) is { } refused)
            {
                return transaction.Nothing<ProblemResult?>(refused);
            }

            if (transaction.Execute("UPDATE members SET state = @state WHERE id = @member AND state <> @state", ("@state", state), ("@member", member)) == 0)
            {
                return transaction.Nothing<ProblemResult?>(null);
            }

            if (!Standing.HasActiveOwner(transaction, actor.Organization))
            {
                return transaction.Nothing<ProblemResult?>(Problems.Of(Standing.LastOwner));
            }

            also(transaction);
            return transaction.Record<ProblemResult?>(null, LedgerEntry.Of(
                kind, actor.Organization, now, Actor.Of(actor.Member), member, static (json, member) => json.WriteId("account"u8, member)));
        });
    }

    private static ProblemResult? Refuses(LedgerTransaction transaction, CurrentMember actor, Id member)
    {
        var role = Standing.RoleOf(transaction, actor.Member);
        if (!role.MayIssue())
        {
            return Problems.Of(ProblemType.Forbidden);
        }

        using var row = transaction.Query(
            "SELECT role FROM members WHERE id = @member AND organization = @organization AND state IN ('active', 'suspended')",
            ("@member", member), ("@organization", actor.Organization));
        return !row.Read() ? Problems.Of(ProblemType.NotFound)
            : (Role)row.GetInt64(0) == Role.Owner && role != Role.Owner ? Problems.Of(ProblemType.Forbidden)
            : null;
    }
}
