using System.Security.Cryptography;

namespace Baton.Cli.Import.Kdbx;

/// <summary>What a KDBX file's content is encrypted with: AES-256 in CBC mode, or ChaCha20 (RFC 8439).</summary>
/// <param name="Id">As the header names it.</param>
internal sealed record KdbxCipher(byte[] Id)
{
    public static readonly KdbxCipher Aes256 = new(Convert.FromHexString("31c1f2e6bf714350be5805216afc5aff"));
    public static readonly KdbxCipher ChaCha20 = new(Convert.FromHexString("d6038a2b8b6f4cb5a524339a31dbb59a"));

    private static readonly byte[] Twofish = Convert.FromHexString("ad68f29f576f4bb9a36ad47af965346c");

    public int NonceSize => ReferenceEquals(this, Aes256) ? 16 : 12;

    public static KdbxCipher Of(ReadOnlySpan<byte> id) =>
        id.SequenceEqual(Aes256.Id) ? Aes256
        : id.SequenceEqual(ChaCha20.Id) ? ChaCha20
        : throw new CommandFailedException(
            ExitCode.Input, $"The file is encrypted with {(id.SequenceEqual(Twofish) ? "Twofish" : "a cipher")} that is not read here.", "KeePassXC saves it with AES or ChaCha20 (Database settings, Security).");

    /// <summary>The plaintext; false for what can't be one.</summary>
    public bool TryDecrypt(byte[] key, byte[] nonce, byte[] ciphertext, out byte[] plaintext)
    {
        plaintext = [];
        if (nonce.Length != NonceSize)
        {
            return false;
        }

        if (ReferenceEquals(this, ChaCha20))
        {
            plaintext = KeyStream.ChaCha20(key, nonce).Apply(ciphertext);
            return true;
        }

        try
        {
            using var aes = Aes.Create();
            aes.Key = key;
            plaintext = aes.DecryptCbc(ciphertext, nonce);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    public byte[] Encrypt(byte[] key, byte[] nonce, byte[] plaintext)
    {
        if (ReferenceEquals(this, ChaCha20))
        {
            return KeyStream.ChaCha20(key, nonce).Apply(plaintext);
        }

        using var aes = Aes.Create();
        aes.Key = key;
        return aes.EncryptCbc(plaintext, nonce);
    }
}
