using System.Security.Cryptography;
using Baton.Protocol.Encoding;
using Baton.Protocol.Ledger;
using Baton.Protocol.Wire;

namespace Baton.Protocol.Signing;

/// <summary>The exact bytes under each signature. spec/keys.md §3.</summary>
public static class SignedText
{
    /// <summary>A card, signed by its issuer.</summary>
    public static byte[] Card(byte[] card) => Labelled.Text(SignPurpose.Card, card);

    /// <summary>A group key handed to a member, signed by the granter.</summary>
    public static byte[] Grant(Id organization, Id group, int version, byte right, byte[] granteeCard, byte[] enc, byte[] ciphertext) =>
        Labelled.Text(
            SignPurpose.Grant, organization.ToBytes(), group.ToBytes(), Fields.Number((uint)version), [right],
            SHA256.HashData(granteeCard), enc, ciphertext);

    /// <summary>A handover, signed by its sender.</summary>
    public static byte[] Created(
        Id organization, Id group, Id handover, byte[] sealedHash, byte[] displayedTag, uint lifeSeconds, byte flags, HandoverCommitments commitments) =>
        Labelled.Text(
            SignPurpose.Created, organization.ToBytes(), group.ToBytes(), handover.ToBytes(), sealedHash, displayedTag,
            Fields.Number(lifeSeconds), [flags], commitments.Recipient, Fields.Join([.. commitments.Items]));

    /// <summary>A receipt, signed by the reader key.</summary>
    /// <param name="claimed">The exact text of the ledger's claimed entry.</param>
    public static byte[] Receipt(Id handover, string claimed, string statement, byte[] reply) =>
        Labelled.Text(
            SignPurpose.Receipt, handover.ToBytes(), Leaf.Hash(claimed),
            SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(statement)), SHA256.HashData(reply));
}
