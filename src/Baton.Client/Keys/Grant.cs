using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Baton.Client.Sealing;
using Baton.Protocol;
using Baton.Protocol.Encoding;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;

namespace Baton.Client.Keys;

/// <summary>One version of a group's key. spec/keys.md §6.</summary>
public readonly record struct GroupVersion(Id Organization, Id Group, int Version);

/// <summary>
/// One key of a group handed to a member, signed by the granter: the groupKey with right view and above, the historyKey with
/// right history. spec/keys.md §6.
/// </summary>
public static class Grant
{
    /// <summary>Bytes in enc and in ct.</summary>
    public const int EncSize = PublicKey.PointSize, CiphertextSize = 48;

    /// <summary>A signed grant of this right.</summary>
    /// <param name="personal">Of the member's own group.</param>
    public static NewGrant Make(ECDsa granter, GroupVersion group, Right right, Card grantee, byte[] groupKey, bool personal = false)
    {
        var message = Close(group, right, grantee, groupKey);
        return new NewGrant(group.Group, grantee.Member, group.Version, right.Word(), message.Enc, message.Ciphertext, Signatures.Sign(granter, TextOf(group, right, grantee, message, personal)));
    }

    /// <summary>Seals what this right opens to the grantee's keys.</summary>
    /// <exception cref="ArgumentException">The key was wiped: everyone would know it.</exception>
    public static HpkeMessage Close(GroupVersion group, Right right, Card grantee, byte[] groupKey)
    {
        if (!groupKey.AsSpan().ContainsAnyExcept((byte)0))
        {
            throw new ArgumentException("The key was wiped.", nameof(groupKey));
        }

        var key = right == Right.History ? HistoryKey(groupKey, group) : [.. groupKey];
        var message = Hpke.Seal(grantee.Ecdh, Info(group, right, grantee.Member), [], key);
        CryptographicOperations.ZeroMemory(key);
        return message;
    }

    /// <summary>Opens the key of this right; false whatever the reason. Whether the granter may is <see cref="GroupAccess"/>'s to ask.</summary>
    public static bool TryOpen(GroupVersion group, Right right, Id member, ECDiffieHellman ecdh, HpkeMessage message, [NotNullWhen(true)] out byte[]? key) =>
        Hpke.TryOpen(ecdh, message, Info(group, right, member), [], out key) && key.Length == Derive.Size;

    /// <summary>The exact bytes that are signed.</summary>
    internal static byte[] TextOf(GroupVersion group, Right right, Card grantee, HpkeMessage key, bool personal = false) =>
        SignedText.Grant(group.Organization, group.Group, group.Version, right, grantee.Member, grantee.Ecdh, grantee.Ecdsa, key.Enc, key.Ciphertext, personal);

    internal static byte[] Info(GroupVersion group, Right right, Id member) => Labelled.Text(
        right == Right.History ? HpkePurpose.HistoryKey : HpkePurpose.GroupKey,
        group.Organization.ToBytes(), group.Group.ToBytes(), Fields.Number((uint)group.Version), member.ToBytes());

    /// <summary>historyKey of this version: seals details.</summary>
    public static byte[] HistoryKey(byte[] groupKey, GroupVersion group) =>
        Derive.Key(groupKey, [], DerivePurpose.History, group.Group.ToBytes(), Fields.Number((uint)group.Version));
}
