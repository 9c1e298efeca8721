using Baton.Protocol;
using Baton.Server.Features.History;
using Baton.Server.Storage;

namespace Baton.Server.Features.Organizations;

/// <summary>An organization as the operator sees it.</summary>
/// <param name="Members">Active and suspended ones.</param>
/// <param name="TrialEnds">Unix milliseconds; null: never.</param>
internal sealed record OrganizationRow(Id Id, string Name, long Members, long CreatedAt, long? TrialEnds);

/// <summary>The SQL of trials, as the operator's commands use it: beside a running server too, through the same gate.</summary>
internal sealed class TrialStore(Database database, Ledger ledger, TimeProvider clock)
{
    public IReadOnlyList<OrganizationRow> List() => database.Read(connection =>
    {
        var organizations = new List<OrganizationRow>();
        using var rows = connection.Query(
            """
            SELECT o.id, o.name, (SELECT count(*) FROM members m WHERE m.organization = o.id AND m.state IN ('active', 'suspended')), o.created_at, o.trial_ends
            FROM organizations o ORDER BY o.created_at, o.id
            """);
        while (rows.Read())
        {
            organizations.Add(new OrganizationRow(rows.Id(0), rows.GetString(1), rows.GetInt64(2), rows.GetInt64(3), rows.NumberOrNull(4)));
        }

        return organizations;
    });

    /// <summary>
    /// So many days more, from the trial's end or from now, whichever is later; null: no trial any more. A trial never gets shorter: a
    /// running server relies on that. False when there is no such organization, or it has no trial.
    /// </summary>
    public async Task<bool> Extend(Id organization, int? days)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return await ledger.Write(transaction =>
        {
            if (transaction.Scalar("SELECT trial_ends FROM organizations WHERE id = @organization", ("@organization", organization)) is not long ends)
            {
                return transaction.Nothing(false);
            }

            var later = days is { } more ? Math.Max(ends, now) + (more * 86_400_000L) : (long?)null;
            transaction.Execute("UPDATE organizations SET trial_ends = @ends WHERE id = @organization", ("@ends", later), ("@organization", organization));
            return transaction.Record(true, TrialEntry.Of(organization, later, now));
        });
    }
}
