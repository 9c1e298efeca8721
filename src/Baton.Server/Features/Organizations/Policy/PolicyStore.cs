using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Security;
using Baton.Server.Storage;

namespace Baton.Server.Features.Organizations;

/// <summary>The SQL of policies.</summary>
internal sealed class PolicyStore(Database database, Ledger ledger, Policies policies, TimeProvider clock)
{
    /// <summary>The member's signing key.</summary>
    public byte[]? KeyOf(CurrentMember member) => database.Read(connection =>
        connection.Scalar("SELECT ecdsa FROM members WHERE id = @member", ("@member", member.Member)) as byte[]);

    /// <summary>Keeps the next policy. Everybody's sessions are held against it at once. Null: done.</summary>
    public async Task<ProblemResult?> Keep(CurrentMember author, Policy policy, NewPolicy request)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var refused = await ledger.Write(transaction =>
        {
            if (transaction.Scalar(
                "SELECT 1 FROM members WHERE id = @member AND state = 'active' AND role IN (1, 2)", ("@member", author.Member)) is null)
            {
                return transaction.Nothing<ProblemResult?>(Problems.Of(ProblemType.Forbidden));
            }

            if (transaction.Execute(
                """
                INSERT INTO policies (organization, number, text, signature, author, idle, session)
                SELECT @organization, @number, @text, @signature, @author, @idle, @session
                WHERE @number = 1 + COALESCE((SELECT number FROM policies WHERE organization = @organization), 0)
                ON CONFLICT (organization) DO UPDATE SET number = excluded.number, text = excluded.text, signature = excluded.signature,
                    author = excluded.author, idle = excluded.idle, session = excluded.session
                """,
                ("@organization", author.Organization), ("@number", (long)policy.Number), ("@text", request.Text), ("@signature", request.Signature),
                ("@author", author.Member), ("@idle", policy.Idle), ("@session", policy.Session)) == 0)
            {
                return transaction.Nothing<ProblemResult?>(Problems.Of(ProblemType.StaleRevision));
            }

            return transaction.Record<ProblemResult?>(null, LedgerEntry.Of(
                "policy", author.Organization, now, Actor.Of(author.Member), request, static (json, request) =>
                {
                    json.WriteString("text"u8, request.Text);
                    json.WriteBytes("signature"u8, request.Signature);
                }));
        });
        if (refused is null)
        {
            policies.Keep(author.Organization, policy);
        }

        return refused;
    }
}
