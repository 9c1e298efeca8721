using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using Baton.Protocol.Encoding;
using Baton.Protocol.Signing;

namespace Baton.Protocol.Ledger;

/// <summary>
/// The public key of a log: <c>name+hex(key id)+base64(0x02 || SPKI)</c>, key id = first 4 bytes of SHA-256(SPKI), P-256 only.
/// https://c2sp.org/signed-note; spec/ledger.md §2.
/// </summary>
/// <param name="Name">The log's origin too.</param>
/// <param name="Spki">91 bytes.</param>
public sealed record VerifyingKey(string Name, byte[] Spki)
{
    /// <summary>The type byte of ECDSA signatures.</summary>
    private const byte Ecdsa = 0x02;

    /// <summary>The first 4 bytes of SHA-256(SPKI), big-endian.</summary>
    public uint Id => BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Spki));

    /// <summary>The vkey.</summary>
    public override string ToString() =>
        $"{Name}+{Id.ToString("x8", CultureInfo.InvariantCulture)}+{StandardBase64.Encode([Ecdsa, .. Spki])}";

    /// <summary>Reads a vkey; false for any text that <see cref="ToString"/> would not write.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out VerifyingKey? key)
    {
        key = null;
        var parts = text.Split('+', 3);
        if (parts.Length == 3 && IsName(parts[0]) && StandardBase64.TryDecode(parts[2], out var bytes)
            && bytes is [Ecdsa, .. var spki] && PublicKey.IsValid(spki)
            && new VerifyingKey(parts[0], spki) is var read && read.ToString() == text)
        {
            key = read;
            return true;
        }

        return false;
    }

    /// <summary>Whether a key may be called so: not empty, no white space, no plus, no control characters.</summary>
    internal static bool IsName(string name) =>
        name.Length > 0 && !name.Any(character => character is '+' or < ' ' || WhiteSpace.Contains(character));

    /// <inheritdoc />
    public bool Equals(VerifyingKey? other) => other is not null && Name == other.Name && Spki.AsSpan().SequenceEqual(other.Spki);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Name, Id);
}
