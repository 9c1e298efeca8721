using System.Security.Cryptography;
using System.Text;
using Baton.Protocol.Encoding;
using Baton.Protocol.Wire;

namespace Baton.Client.Sealing;

/// <summary>SHA-256(salt || label || 0x00 || value): what the ledger says of a title or a name. spec/keys.md §7.</summary>
public static class Commitment
{
    /// <summary>Bytes in a salt.</summary>
    public const int SaltSize = 16;

    /// <summary>A fresh salt.</summary>
    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(SaltSize);

    /// <summary>The commitment to a value under a label.</summary>
    public static byte[] Of(byte[] salt, string label, string value) =>
        SHA256.HashData(Fields.Join(salt, Encoding.ASCII.GetBytes(label), [0], Encoding.UTF8.GetBytes(value)));

    /// <summary>To one item: title, user name and address, as sealed.</summary>
    public static byte[] OfItem(byte[] salt, string title, string? username, string? url) =>
        Of(salt, CommitmentLabel.Item, $"{title}\0{username}\0{url}");

    /// <summary>All that a content commits to.</summary>
    public static HandoverCommitments Of(Content content) => new(
        Of(content.RecipientSalt, CommitmentLabel.Recipient, content.Recipient),
        [.. content.Entries.Select(entry => OfItem(entry.Salt, entry.Title, entry.Username, entry.Url))]);
}
