using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Web;
using Baton.Cli.Import;

namespace Baton.Cli.Vault;

/// <summary>The one-time code of this moment, out of an <c>otpauth://totp/</c> address. RFC 6238.</summary>
/// <param name="SecondsLeft">How long it is good for.</param>
internal sealed record TotpCode(string Digits, int SecondsLeft)
{
    /// <summary>False for an address that is none.</summary>
    public static bool TryMake(string? address, DateTimeOffset now, [NotNullWhen(true)] out TotpCode? code)
    {
        code = null;

        // The one form of the address: what leaves it is what an import would have refused.
        if (address is null || Totp.Normalize(address, "x") is not { } normal)
        {
            return false;
        }

        var query = HttpUtility.ParseQueryString(new Uri(normal).Query);
        var period = int.Parse(query["period"] ?? "30", CultureInfo.InvariantCulture);
        var digits = int.Parse(query["digits"] ?? "6", CultureInfo.InvariantCulture);
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, now.ToUnixTimeSeconds() / period);
        var key = Base32.Decode(query["secret"]!);
        var hash = query["algorithm"] switch
        {
            "SHA256" => HMACSHA256.HashData(key, counter),
            "SHA512" => HMACSHA512.HashData(key, counter),
            _ => Sha1(key, counter),
        };
        CryptographicOperations.ZeroMemory(key);
        var number = BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & 0x7FFF_FFFF;
        var modulus = (uint)Math.Pow(10, digits);
        code = new TotpCode((number % modulus).ToString("D" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), period - (int)(now.ToUnixTimeSeconds() % period));
        return true;
    }

    // What the sites that make seeds ask for: nothing of Baton's own rests on SHA-1.
    private static byte[] Sha1(byte[] key, byte[] text)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, key);
        mac.AppendData(text);
        return mac.GetHashAndReset();
    }
}
