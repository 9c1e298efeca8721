using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Baton.Protocol.Encoding;

namespace Baton.Protocol.Signing;

/// <summary>
/// A member's public keys and role, 235 bytes:
/// <c>org (16) || member (16) || ecdh (91) || ecdsa (91) || role (1) || seq (4) || issuer (16)</c>. spec/keys.md §6.
/// </summary>
public sealed record Card(Id Organization, Id Member, byte[] Ecdh, byte[] Ecdsa, Role Role, uint Seq, Id Issuer)
{
    /// <summary>Bytes in a card.</summary>
    public const int Size = 235;

    /// <summary>What stands for the card before the root card.</summary>
    public static byte[] NoPrevious => new byte[SHA256.HashSizeInBytes];

    /// <summary>The founding owner's card.</summary>
    public static Card Root(Id organization, Id member, byte[] ecdh, byte[] ecdsa) => new(organization, member, ecdh, ecdsa, Role.Owner, 1, member);

    /// <summary>Whether this is a founding owner's card: its own issuer, owner, the first.</summary>
    public bool IsRoot => Role == Role.Owner && Seq == 1 && Issuer == Member;

    /// <summary>Whether its owner may sign the cards and grants of others.</summary>
    public bool MayIssue => Role.MayIssue();

    /// <summary>The exact bytes that are signed.</summary>
    public byte[] ToBytes() =>
        Fields.Join(Organization.ToBytes(), Member.ToBytes(), Ecdh, Ecdsa, [(byte)Role], Fields.Number(Seq), Issuer.ToBytes());

    /// <summary>SHA-256 of the exact bytes.</summary>
    public byte[] Hash() => SHA256.HashData(ToBytes());

    /// <summary>The issuer's signature of this card at its place in the roster.</summary>
    /// <param name="previous">SHA-256 of the card before; left out for the root card.</param>
    public byte[] SignedBy(ECDsa issuer, byte[]? previous = null) => Signatures.Sign(issuer, SignedText.Card(ToBytes(), previous ?? NoPrevious));

    /// <summary>Reads a card; false for another length, an unknown role, seq 0 or bytes that are no keys.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Card? card)
    {
        card = null;
        if (bytes.Length != Size)
        {
            return false;
        }

        var ecdh = bytes[32..123];
        var ecdsa = bytes[123..214];
        var role = (Role)bytes[214];
        var seq = BinaryPrimitives.ReadUInt32BigEndian(bytes[215..]);
        if (PublicKey.IsValid(ecdh) && PublicKey.IsValid(ecdsa) && Enum.IsDefined(role) && seq > 0)
        {
            card = new Card(new Id(bytes[..16]), new Id(bytes[16..32]), ecdh.ToArray(), ecdsa.ToArray(), role, seq, new Id(bytes[219..]));
        }

        return card is not null;
    }
}
