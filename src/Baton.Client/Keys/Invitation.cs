using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Baton.Client.Sealing;
using Baton.Protocol;
using Baton.Protocol.Encoding;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;

namespace Baton.Client.Keys;

/// <summary>
/// An invitation's key travels in the link alone, so its two MACs let the invitee pin the organization and the inviter the
/// invitee's keys, whatever the server says. spec/keys.md §9.
/// </summary>
public sealed class InviteKey : IDisposable
{
    private readonly byte[] key;
    private readonly byte[] mac;

    private InviteKey(byte[] key)
    {
        this.key = key;
        mac = Derive.Key(key, [], DerivePurpose.InviteMac);
        Auth = Derive.Key(key, [], DerivePurpose.InviteAuth);
    }

    /// <summary>Sent to open and to accept; the server keeps its SHA-256.</summary>
    public byte[] Auth { get; }

    /// <summary>A fresh one.</summary>
    public static InviteKey Make() => new(RandomNumberGenerator.GetBytes(Derive.Size));

    /// <summary>The key of a link's code.</summary>
    public static bool TryParse(ReadOnlySpan<char> code, [NotNullWhen(true)] out InviteKey? invitation, out CodeFault fault)
    {
        invitation = Code.TryDecode(code, CodeKind.Invitation, out var key, out fault) ? new InviteKey(key) : null;
        return invitation is not null;
    }

    /// <summary>The code that the link carries.</summary>
    public string ToCode() => Code.Encode(CodeKind.Invitation, key);

    /// <summary>What an owner's or admin's client sends to invite somebody; the link is the key's code behind <c>/i#</c>.</summary>
    /// <param name="personal">The inviter's own group: inviteMac is kept sealed under it.</param>
    public CreateInvitation Invite(UnlockedMember inviter, GroupAccess personal, Role role, IReadOnlyList<InvitedTo> groups)
    {
        var invitation = new Id(RandomNumberGenerator.GetBytes(Id.Size));
        var root = inviter.Roster.Root;
        return new CreateInvitation(
            invitation, SHA256.HashData(Auth), role.Word(), groups, root, InviteMac.From(mac, inviter.Organization, invitation, root, role),
            InviteMac.Close(personal.Newest, invitation, mac));
    }

    /// <summary>
    /// Whether the inviter bound this organization and this role to the link; false where the server shows another root card
    /// than the one that was meant.
    /// </summary>
    public bool IsOf(InvitationOpened shown) =>
        Card.TryParse(shown.RootCard, out var card)
        && card.IsRoot
        && card.Organization == shown.Organization.Id
        && Words.TryRole(shown.Role, out var role)
        && role != Role.Removed
        && CryptographicOperations.FixedTimeEquals(InviteMac.From(mac, shown.Organization.Id, shown.Invitation, card.Hash(), role), shown.From);

    /// <summary>What the inviter's client checks before it signs a card for these keys.</summary>
    public byte[] To(InvitationOpened shown, Id member, byte[] ecdh, byte[] ecdsa) =>
        InviteMac.To(mac, shown.Organization.Id, shown.Invitation, member, ecdh, ecdsa);

    /// <inheritdoc />
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(key);
        CryptographicOperations.ZeroMemory(mac);
        CryptographicOperations.ZeroMemory(Auth);
    }
}

/// <summary>The MACs of an invitation, and how the inviter keeps their key. spec/keys.md §9.</summary>
public static class InviteMac
{
    /// <summary>Binds organization and role to the link.</summary>
    /// <param name="root">SHA-256 of the root card.</param>
    public static byte[] From(byte[] mac, Id organization, Id invitation, byte[] root, Role role) =>
        HMACSHA256.HashData(mac, Labelled.Text(MacPurpose.InviteFrom, organization.ToBytes(), invitation.ToBytes(), root, [(byte)role]));

    /// <summary>Binds the invitee's keys to the link.</summary>
    public static byte[] To(byte[] mac, Id organization, Id invitation, Id member, byte[] ecdh, byte[] ecdsa) =>
        HMACSHA256.HashData(mac, Labelled.Text(MacPurpose.InviteTo, organization.ToBytes(), invitation.ToBytes(), member.ToBytes(), ecdh, ecdsa));

    /// <summary>For the inviter alone: under the key of its personal group.</summary>
    public static byte[] Close(GroupKey personal, Id invitation, byte[] mac) =>
        Seal.Close(personal.Key, SealPurpose.Invitation, Place(personal.Group, invitation), mac);

    /// <summary>Whether the keys that the server shows of who accepted are those that whoever has the link made.</summary>
    public static bool Accepts(GroupAccess personal, InvitationSummary invitation)
    {
        foreach (var key in personal.Keys)
        {
            if (invitation.Accepted is { } invitee
                && Seal.TryOpen(key.Key, SealPurpose.Invitation, Place(key.Group, invitation.Invitation), invitation.Sealed, out var mac))
            {
                var to = To(mac, key.Group.Organization, invitation.Invitation, invitee.Member, invitee.Ecdh, invitee.Ecdsa);
                CryptographicOperations.ZeroMemory(mac);
                return CryptographicOperations.FixedTimeEquals(to, invitee.To);
            }
        }

        return false;
    }

    internal static byte[] Place(GroupVersion group, Id invitation) =>
        Fields.Join(group.Organization.ToBytes(), group.Group.ToBytes(), Fields.Number((uint)group.Version), invitation.ToBytes());
}
