using Baton.Protocol;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;

namespace Baton.Server.Security;

/// <summary>As much of a grant as the server can judge: its form, and who signed it for whom. spec/keys.md §6.</summary>
internal static class SignedGrant
{
    private const int CiphertextSize = 48;

    /// <summary>A known right, a version, and bytes that are as long as an HPKE sealed key, on the curve.</summary>
    public static bool HasForm(NewGrant grant) =>
        grant.Version > 0
        && Words.TryRight(grant.Right, out _)
        && grant is { Enc.Length: PublicKey.PointSize, Ciphertext.Length: CiphertextSize }
        && PublicKey.IsValid(PublicKey.FromPoint(grant.Enc));

    /// <param name="granter">The granter's signing key.</param>
    /// <param name="ecdh">The member's public key, as <paramref name="ecdsa"/>.</param>
    /// <param name="personal">Of the member's own group.</param>
    public static bool Holds(NewGrant grant, Id organization, byte[] granter, byte[] ecdh, byte[] ecdsa, bool personal = false) =>
        HasForm(grant)
        && Words.TryRight(grant.Right, out var right)
        && Signatures.Verify(granter, SignedText.Grant(organization, grant.Group, grant.Version, right, grant.Member, ecdh, ecdsa, grant.Enc, grant.Ciphertext, personal), grant.Signature);
}
