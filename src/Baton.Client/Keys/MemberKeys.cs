using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Baton.Client.Sealing;
using Baton.Protocol;
using Baton.Protocol.Encoding;
using Baton.Protocol.Signing;

namespace Baton.Client.Keys;

/// <summary>
/// A member's private keys and the pinned root, as one exact text:
/// <c>{"v":1,"ecdh":PKCS#8,"ecdsa":PKCS#8,"root":SHA-256(root card)}</c>. spec/keys.md §5.
/// </summary>
public sealed class MemberKeys : IDisposable
{
    private MemberKeys(ECDiffieHellman ecdh, ECDsa ecdsa, byte[] root)
    {
        Ecdh = ecdh;
        Ecdsa = ecdsa;
        Root = root;
    }

    /// <summary>Opens group keys.</summary>
    public ECDiffieHellman Ecdh { get; }

    /// <summary>Signs cards, grants and handovers.</summary>
    public ECDsa Ecdsa { get; }

    /// <summary>SHA-256 of the root card: every card and grant has to lead back to it.</summary>
    public byte[] Root { get; private set; }

    /// <summary>The public half of <see cref="Ecdh"/>.</summary>
    public byte[] EcdhPublic => Ecdh.ExportSubjectPublicKeyInfo();

    /// <summary>The public half of <see cref="Ecdsa"/>.</summary>
    public byte[] EcdsaPublic => Ecdsa.ExportSubjectPublicKeyInfo();

    /// <summary>A new member's fresh keys.</summary>
    /// <param name="root">SHA-256 of the root card of its organization.</param>
    public static MemberKeys Make(byte[] root) =>
        new(ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256), ECDsa.Create(ECCurve.NamedCurves.nistP256), root);

    /// <summary>A founding owner's fresh keys, pinned to the root card that is made of them.</summary>
    public static MemberKeys MakeRoot(Func<MemberKeys, Card> rootCard)
    {
        var keys = Make(new byte[SHA256.HashSizeInBytes]);
        keys.Root = SHA256.HashData(rootCard(keys).ToBytes());
        return keys;
    }

    /// <summary>Seals the keys under wrapKey or recoveryWrap.</summary>
    public byte[] Close(byte[] key, Id member)
    {
        var text = ToText();
        var blob = Seal.Close(key, SealPurpose.MemberKeys, member.ToBytes(), text);
        CryptographicOperations.ZeroMemory(text);
        return blob;
    }

    /// <summary>Opens a key blob; false whatever the reason.</summary>
    public static bool TryOpen(byte[] key, Id member, byte[] blob, [NotNullWhen(true)] out MemberKeys? keys)
    {
        keys = null;
        if (!Seal.TryOpen(key, SealPurpose.MemberKeys, member.ToBytes(), blob, out var text))
        {
            return false;
        }

        var parsed = TryParse(text, out keys);
        CryptographicOperations.ZeroMemory(text);
        return parsed;
    }

    /// <summary>Reads the exact text; false for any text written otherwise.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out MemberKeys? keys)
    {
        keys = null;
        ECDiffieHellman? ecdh = null;
        ECDsa? ecdsa = null;
        try
        {
            using var json = JsonDocument.Parse(text.ToArray());
            var members = json.RootElement;
            if (Base64Url.TryDecode(members.GetProperty("ecdh").GetString(), out var ecdhKey)
                && Base64Url.TryDecode(members.GetProperty("ecdsa").GetString(), out var ecdsaKey)
                && Base64Url.TryDecode(members.GetProperty("root").GetString(), out var root)
                && root.Length == SHA256.HashSizeInBytes
                && text.SequenceEqual(TextOf(ecdhKey, ecdsaKey, root)))
            {
                ecdh = ECDiffieHellman.Create();
                ecdh.ImportPkcs8PrivateKey(ecdhKey, out _);
                ecdsa = ECDsa.Create();
                ecdsa.ImportPkcs8PrivateKey(ecdsaKey, out _);
                if (IsP256(ecdh.ExportParameters(false)) && IsP256(ecdsa.ExportParameters(false)))
                {
                    keys = new MemberKeys(ecdh, ecdsa, root);
                }
            }
        }
        catch (Exception fault) when (fault is JsonException or CryptographicException or KeyNotFoundException or InvalidOperationException)
        {
            // Sealed by the member's own key, yet no key text: refused like anything else.
        }

        if (keys is null)
        {
            ecdh?.Dispose();
            ecdsa?.Dispose();
        }

        return keys is not null;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Ecdh.Dispose();
        Ecdsa.Dispose();
    }

    private byte[] ToText()
    {
        var ecdh = Ecdh.ExportPkcs8PrivateKey();
        var ecdsa = Ecdsa.ExportPkcs8PrivateKey();
        var text = TextOf(ecdh, ecdsa, Root);
        CryptographicOperations.ZeroMemory(ecdh);
        CryptographicOperations.ZeroMemory(ecdsa);
        return text;
    }

    private static byte[] TextOf(byte[] ecdh, byte[] ecdsa, byte[] root) => Encoding.UTF8.GetBytes(
        $$"""{"v":1,"ecdh":"{{Base64Url.Encode(ecdh)}}","ecdsa":"{{Base64Url.Encode(ecdsa)}}","root":"{{Base64Url.Encode(root)}}"}""");

    private static bool IsP256(ECParameters parameters) => parameters.Curve.Oid.Value == "1.2.840.10045.3.1.7";
}
