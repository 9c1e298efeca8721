using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Baton.Client.Sealing;
using Baton.Protocol;
using Baton.Protocol.Encoding;
using Baton.Protocol.Signing;

namespace Baton.Client.Keys;

/// <summary>One version of a group's key. spec/keys.md §6.</summary>
public readonly record struct GroupVersion(Id Organization, Id Group, int Version);

/// <summary>A group key handed to a member, signed by the granter. spec/keys.md §6.</summary>
public static class Grant
{
    /// <summary>Bytes in enc and in ct.</summary>
    public const int EncSize = PublicKey.PointSize, CiphertextSize = 48;

    /// <summary>Seals the group key to the grantee's card.</summary>
    public static HpkeMessage Close(GroupVersion group, Card grantee, byte[] groupKey) =>
        Hpke.Seal(grantee.Ecdh, Info(group, grantee.Member), [], groupKey);

    /// <summary>The granter's signature.</summary>
    public static byte[] Sign(ECDsa granter, GroupVersion group, Right right, Card grantee, HpkeMessage key) =>
        Signatures.Sign(granter, TextOf(group, right, grantee, key));

    /// <summary>Opens the group key; false whatever the reason. Who signed is <see cref="Trust"/>'s to say.</summary>
    public static bool TryOpen(GroupVersion group, Id member, ECDiffieHellman ecdh, HpkeMessage key, [NotNullWhen(true)] out byte[]? groupKey) =>
        Hpke.TryOpen(ecdh, key, Info(group, member), [], out groupKey) && groupKey.Length == Derive.Size;

    /// <summary>The exact bytes that are signed.</summary>
    internal static byte[] TextOf(GroupVersion group, Right right, Card grantee, HpkeMessage key) =>
        SignedText.Grant(group.Organization, group.Group, group.Version, (byte)right, grantee.ToBytes(), key.Enc, key.Ciphertext);

    internal static byte[] Info(GroupVersion group, Id member) =>
        Labelled.Text(HpkePurpose.GroupKey, group.Organization.ToBytes(), group.Group.ToBytes(), Fields.Number((uint)group.Version), member.ToBytes());

    /// <summary>historyKey of this version: seals details.</summary>
    public static byte[] HistoryKey(byte[] groupKey, GroupVersion group) =>
        Derive.Key(groupKey, [], DerivePurpose.History, group.Group.ToBytes(), Fields.Number((uint)group.Version));
}
