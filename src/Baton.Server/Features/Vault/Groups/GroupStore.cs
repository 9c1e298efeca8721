using System.Security.Cryptography;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Security;

namespace Baton.Server.Features.Vault;

/// <summary>Groups made, renamed, archived, deleted. spec/vault.md §1.</summary>
internal sealed class GroupStore(Ledger ledger, TimeProvider clock)
{
    /// <summary>Form and signatures of the grants have been checked.</summary>
    public Task<Answer<SessionGroup>> Create(CurrentMember member, CreateGroup request) => ledger.Write<Answer<SessionGroup>>(transaction =>
    {
        var now = Now();
        if (Refuses(transaction, member, request) is { } refused)
        {
            return transaction.Nothing<Answer<SessionGroup>>(refused);
        }

        if (transaction.Execute(
            """
            INSERT INTO groups (id, organization, personal_of, created_at, details, details_revision)
            VALUES (@group, @organization, @personal_of, @now, @details, @revision) ON CONFLICT DO NOTHING
            """,
            ("@group", request.Group), ("@organization", member.Organization), ("@personal_of", request.Personal ? member.Member : null), ("@now", now),
            ("@details", request.Details), ("@revision", request.Personal ? 0 : 1)) == 0)
        {
            return transaction.Nothing<Answer<SessionGroup>>(ProblemType.Conflict);
        }

        var entries = new List<LedgerEntry>();
        if (!request.Personal)
        {
            entries.Add(DetailsChanged(member, request.Group, 1, request.Details!, now));
        }

        entries.AddRange(request.Grants.Select(grant => GroupGrants.Give(transaction, member.Organization, member.Member, grant, GrantCheck.RightOf(grant), now)));
        var created = LedgerEntry.Of(
            "group-created", member.Organization, now, Actor.Of(member.Member), request.Group, static (json, group) => json.WriteId("group"u8, group));
        return transaction.Record<Answer<SessionGroup>>(HeldGroups.Find(transaction.Query, member.Member, request.Group)!, created, [.. entries]);
    });

    /// <summary>New name, icon or colour; only from the newest revision and under the newest key.</summary>
    public Task<Answer<SessionGroup>> ChangeDetails(CurrentMember member, Id group, ChangeGroupDetails request) => ledger.Write<Answer<SessionGroup>>(transaction =>
    {
        var access = GroupAccess.Of(transaction.Query, member, group);
        var refused = GroupAccess.Lacks(access, Right.Manage)
            ?? (access!.Personal ? Problems.Of(ProblemType.Forbidden) : null)
            ?? access.IsNot(GroupState.Active)
            ?? (access.Version != request.Version ? Problems.Of(ProblemType.StaleKey) : null)
            ?? (access.DetailsRevision != request.Base ? Problems.Of(ProblemType.StaleRevision) : null);
        if (refused is not null)
        {
            return transaction.Nothing<Answer<SessionGroup>>(refused);
        }

        transaction.Execute(
            "UPDATE groups SET details = @details, details_revision = @revision WHERE id = @group",
            ("@group", group), ("@details", request.Details), ("@revision", request.Base + 1));
        return transaction.Record<Answer<SessionGroup>>(
            HeldGroups.Find(transaction.Query, member.Member, group)!, DetailsChanged(member, group, request.Base + 1, request.Details, Now()));
    });

    /// <summary>Archived and back; deleted for good: entries and attachments are destroyed behind, and nobody reads them from now on.</summary>
    public Task<Answer<SessionGroup>> ChangeState(CurrentMember member, Id group, string state) => ledger.Write<Answer<SessionGroup>>(transaction =>
    {
        var access = GroupAccess.Of(transaction.Query, member, group);
        var refused = GroupAccess.Lacks(access, Right.Manage)
            ?? (access!.Personal ? Problems.Of(ProblemType.Forbidden) : null)
            ?? access.IsNot(GroupState.Active, GroupState.Archived);
        if (refused is not null)
        {
            return transaction.Nothing<Answer<SessionGroup>>(refused);
        }

        if (access!.State == state)
        {
            return transaction.Nothing<Answer<SessionGroup>>(HeldGroups.Find(transaction.Query, member.Member, group)!);
        }

        transaction.Execute(
            "UPDATE groups SET state = @state, emptied = @emptied, rotation_due = rotation_due AND @state <> 'deleted' WHERE id = @group",
            ("@group", group), ("@state", state), ("@emptied", state == GroupState.Deleted ? false : null));
        return transaction.Record<Answer<SessionGroup>>(
            HeldGroups.Find(transaction.Query, member.Member, group)!,
            GroupGrants.StateChanged(member.Organization, group, state, Actor.Of(member.Member), Now()));
    });

    /// <summary>The entry of new details.</summary>
    public static LedgerEntry DetailsChanged(CurrentMember member, Id group, long revision, byte[] details, long now) =>
        LedgerEntry.Of("group-changed", member.Organization, now, Actor.Of(member.Member), (group, revision, details), static (json, changed) =>
        {
            json.WriteId("group"u8, changed.group);
            json.WriteNumber("revision"u8, changed.revision);
            json.WriteBytes("details"u8, SHA256.HashData(changed.details));
        });

    private static ProblemResult? Refuses(LedgerTransaction transaction, CurrentMember member, CreateGroup request)
    {
        if (transaction.Scalar(
            "SELECT role FROM members WHERE id = @member AND state = 'active'", ("@member", member.Member)) is not long role
            || (!request.Personal && !((Role)role).MayIssue()))
        {
            return Problems.Of(ProblemType.Forbidden);
        }

        // The one group in which an auditor has more than right history is its own.
        return !request.Personal ? GrantCheck.Refuses(transaction, member.Organization, request.Grants)
            : transaction.Scalar("SELECT 1 FROM groups WHERE personal_of = @member", ("@member", member.Member)) is not null
                ? Problems.Of(ProblemType.Conflict, "There is a personal group already.")
            : null;
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
