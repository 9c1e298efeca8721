using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Security;
using Baton.Server.Storage;

namespace Baton.Server.Features.Vault;

/// <summary>
/// Grants as a request brings them. Form and signatures are checked before the write, because they cost; who may hold what is
/// checked in it. A member's public keys never change, so a signature that stood before stands in the transaction. spec/keys.md §6.
/// </summary>
internal sealed class GrantCheck(Database database)
{
    /// <summary>What is wrong with the grants that <paramref name="granter"/> signs for this version of the group; null when nothing is.</summary>
    public ProblemResult? Fault(CurrentMember granter, Id group, int version, IReadOnlyList<NewGrant> grants, bool personal = false)
    {
        if (grants.Count is < 1 or > VaultRules.GrantsMax || grants.Any(grant => grant is null) || grants.DistinctBy(grant => grant.Member).Count() != grants.Count)
        {
            return Problems.Invalid("grants", "are 1 to 2000, one a member");
        }

        var keys = Keys(granter.Organization);
        if (!keys.TryGetValue(granter.Member, out var own))
        {
            // Removed since the request was let in.
            return Problems.Of(ProblemType.Forbidden);
        }

        foreach (var grant in grants)
        {
            if (grant.Group != group || grant.Version != version || !SignedGrant.HasForm(grant))
            {
                return Problems.Invalid("grants", "are not grants of this group and version");
            }

            if (!keys.TryGetValue(grant.Member, out var to))
            {
                return Problems.Of(ProblemType.NotFound);
            }

            if (!SignedGrant.Holds(grant, granter.Organization, own.Ecdsa, to.Ecdh, to.Ecdsa, personal))
            {
                return Problems.Invalid("grants", "are not signed by who asks");
            }
        }

        return null;
    }

    /// <summary>In the transaction: everyone is a member still, and an auditor gets right history alone.</summary>
    public static ProblemResult? Refuses(LedgerTransaction transaction, Id organization, IReadOnlyList<NewGrant> grants)
    {
        foreach (var grant in grants)
        {
            if (transaction.Scalar(
                "SELECT role FROM members WHERE id = @member AND organization = @organization AND state IN ('active', 'suspended')",
                ("@member", grant.Member), ("@organization", organization)) is not long role)
            {
                return Problems.Of(ProblemType.NotFound);
            }

            if ((Role)role == Role.Auditor && RightOf(grant) != Right.History)
            {
                return Problems.Invalid("right", "is history for an auditor");
            }
        }

        return null;
    }

    /// <summary>The right of a grant that was checked.</summary>
    public static Right RightOf(NewGrant grant) => Words.TryRight(grant.Right, out var right) ? right : throw new InvalidOperationException("A grant that was not checked.");

    private Dictionary<Id, (byte[] Ecdh, byte[] Ecdsa)> Keys(Id organization) => database.Read(connection =>
    {
        var keys = new Dictionary<Id, (byte[], byte[])>();
        using var rows = connection.Query(
            "SELECT id, ecdh, ecdsa FROM members WHERE organization = @organization AND state IN ('active', 'suspended') AND ecdh IS NOT NULL AND ecdsa IS NOT NULL",
            ("@organization", organization));
        while (rows.Read())
        {
            keys.Add(rows.Id(0), (rows.Bytes(1), rows.Bytes(2)));
        }

        return keys;
    });
}
