using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Storage;

namespace Baton.Server.Features.Members;

/// <summary>What decides a write about people, read in the very transaction that writes: a session's role is a moment old.</summary>
internal static class Standing
{
    public static readonly ProblemType LastOwner = ProblemType.Conflict with { Title = "The organization's last active owner stays." };

    /// <summary>The member's role; removed when it is suspended, or no member any more.</summary>
    public static Role RoleOf(LedgerTransaction transaction, Id member)
    {
        using var row = transaction.Query("SELECT role FROM members WHERE id = @member AND state = 'active'", ("@member", member));
        return row.Read() ? (Role)row.GetInt64(0) : Role.Removed;
    }

    /// <summary>Whether somebody can still do what only an owner may.</summary>
    public static bool HasActiveOwner(LedgerTransaction transaction, Id organization) => transaction.Scalar(
        "SELECT 1 FROM members WHERE organization = @organization AND role = 1 AND state = 'active' LIMIT 1", ("@organization", organization)) is not null;
}
