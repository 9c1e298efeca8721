using System.Security.Cryptography;
using Baton.Protocol;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Security;

namespace Baton.Server.Features.Organizations;

internal enum Founded
{
    Made,

    /// <summary>There is an organization already, and this was to be the first.</summary>
    NotFirst,

    /// <summary>E-mail or an id is taken by something else.</summary>
    Taken,
}

/// <summary>A registration whose form and signatures hold, as it is kept.</summary>
internal sealed record NewOrganization(Registration Request, string Email, string Name, string Owner, Card Card);

/// <summary>The SQL of an organization's beginning.</summary>
internal sealed class OrganizationStore(Ledger ledger, TimeProvider clock)
{
    /// <summary>The first, at set-up: it works once, also in a race.</summary>
    public Task<Founded> FoundFirst(NewOrganization organization) => Found(
        organization, trialEnds: null, "INSERT INTO organizations (id, name, created_at, trial_ends) SELECT @id, @name, @now, @trial WHERE NOT EXISTS (SELECT 1 FROM organizations)", Founded.NotFirst);

    /// <summary>A further one, by open sign-up.</summary>
    /// <param name="trial">How long it may be used; zero: for ever.</param>
    public Task<Founded> Found(NewOrganization organization, TimeSpan trial) => Found(
        organization, trial == TimeSpan.Zero ? null : Now() + (long)trial.TotalMilliseconds,
        "INSERT INTO organizations (id, name, created_at, trial_ends) VALUES (@id, @name, @now, @trial) ON CONFLICT DO NOTHING", Founded.Taken);

    /// <summary>Organization, owner, root card, personal group and its grant, with their entries, in one transaction.</summary>
    private Task<Founded> Found(NewOrganization organization, long? trialEnds, string insert, Founded otherwise)
    {
        var request = organization.Request;
        var auth = Verifier.Of(request.AuthKey);
        var recovery = Verifier.Of(request.RecoveryAuth);
        var grant = new NewGrant(request.Group.Id, request.Member.Id, 1, Right.Manage.Word(), request.Group.Enc, request.Group.Ciphertext, request.Group.Signature);
        var now = Now();
        return ledger.Write(transaction =>
        {
            if (transaction.Execute(insert, ("@id", request.Organization.Id), ("@name", organization.Name), ("@now", now), ("@trial", trialEnds)) == 0)
            {
                return transaction.Nothing(otherwise);
            }

            if (!InsertOwner(transaction, organization, auth, recovery, now)
                || transaction.Execute(
                    "INSERT INTO groups (id, organization, personal_of, created_at) VALUES (@id, @organization, @member, @now) ON CONFLICT DO NOTHING",
                    ("@id", request.Group.Id), ("@organization", request.Organization.Id), ("@member", request.Member.Id), ("@now", now)) == 0)
            {
                return transaction.Nothing(Founded.Taken);
            }

            transaction.Execute(
                "INSERT INTO cards (organization, member, seq, card, signature) VALUES (@organization, @member, 1, @card, @signature)",
                ("@organization", request.Organization.Id), ("@member", request.Member.Id), ("@card", request.Card), ("@signature", request.CardSignature));
            GroupGrants.Insert(transaction, request.Member.Id, grant, Right.Manage, now);
            var entries = new List<LedgerEntry>
            {
                CardEntry(request, now), GroupEntry(request, now), GroupGrants.Given(request.Organization.Id, request.Member.Id, grant, Right.Manage, now),
            };
            if (trialEnds is not null)
            {
                entries.Add(TrialEntry.Of(request.Organization.Id, trialEnds, now));
            }

            return transaction.Record(Founded.Made, Entry(request, now, "organization-created", static (_, _) => { }), [.. entries]);
        });
    }

    private static bool InsertOwner(LedgerTransaction transaction, NewOrganization organization, Verifier auth, Verifier recovery, long now)
    {
        var request = organization.Request;
        return transaction.Execute(
            """
            INSERT INTO members (id, organization, name, email, role, ecdh, ecdsa, kdf_salt, kdf_memory, kdf_passes, kdf_lanes,
                auth_salt, auth_hash, recovery_salt, recovery_hash, key_blob, recovery_blob, card_hash, created_at)
            VALUES (@id, @organization, @name, @email, @role, @ecdh, @ecdsa, @salt, @memory, @passes, @lanes,
                @auth_salt, @auth_hash, @recovery_salt, @recovery_hash, @key_blob, @recovery_blob, @card_hash, @now)
            ON CONFLICT DO NOTHING
            """,
            ("@id", request.Member.Id), ("@organization", request.Organization.Id), ("@name", organization.Owner), ("@email", organization.Email),
            ("@role", (long)Role.Owner), ("@ecdh", organization.Card.Ecdh), ("@ecdsa", organization.Card.Ecdsa), ("@salt", request.Parameters.Salt),
            ("@memory", request.Parameters.MemoryKiB), ("@passes", request.Parameters.Passes), ("@lanes", request.Parameters.Lanes),
            ("@auth_salt", auth.Salt), ("@auth_hash", auth.Hash), ("@recovery_salt", recovery.Salt), ("@recovery_hash", recovery.Hash),
            ("@key_blob", request.KeyBlob), ("@recovery_blob", request.RecoveryBlob), ("@card_hash", SHA256.HashData(request.Card)), ("@now", now)) == 1;
    }

    private static LedgerEntry CardEntry(Registration request, long now) => Entry(request, now, "card", static (json, request) =>
    {
        json.WriteBytes("card"u8, request.Card);
        json.WriteBytes("signature"u8, request.CardSignature);
    });

    private static LedgerEntry GroupEntry(Registration request, long now) =>
        Entry(request, now, "group-created", static (json, request) => json.WriteId("group"u8, request.Group.Id));

    private static LedgerEntry Entry(Registration request, long now, string kind, Action<System.Text.Json.Utf8JsonWriter, Registration> adds) =>
        LedgerEntry.Of(kind, request.Organization.Id, now, Actor.Of(request.Member.Id), request, adds);

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
