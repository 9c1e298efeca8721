using System.Security.Cryptography;
using Baton.Protocol.Encoding;

namespace Baton.Client.Sealing;

/// <summary>
/// All keys of one handover, from link key and access password; the ones that also need the share take it.
/// spec/handover.md §1. Dispose to clear them.
/// </summary>
public sealed class HandoverKeys : IDisposable
{
    /// <summary>Bytes in a link key and in a share.</summary>
    public const int KeySize = 32;

    /// <summary>Bytes in a locator.</summary>
    public const int LocatorSize = 16;

    private readonly byte[] linkKey;
    private readonly byte[] secret;

    private HandoverKeys(byte[] linkKey, byte[] passwordKey)
    {
        this.linkKey = linkKey;
        secret = [.. linkKey, .. passwordKey];
        CryptographicOperations.ZeroMemory(passwordKey);
        Locator = Derive.Key(linkKey, [], DerivePurpose.Locator)[..LocatorSize];
        ClaimKey = Derive.Key(secret, [], DerivePurpose.Claim, Locator);
    }

    /// <summary>Where the handover lies: 16 bytes, shown to the server by who opens.</summary>
    public byte[] Locator { get; }

    /// <summary>What the server keeps of the locator.</summary>
    public byte[] LocatorHash => SHA256.HashData(Locator);

    /// <summary>Proof of link key and access password.</summary>
    public byte[] ClaimKey { get; }

    /// <summary>The keys of this link. Takes a moment where there is an access password (Argon2id).</summary>
    /// <param name="linkKey">32 bytes.</param>
    /// <param name="accessPassword">As heard or typed; null without one.</param>
    public static HandoverKeys From(byte[] linkKey, string? accessPassword)
    {
        if (linkKey.Length != KeySize)
        {
            throw new ArgumentException("A link key has 32 bytes.", nameof(linkKey));
        }

        return new HandoverKeys([.. linkKey], accessPassword is null ? [] : AccessPassword.Key(linkKey, accessPassword));
    }

    /// <summary>The locator needs no access password: for lookup.</summary>
    public static byte[] LocatorOf(byte[] linkKey) => Derive.Key(linkKey, [], DerivePurpose.Locator)[..LocatorSize];

    /// <summary>HMAC of the claim key under the share: what the server compares.</summary>
    public byte[] ClaimTag(byte[] share) => HMACSHA256.HashData(share, ClaimKey);

    /// <summary>Encrypts the content, once.</summary>
    public byte[] ContentKey(byte[] share) => Derive.Key(secret, share, DerivePurpose.Content, Locator);

    /// <summary>Encrypts file <paramref name="index"/>, once.</summary>
    public byte[] FileKey(byte[] share, int index) => Derive.Key(secret, share, DerivePurpose.File, Locator, Fields.Number((uint)index));

    /// <summary>What only who could decrypt can show.</summary>
    public byte[] DisplayedProof(byte[] share) => Derive.Key(secret, share, DerivePurpose.Displayed, Locator);

    /// <summary>What the server compares the proof with.</summary>
    public byte[] DisplayedTag(byte[] share) => SHA256.HashData(DisplayedProof(share));

    /// <summary>Seals what the recipient writes to the sender.</summary>
    public byte[] ReplyKey(byte[] share) => Derive.Key(secret, share, DerivePurpose.ReplyKey, Locator);

    /// <summary>The link of this handover at this origin.</summary>
    public string LinkAt(string origin) => $"{origin}/h#{Code.Encode(CodeKind.Link, linkKey)}";

    /// <inheritdoc />
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(linkKey);
        CryptographicOperations.ZeroMemory(secret);
        CryptographicOperations.ZeroMemory(ClaimKey);
    }
}
