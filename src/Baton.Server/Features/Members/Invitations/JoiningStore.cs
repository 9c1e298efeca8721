using System.Security.Cryptography;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Security;
using Baton.Server.Storage;

namespace Baton.Server.Features.Members;

/// <summary>Name and e-mail as they are kept.</summary>
internal sealed record NewPerson(string Name, string Email);

internal enum Joined
{
    Accepted,

    /// <summary>The invitation can't be used.</summary>
    Unavailable,

    /// <summary>E-mail or id have an account already; the invitation can still be used.</summary>
    Taken,
}

/// <summary>The SQL of who joins by an invitation. Of inviteAuth only the hash is kept.</summary>
internal sealed class JoiningStore(Database database, Ledger ledger, Trials trials, TimeProvider clock)
{
    /// <summary>What the invitee's client checks; null when the invitation can't be used.</summary>
    public InvitationOpened? Open(byte[] inviteAuth)
    {
        var opened = database.Read(connection =>
        {
            using var row = connection.Query(
                """
                SELECT i.id, o.id, o.name, c.card, i.role, i.invite_from, m.name, i.expires_at
                FROM invitations i JOIN organizations o ON o.id = i.organization JOIN cards c ON c.organization = i.organization AND c.seq = 1
                    JOIN members m ON m.id = i.inviter AND m.state = 'active' AND m.role IN (1, 2)
                WHERE i.auth_hash = @hash AND i.state = 'waiting' AND i.expires_at > @now
                """,
                ("@hash", SHA256.HashData(inviteAuth)), ("@now", Now()));
            return row.Read()
                ? new InvitationOpened(
                    row.Id(0), new OrganizationName(row.Id(1), row.GetString(2)), row.Bytes(3), ((Role)row.GetInt64(4)).Word(), row.Bytes(5), row.GetString(6), row.GetInt64(7))
                : null;
        });
        return opened is null || trials.IsOver(opened.Organization.Id) ? null : opened;
    }

    /// <summary>Uses the invitation, once, also in a race: the invitee is a member who waits for approval.</summary>
    public async Task<Joined> Accept(AcceptInvitation request, NewPerson person)
    {
        if (Open(request.InviteAuth) is null)
        {
            return Joined.Unavailable;
        }

        var (auth, recovery) = (Verifier.Of(request.AuthKey), Verifier.Of(request.RecoveryAuth));
        var now = Now();
        return await ledger.Write(transaction =>
        {
            (Id Invitation, Id Organization, long Role) used;
            using (var row = transaction.Query(
                """
                UPDATE invitations SET state = 'accepted', member = @member, invite_to = @to
                WHERE auth_hash = @hash AND state = 'waiting' AND expires_at > @now
                    AND EXISTS (SELECT 1 FROM members m WHERE m.id = invitations.inviter AND m.state = 'active' AND m.role IN (1, 2))
                RETURNING id, organization, role
                """,
                ("@member", request.Member.Id), ("@to", request.To), ("@hash", SHA256.HashData(request.InviteAuth)), ("@now", now)))
            {
                if (!row.Read())
                {
                    return transaction.Nothing(Joined.Unavailable);
                }

                used = (row.Id(0), row.Id(1), row.GetInt64(2));
            }

            return Insert(transaction, request, person, used.Organization, used.Role, auth, recovery, now)
                ? transaction.Record(Joined.Accepted, Entry(request, used.Invitation, used.Organization, now))
                : transaction.Nothing(Joined.Taken);
        });
    }

    private static bool Insert(
        LedgerTransaction transaction, AcceptInvitation request, NewPerson person, Id organization, long role, Verifier auth, Verifier recovery, long now) =>
        transaction.Execute(
            """
            INSERT INTO members (id, organization, name, email, role, state, ecdh, ecdsa, kdf_salt, kdf_memory, kdf_passes, kdf_lanes,
                auth_salt, auth_hash, recovery_salt, recovery_hash, key_blob, recovery_blob, card_hash, created_at)
            VALUES (@id, @organization, @name, @email, @role, 'pending', @ecdh, @ecdsa, @salt, @memory, @passes, @lanes,
                @auth_salt, @auth_hash, @recovery_salt, @recovery_hash, @key_blob, @recovery_blob, @none, @now)
            ON CONFLICT DO NOTHING
            """,
            ("@id", request.Member.Id), ("@organization", organization), ("@name", person.Name), ("@email", person.Email), ("@role", role),
            ("@ecdh", request.Ecdh), ("@ecdsa", request.Ecdsa), ("@salt", request.Parameters.Salt), ("@memory", request.Parameters.MemoryKiB),
            ("@passes", request.Parameters.Passes), ("@lanes", request.Parameters.Lanes), ("@auth_salt", auth.Salt), ("@auth_hash", auth.Hash),
            ("@recovery_salt", recovery.Salt), ("@recovery_hash", recovery.Hash), ("@key_blob", request.KeyBlob),
            ("@recovery_blob", request.RecoveryBlob), ("@none", Array.Empty<byte>()), ("@now", now)) == 1;

    private static LedgerEntry Entry(AcceptInvitation request, Id invitation, Id organization, long now) =>
        LedgerEntry.Of("invitation-accepted", organization, now, Actor.Of(request.Member.Id), (invitation, request), static (json, accepted) =>
        {
            json.WriteId("invitation"u8, accepted.invitation);
            json.WriteBytes("keys"u8, SHA256.HashData([.. accepted.request.Ecdh, .. accepted.request.Ecdsa]));
        });

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
