using System.Security.Cryptography;
using Baton.Protocol.Encoding;
using Baton.Protocol.Ledger;
using Baton.Protocol.Wire;

namespace Baton.Protocol.Signing;

/// <summary>The exact bytes under each signature. spec/keys.md §3.</summary>
public static class SignedText
{
    /// <summary>A card at its place in the roster, signed by its issuer.</summary>
    /// <param name="previous">SHA-256 of the card before.</param>
    public static byte[] Card(byte[] card, byte[] previous) => Labelled.Text(SignPurpose.Card, card, previous);

    /// <summary>A group's key handed to a member, signed by the granter.</summary>
    /// <param name="ecdh">The member's public key, as <paramref name="ecdsa"/>.</param>
    /// <param name="personal">Of the member's own group: so that nobody can pass off a group that others read as that one.</param>
    public static byte[] Grant(
        Id organization, Id group, int version, Right right, Id member, byte[] ecdh, byte[] ecdsa, byte[] enc, byte[] ciphertext, bool personal = false) =>
        Labelled.Text(
            SignPurpose.Grant, organization.ToBytes(), group.ToBytes(), Fields.Number((uint)version), [(byte)((byte)right | (personal ? 0x80 : 0))],
            member.ToBytes(), SHA256.HashData(Fields.Join(ecdh, ecdsa)), enc, ciphertext);

    /// <summary>An organization's policy, signed by an owner or admin.</summary>
    /// <param name="text">Its exact text.</param>
    public static byte[] Policy(Id organization, string text) =>
        Labelled.Text(SignPurpose.Policy, organization.ToBytes(), SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>A handover, signed by its sender.</summary>
    public static byte[] Created(
        Id organization, Id group, Id handover, byte[] sealedHash, byte[] displayedTag, uint lifeSeconds, byte flags, HandoverCommitments commitments) =>
        Labelled.Text(
            SignPurpose.Created, organization.ToBytes(), group.ToBytes(), handover.ToBytes(), sealedHash, displayedTag,
            Fields.Number(lifeSeconds), [flags], commitments.Recipient, Fields.Join([.. commitments.Items]));

    /// <summary>A receipt, signed by the reader key.</summary>
    /// <param name="claimed">The exact text of the ledger's claimed entry.</param>
    public static byte[] Receipt(Id handover, string claimed, string statement, byte[] reply) =>
        ReceiptOf(handover, claimed, statement, SHA256.HashData(reply));

    /// <summary>The same by the reply's hash, as the ledger has it.</summary>
    public static byte[] ReceiptOf(Id handover, string claimed, string statement, byte[] replyHash) =>
        Labelled.Text(
            SignPurpose.Receipt, handover.ToBytes(), Leaf.Hash(claimed), SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(statement)), replyHash);
}
