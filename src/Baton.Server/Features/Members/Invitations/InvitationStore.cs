using System.Data.Common;
using System.Security.Cryptography;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Security;
using Baton.Server.Storage;

namespace Baton.Server.Features.Members;

/// <summary>The SQL of invitations as their organization sees them.</summary>
internal sealed class InvitationStore(Database database, Ledger ledger, TimeProvider clock)
{
    private const int ListMax = 500;

    private const string Summary =
        """
        SELECT i.id, i.role, i.inviter, i.created_at, i.expires_at, i.state, i.sealed, i.member, m.name, m.email, m.ecdh, m.ecdsa, i.invite_to
        FROM invitations i LEFT JOIN members m ON m.id = i.member
        """;

    /// <summary>Newest first, the last 500.</summary>
    public IReadOnlyList<InvitationSummary> List(Id organization) => database.ReadSnapshot(connection =>
    {
        var list = new List<InvitationSummary>();
        using (var rows = connection.Query(
            Summary + " WHERE i.organization = @organization ORDER BY i.created_at DESC, i.id LIMIT @limit", ("@organization", organization), ("@limit", ListMax)))
        {
            while (rows.Read())
            {
                list.Add(Read(rows));
            }
        }

        return list.ConvertAll(invitation => invitation with { Groups = GroupsOf(connection, invitation.Invitation) });
    });

    /// <summary>One of the organization's; null when there is none.</summary>
    public InvitationSummary? Find(Id organization, Id invitation) => database.ReadSnapshot(connection =>
    {
        var groups = GroupsOf(connection, invitation);
        using var row = connection.Query(
            Summary + " WHERE i.organization = @organization AND i.id = @invitation", ("@organization", organization), ("@invitation", invitation));
        return row.Read() ? Read(row) with { Groups = groups } : null;
    });

    /// <summary>Null: done.</summary>
    public Task<ProblemResult?> Create(CurrentMember inviter, CreateInvitation request)
    {
        var now = Now();
        _ = Words.TryRole(request.Role, out var role);
        return ledger.Write(transaction =>
        {
            if (Refuses(transaction, inviter, request, role) is { } refused)
            {
                return transaction.Nothing<ProblemResult?>(refused);
            }

            if (transaction.Execute(
                """
                INSERT INTO invitations (id, organization, inviter, role, auth_hash, invite_from, sealed, state, created_at, expires_at)
                VALUES (@id, @organization, @inviter, @role, @auth_hash, @from, @sealed, 'waiting', @now, @expires) ON CONFLICT DO NOTHING
                """,
                ("@id", request.Invitation), ("@organization", inviter.Organization), ("@inviter", inviter.Member), ("@role", (long)role),
                ("@auth_hash", request.AuthHash), ("@from", request.From), ("@sealed", request.Sealed), ("@now", now),
                ("@expires", now + InvitationRules.Life)) == 0)
            {
                return transaction.Nothing<ProblemResult?>(Problems.Of(ProblemType.Conflict));
            }

            foreach (var group in request.Groups)
            {
                _ = Words.TryRight(group.Right, out var right);
                transaction.Execute(
                    "INSERT INTO invited_groups (invitation, group_id, level) VALUES (@invitation, @group, @level)",
                    ("@invitation", request.Invitation), ("@group", group.Group), ("@level", (long)right));
            }

            return transaction.Record<ProblemResult?>(null, Invited(inviter, request, now));
        });
    }

    /// <summary>Nobody can use it any more, and who waits for approval under it goes. Null: done, or done before.</summary>
    public Task<ProblemResult?> Withdraw(CurrentMember actor, Id invitation)
    {
        var now = Now();
        return ledger.Write(transaction =>
        {
            if (!Standing.RoleOf(transaction, actor.Member).MayIssue())
            {
                return transaction.Nothing<ProblemResult?>(Problems.Of(ProblemType.Forbidden));
            }

            return transaction.Scalar(
                "SELECT state FROM invitations WHERE id = @invitation AND organization = @organization",
                ("@invitation", invitation), ("@organization", actor.Organization)) switch
            {
                InvitationState.Waiting or InvitationState.Accepted =>
                    transaction.Record<ProblemResult?>(null, Withdraw(transaction, invitation, actor.Organization, Actor.Of(actor.Member), now)),
                InvitationState.Withdrawn => transaction.Nothing<ProblemResult?>(null),
                string state => transaction.Nothing<ProblemResult?>(Problems.Of(ProblemType.WrongState.With("The invitation is " + state + ".") with { State = state })),
                _ => transaction.Nothing<ProblemResult?>(Problems.Of(ProblemType.NotFound)),
            };
        });
    }

