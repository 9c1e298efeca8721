using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using Baton.Protocol.Signing;

namespace Baton.Protocol.Tests.Generator;

/// <summary>Everything that is random in the product and must be the same in every run of the generator.</summary>
internal static class Fixed
{
    /// <summary>Bytes that follow from a name.</summary>
    public static byte[] Bytes(string name, int length = 32) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, "baton vectors"u8.ToArray(), length, info: System.Text.Encoding.UTF8.GetBytes(name));

    public static Id Id(string name) => new(Bytes(name, 16));

    public static FixedKey Key(string name) => new(Bytes(name));
}

/// <summary>A P-256 key that signs deterministically (RFC 6979), so that signed vectors come out the same in every run.</summary>
internal sealed class FixedKey(byte[] scalar)
{
    private static readonly BigInteger Order = BigInteger.Parse(
        "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    public byte[] Public
    {
        get
        {
            using var key = Open();
            return key.ExportSubjectPublicKeyInfo();
        }
    }

    public ECDsa Open() => ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = scalar });

    public ECDiffieHellman OpenEcdh() => ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = scalar });

    public byte[] Sign(byte[] text)
    {
        var hash = Number(SHA256.HashData(text));
        var k = Nonce(Bytes(hash % Order));
        using var nonceKey = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = Bytes(k) });
        var r = Number(nonceKey.ExportParameters(false).Q.X!) % Order;
        var s = BigInteger.ModPow(k, Order - 2, Order) * (hash + (r * Number(scalar))) % Order;
        byte[] signature = [.. Bytes(r), .. Bytes(s)];
        return Signatures.Verify(Public, text, signature) ? signature : throw new InvalidOperationException("A signature of the generator does not verify.");
    }

    // RFC 6979 §3.2; a second round is needed with a probability of 2^-32 and refused here.
    private BigInteger Nonce(byte[] hash)
    {
        var v = Enumerable.Repeat((byte)1, 32).ToArray();
        var key = HMACSHA256.HashData(new byte[32], (byte[])[.. v, 0, .. scalar, .. hash]);
        v = HMACSHA256.HashData(key, v);
        key = HMACSHA256.HashData(key, (byte[])[.. v, 1, .. scalar, .. hash]);
        v = HMACSHA256.HashData(key, v);
        var k = Number(HMACSHA256.HashData(key, v));
        return k > 0 && k < Order ? k : throw new InvalidOperationException("Choose another name.");
    }

    private static BigInteger Number(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Bytes(BigInteger number)
    {
        var bytes = new byte[32];
        var digits = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        digits.CopyTo(bytes, 32 - digits.Length);
        return bytes;
    }
}
