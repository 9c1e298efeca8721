using System.Security.Cryptography;
using Baton.Protocol;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Security;

namespace Baton.Server.Features.Organizations;

/// <summary>The SQL of an organization's beginning.</summary>
internal sealed class OrganizationStore(Ledger ledger)
{
    /// <summary>
    /// Organization, owner, root card, personal group and its grant, with their entries, in one transaction. False when there is an
    /// organization already: set-up works once, also in a race.
    /// </summary>
    public Task<bool> Found(Registration request, string email, long now)
    {
        var auth = Verifier.Of(request.AuthKey);
        var recovery = Verifier.Of(request.RecoveryAuth);
        return ledger.Write(transaction =>
        {
            if (transaction.Execute(
                "INSERT INTO organizations (id, name, created_at) SELECT @id, @name, @now WHERE NOT EXISTS (SELECT 1 FROM organizations)",
                ("@id", request.Organization.Id), ("@name", request.Organization.Name.Trim()), ("@now", now)) == 0)
            {
                return transaction.Nothing(false);
            }

            InsertOwner(transaction, request, email, auth, recovery, now);
            transaction.Execute(
                "INSERT INTO cards (organization, member, seq, card, signature) VALUES (@organization, @member, 1, @card, @signature)",
                ("@organization", request.Organization.Id), ("@member", request.Member.Id), ("@card", request.Card), ("@signature", request.CardSignature));
            transaction.Execute(
                "INSERT INTO groups (id, organization, personal_of, created_at) VALUES (@id, @organization, @member, @now)",
                ("@id", request.Group.Id), ("@organization", request.Organization.Id), ("@member", request.Member.Id), ("@now", now));
            transaction.Execute(
                """
                INSERT INTO grants (member, group_id, version, level, enc, ciphertext, granter, signature)
                VALUES (@member, @group, 1, @level, @enc, @ciphertext, @member, @signature)
                """,
                ("@member", request.Member.Id), ("@group", request.Group.Id), ("@level", (long)Right.Manage), ("@enc", request.Group.Enc),
                ("@ciphertext", request.Group.Ciphertext), ("@signature", request.Group.Signature));
            return transaction.Record(true, Entry(request, now, "organization-created", static (_, _) => { }), CardEntry(request, now), GroupEntry(request, now), GrantEntry(request, now));
        });
    }

    private static void InsertOwner(LedgerTransaction transaction, Registration request, string email, Verifier auth, Verifier recovery, long now) =>
        transaction.Execute(
            """
            INSERT INTO members (id, organization, name, email, role, kdf_salt, kdf_memory, kdf_passes, kdf_lanes,
                auth_salt, auth_hash, recovery_salt, recovery_hash, key_blob, recovery_blob, card_hash, created_at)
            VALUES (@id, @organization, @name, @email, @role, @salt, @memory, @passes, @lanes,
                @auth_salt, @auth_hash, @recovery_salt, @recovery_hash, @key_blob, @recovery_blob, @card_hash, @now)
            """,
            ("@id", request.Member.Id), ("@organization", request.Organization.Id), ("@name", request.Member.Name.Trim()), ("@email", email),
            ("@role", (long)Role.Owner), ("@salt", request.Parameters.Salt), ("@memory", request.Parameters.MemoryKiB),
            ("@passes", request.Parameters.Passes), ("@lanes", request.Parameters.Lanes), ("@auth_salt", auth.Salt), ("@auth_hash", auth.Hash),
            ("@recovery_salt", recovery.Salt), ("@recovery_hash", recovery.Hash), ("@key_blob", request.KeyBlob),
            ("@recovery_blob", request.RecoveryBlob), ("@card_hash", SHA256.HashData(request.Card)), ("@now", now));

    private static LedgerEntry CardEntry(Registration request, long now) => Entry(request, now, "card", static (json, request) =>
    {
        json.WriteBytes("card"u8, request.Card);
        json.WriteBytes("signature"u8, request.CardSignature);
    });

    private static LedgerEntry GroupEntry(Registration request, long now) =>
        Entry(request, now, "group-created", static (json, request) => json.WriteId("group"u8, request.Group.Id));

    private static LedgerEntry GrantEntry(Registration request, long now) => Entry(request, now, "grant", static (json, request) =>
    {
        json.WriteId("group"u8, request.Group.Id);
        json.WriteNumber("version"u8, 1);
        json.WriteString("right"u8, Right.Manage.Word());
        json.WriteId("to"u8, request.Member.Id);
        json.WriteBytes("hash"u8, SHA256.HashData([.. request.Group.Enc, .. request.Group.Ciphertext]));
        json.WriteBytes("signature"u8, request.Group.Signature);
    });

    private static LedgerEntry Entry(Registration request, long now, string kind, Action<System.Text.Json.Utf8JsonWriter, Registration> adds) =>
        LedgerEntry.Of(kind, request.Organization.Id, now, Actor.Of(request.Member.Id), request, adds);
}
