using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Security;

namespace Baton.Server.Features.Organizations;

/// <summary>The SQL of retention. What it purges, and when, is in Features/Handovers/Keeping.</summary>
internal sealed class RetentionStore(Ledger ledger, TimeProvider clock)
{
    /// <summary>Null: done. The same again changes nothing.</summary>
    public Task<ProblemResult?> Change(CurrentMember member, int days)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return ledger.Write(transaction =>
        {
            if (transaction.Scalar("SELECT 1 FROM members WHERE id = @member AND state = 'active' AND role IN (1, 2)", ("@member", member.Member)) is null)
            {
                return transaction.Nothing<ProblemResult?>(Problems.Of(ProblemType.Forbidden));
            }

            return transaction.Execute(
                "UPDATE organizations SET personal_days = @days WHERE id = @organization AND personal_days <> @days",
                ("@organization", member.Organization), ("@days", (long)days)) == 1
                ? transaction.Record<ProblemResult?>(null, LedgerEntry.Of(
                    "retention", member.Organization, now, Actor.Of(member.Member), days, static (json, days) => json.WriteNumber("days"u8, days)))
                : transaction.Nothing<ProblemResult?>(null);
        });
    }
}
