using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Baton.Cli.Import.Kdbx;

namespace Baton.Cli.Import.Bitwarden;

/// <summary>
/// A password-protected export of Bitwarden: the password stretched by PBKDF2 or Argon2id and spread by HKDF-Expand into a key
/// for AES-256-CBC and one for HMAC-SHA-256; a text is <c>2.iv|ciphertext|mac</c>.
/// https://bitwarden.com/help/encrypted-export/, https://bitwarden.com/help/bitwarden-security-white-paper/
/// </summary>
internal static class BitwardenLock
{
    private const long MaxIterations = 5_000_000;
    private const long MaxPasses = 64;
    private const long MaxMemoryMiB = 1024;

    /// <summary>The export inside, as plain JSON.</summary>
    public static byte[] Open(JsonElement export, string password)
    {
        var key = Stretch(export, password);
        var encryptionKey = HKDF.Expand(HashAlgorithmName.SHA256, key, 32, "enc"u8.ToArray());
        var macKey = HKDF.Expand(HashAlgorithmName.SHA256, key, 32, "mac"u8.ToArray());
        CryptographicOperations.ZeroMemory(key);
        if (!TryOpen(export.Text("encKeyValidation_DO_NOT_EDIT"), encryptionKey, macKey, out _))
        {
            throw new CommandFailedException(ExitCode.Input, "The password is not the one of this Bitwarden export.");
        }

        return TryOpen(export.Text("data"), encryptionKey, macKey, out var plain)
            ? plain
            : throw new CommandFailedException(ExitCode.Input, "The Bitwarden export is damaged: its content is not what was saved.", "Export it again.");
    }

    private static byte[] Stretch(JsonElement export, string password)
    {
        var salt = Encoding.UTF8.GetBytes(export.Text("salt") ?? "");
        var bytes = Encoding.UTF8.GetBytes(password);
        var (kind, iterations, memory, lanes) = (export.Number("kdfType"), export.Number("kdfIterations") ?? 0, export.Number("kdfMemory") ?? 0, export.Number("kdfParallelism") ?? 0);
        var stretched = kind switch
        {
            0 when iterations is > 0 and <= MaxIterations => Rfc2898DeriveBytes.Pbkdf2(bytes, salt, (int)iterations, HashAlgorithmName.SHA256, 32),
            1 when iterations is > 0 and <= MaxPasses && memory is >= 1 and <= MaxMemoryMiB && lanes is > 0 and <= 16 =>
                LibArgon2.Hash(Argon2Type.Id, 0x13, bytes, SHA256.HashData(salt), (uint)memory * 1024, (uint)iterations, (uint)lanes),
            _ => throw new CommandFailedException(
                ExitCode.Input, $"The Bitwarden export demands more to open than is done here, or is damaged (kind {kind}, {iterations} times, {memory} MiB).", "Export it again, with usual settings."),
        };
        CryptographicOperations.ZeroMemory(bytes);
        return stretched;
    }

    private static bool TryOpen(string? text, byte[] encryptionKey, byte[] macKey, out byte[] plain)
    {
        plain = [];
        if (text?.StartsWith("2.", StringComparison.Ordinal) != true || text[2..].Split('|') is not [var first, var second, var third]
            || !Base64.TryDecode(first, out var iv) || !Base64.TryDecode(second, out var ciphertext) || !Base64.TryDecode(third, out var mac)
            || iv.Length != 16 || !CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(macKey, (byte[])[.. iv, .. ciphertext]), mac))
        {
            return false;
        }

        using var aes = Aes.Create();
        aes.Key = encryptionKey;
        try
        {
            plain = aes.DecryptCbc(ciphertext, iv);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