    /// <summary>The same within another write. A pending member leaves nothing behind: it has no card and did nothing.</summary>
    public static LedgerEntry Withdraw(LedgerTransaction transaction, Id invitation, Id organization, Actor actor, long now)
    {
        if (transaction.Scalar("UPDATE invitations SET state = 'withdrawn' WHERE id = @invitation RETURNING member", ("@invitation", invitation)) is byte[] pending)
        {
            var member = new Id(pending);
            transaction.Execute("DELETE FROM sessions WHERE member = @member", ("@member", member));
            transaction.Execute("DELETE FROM members WHERE id = @member AND state = 'pending'", ("@member", member));
            transaction.Affects(member);
        }

        return LedgerEntry.Of("invitation-withdrawn", organization, now, actor, invitation, static (json, invitation) => json.WriteId("invitation"u8, invitation));
    }

    public static List<InvitedTo> GroupsOf(Connection connection, Id invitation)
    {
        var groups = new List<InvitedTo>();
        using var rows = connection.Query("SELECT group_id, level FROM invited_groups WHERE invitation = @invitation ORDER BY group_id", ("@invitation", invitation));
        while (rows.Read())
        {
            groups.Add(new InvitedTo(rows.Id(0), ((Right)rows.GetInt64(1)).Word()));
        }

        return groups;
    }

    /// <summary>Only groups whose key the inviter can hand out are offered: what is promised here is granted at approval.</summary>
    private static ProblemResult? Refuses(LedgerTransaction transaction, CurrentMember inviter, CreateInvitation request, Role role)
    {
        var own = Standing.RoleOf(transaction, inviter.Member);
        if (!own.MayIssue() || (role == Role.Owner && own != Role.Owner))
        {
            return Problems.Of(ProblemType.Forbidden);
        }

        var root = (byte[])transaction.Scalar("SELECT card FROM cards WHERE organization = @organization AND seq = 1", ("@organization", inviter.Organization))!;
        if (!SHA256.HashData(root).AsSpan().SequenceEqual(request.RootCardHash))
        {
            return Problems.Invalid("rootCardHash", "is not that of your organization's root card");
        }

        foreach (var group in request.Groups)
        {
            using var row = transaction.Query(
                """
                SELECT r.level FROM groups g LEFT JOIN grants r ON r.group_id = g.id AND r.member = @inviter
                WHERE g.id = @group AND g.organization = @organization AND g.personal_of IS NULL AND g.state <> 'deleted'
                """,
                ("@inviter", inviter.Member), ("@group", group.Group), ("@organization", inviter.Organization));
            if (!row.Read())
            {
                return Problems.Of(ProblemType.NotFound);
            }

            if ((row.NumberOrNull(0) ?? 0) < (long)Right.View)
            {
                return Problems.Of(ProblemType.Forbidden);
            }
        }

        return null;
    }

    private InvitationSummary Read(DbDataReader row)
    {
        var (expires, state) = (row.GetInt64(4), row.GetString(5));
        return new InvitationSummary(
            row.Id(0), ((Role)row.GetInt64(1)).Word(), [], row.Id(2), row.GetInt64(3), expires,
            state == InvitationState.Waiting && expires <= Now() ? InvitationState.Expired : state, row.Bytes(6),
            state == InvitationState.Accepted
                ? new Invitee(row.Id(7), row.GetString(8), row.GetString(9), row.Bytes(10), row.Bytes(11), row.Bytes(12))
                : null);
    }

    private static LedgerEntry Invited(CurrentMember inviter, CreateInvitation request, long now) =>
        LedgerEntry.Of("invited", inviter.Organization, now, Actor.Of(inviter.Member), request, static (json, request) =>
        {
            json.WriteId("invitation"u8, request.Invitation);
            json.WriteString("role"u8, request.Role);
            json.WriteStartArray("groups"u8);
            foreach (var group in request.Groups)
            {
                json.WriteStartObject();
                json.WriteId("group"u8, group.Group);
                json.WriteString("right"u8, group.Right);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
