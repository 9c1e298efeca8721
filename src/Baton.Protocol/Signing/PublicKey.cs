using System.Globalization;
using System.Numerics;

namespace Baton.Protocol.Signing;

/// <summary>
/// A P-256 public key on the wire: <c>prefix (26) || 04 || x (32) || y (32)</c>, 91 bytes; one encoding only. spec/keys.md.
/// </summary>
public static class PublicKey
{
    /// <summary>Bytes in a public key.</summary>
    public const int Size = 91;

    /// <summary>Bytes in its uncompressed point, the last of the key.</summary>
    public const int PointSize = 65;

    private static readonly byte[] Prefix = Convert.FromHexString("3059301306072a8648ce3d020106082a8648ce3d030107034200");

    private static readonly BigInteger Prime = Number("FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF");
    private static readonly BigInteger B = Number("5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B");

    /// <summary>
    /// Whether these bytes are a key: length, prefix, and a point on the curve. No library key is made,
    /// so it costs microseconds; P-256 has cofactor 1, so a point on the curve is a valid key.
    /// </summary>
    public static bool IsValid(ReadOnlySpan<byte> key) =>
        key.Length == Size && key.StartsWith(Prefix) && key[Prefix.Length] == 0x04 && IsOnCurve(key[^64..^32], key[^32..]);

    /// <summary>The 65 bytes of the point.</summary>
    public static byte[] Point(ReadOnlySpan<byte> key) => key[^PointSize..].ToArray();

    /// <summary>The key of an uncompressed point.</summary>
    public static byte[] FromPoint(ReadOnlySpan<byte> point) => [.. Prefix, .. point];

    private static bool IsOnCurve(ReadOnlySpan<byte> xBytes, ReadOnlySpan<byte> yBytes)
    {
        var x = new BigInteger(xBytes, isUnsigned: true, isBigEndian: true);
        var y = new BigInteger(yBytes, isUnsigned: true, isBigEndian: true);
        return x < Prime && y < Prime && (((y * y) - (((x * x) - 3) * x) - B) % Prime).IsZero;
    }

    private static BigInteger Number(string hex) => BigInteger.Parse("0" + hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
