using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Security;
using Baton.Server.Storage;

namespace Baton.Server.Features.Vault;

/// <summary>Who holds a group's key: given, ended, and handed out anew under another. spec/keys.md §6, spec/vault.md §5.</summary>
internal sealed class GrantStore(Ledger ledger, TimeProvider clock)
{
    /// <summary>Gives a right or changes it. Form and signature have been checked.</summary>
    public Task<Answer<Done>> Give(CurrentMember member, NewGrant grant) => ledger.Write<Answer<Done>>(transaction =>
    {
        var access = GroupAccess.Of(transaction.Query, member, grant.Group);
        var refused = GroupAccess.Lacks(access, Right.View)
            ?? (!access!.IsIssuer || access.Personal ? Problems.Of(ProblemType.Forbidden) : null)
            ?? access.IsNot(GroupState.Active, GroupState.Archived)
            ?? (access.Version != grant.Version ? Problems.Of(ProblemType.StaleKey) : null)
            ?? GrantCheck.Refuses(transaction, member.Organization, [grant]);
        return refused is null
            ? transaction.Record<Answer<Done>>(Done.It, GroupGrants.Give(transaction, member.Organization, member.Member, grant, GrantCheck.RightOf(grant), Now()))
            : transaction.Nothing<Answer<Done>>(refused);
    });

    /// <summary>Ends a grant: any by an owner or admin, its own by the member itself; never the last that can read.</summary>
    public Task<Answer<Done>> End(CurrentMember member, Id group, Id holder) => ledger.Write<Answer<Done>>(transaction =>
    {
        var access = GroupAccess.Of(transaction.Query, member, group);
        if (access is null)
        {
            return transaction.Nothing<Answer<Done>>(ProblemType.NotFound);
        }

        if (access.Personal || !(access.IsIssuer || holder == member.Member))
        {
            return transaction.Nothing<Answer<Done>>(ProblemType.Forbidden);
        }

        if (access.State != GroupState.Deleted && IsLastReader(transaction, group, holder))
        {
            return transaction.Nothing<Answer<Done>>(Problems.Of(ProblemType.Conflict, "Nobody else can read this group: delete it, or give somebody a right first."));
        }

        return GroupGrants.End(transaction, member.Organization, group, holder, Actor.Of(member.Member), Now()) is { } ended
            ? transaction.Record<Answer<Done>>(Done.It, ended)
            : transaction.Nothing<Answer<Done>>(ProblemType.NotFound);
    });

    /// <summary>
    /// The next key version: both seals of the one before, details sealed anew, and a grant for exactly who holds one, all in one
    /// transaction. Whoever joined, left or renamed meanwhile makes it stale.
    /// </summary>
    public Task<Answer<SessionGroup>> Rotate(CurrentMember member, Id group, Rotation request) => ledger.Write<Answer<SessionGroup>>(transaction =>
    {
        var now = Now();
        var access = GroupAccess.Of(transaction.Query, member, group);
        var refused = GroupAccess.Lacks(access, Right.View)
            ?? (access!.IsIssuer || access.Personal ? null : Problems.Of(ProblemType.Forbidden))
            ?? access.IsNot(GroupState.Active, GroupState.Archived)
            ?? (access.Version + 1 != request.Version ? Problems.Of(ProblemType.StaleKey) : null)
            ?? (access.Personal != request.Details is null ? Problems.Invalid("details", "are sealed anew, and a personal group has none") : null)
            ?? (access.Personal || access.DetailsRevision + 1 == request.DetailsRevision ? null : Problems.Of(ProblemType.StaleRevision));
        if (refused is not null)
        {
            return transaction.Nothing<Answer<SessionGroup>>(refused);
        }

        var held = Held(transaction, group);
        if (held.Count != request.Grants.Count || !request.Grants.All(grant => held.TryGetValue(grant.Member, out var old) && old.Right == GrantCheck.RightOf(grant)))
        {
            return transaction.Nothing<Answer<SessionGroup>>(ProblemType.StaleKey);
        }

        transaction.Execute("DELETE FROM grants WHERE group_id = @group", ("@group", group));
        foreach (var grant in request.Grants)
        {
            GroupGrants.Insert(transaction, member.Member, grant, held[grant.Member].Right, held[grant.Member].GrantedAt);
        }

        transaction.Execute(
            "INSERT INTO group_keys (group_id, version, previous, previous_history) VALUES (@group, @version, @previous, @previous_history)",
            ("@group", group), ("@version", request.Version), ("@previous", request.Previous), ("@previous_history", request.PreviousHistory));
        transaction.Execute(
            "UPDATE groups SET version = @version, rotation_due = FALSE, details = @details, details_revision = @revision WHERE id = @group",
            ("@group", group), ("@version", request.Version), ("@details", request.Details), ("@revision", access!.Personal ? 0 : request.DetailsRevision));
        return transaction.Record<Answer<SessionGroup>>(
            HeldGroups.Find(transaction.Query, member.Member, group)!, Rotated(member, group, request.Version, now), [.. Entries(member, group, request, held, now)]);
    });

    private static IEnumerable<LedgerEntry> Entries(CurrentMember member, Id group, Rotation request, Dictionary<Id, (Right Right, long GrantedAt)> held, long now)
    {
        if (request.Details is not null)
        {
            yield return GroupStore.DetailsChanged(member, group, request.DetailsRevision, request.Details, now);
        }

        foreach (var grant in request.Grants)
        {
            yield return GroupGrants.Given(member.Organization, member.Member, grant, held[grant.Member].Right, now);
        }
    }

    private static LedgerEntry Rotated(CurrentMember member, Id group, int version, long now) =>
        LedgerEntry.Of("group-rotated", member.Organization, now, Actor.Of(member.Member), (group, version), static (json, rotated) =>
        {
            json.WriteId("group"u8, rotated.group);
            json.WriteNumber("version"u8, rotated.version);
        });

    private static bool IsLastReader(LedgerTransaction transaction, Id group, Id holder) =>
        transaction.Scalar("SELECT 1 FROM grants WHERE group_id = @group AND member = @holder AND level > 1", ("@group", group), ("@holder", holder)) is not null
        && transaction.Scalar("SELECT 1 FROM grants WHERE group_id = @group AND member <> @holder AND level > 1 LIMIT 1", ("@group", group), ("@holder", holder)) is null;

    private static Dictionary<Id, (Right Right, long GrantedAt)> Held(LedgerTransaction transaction, Id group)
    {
        var held = new Dictionary<Id, (Right, long)>();
        using var rows = transaction.Query("SELECT member, level, granted_at FROM grants WHERE group_id = @group", ("@group", group));
        while (rows.Read())
        {
            held.Add(rows.Id(0), ((Right)rows.GetInt64(1), rows.GetInt64(2)));
        }

        return held;
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
