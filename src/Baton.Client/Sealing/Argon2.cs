using System.Reflection;
using System.Runtime.InteropServices;

namespace Baton.Client.Sealing;

/// <summary>libsodium isn't on this machine. The message says how to install it.</summary>
public sealed class LibsodiumMissingException : Exception
{
    /// <summary>With the remedy.</summary>
    public LibsodiumMissingException()
        : base("libsodium is needed for passwords (Argon2id) and was not found. Install it: apt-get install libsodium23")
    {
    }
}

/// <summary>Argon2id, version 0x13, one lane, 32 bytes out (RFC 9106), by libsodium. Its salts have 16 bytes.</summary>
internal static partial class Argon2
{
    /// <summary>Bytes in a salt.</summary>
    public const int SaltSize = 16;

    private const string Library = "libsodium";
    private const int Argon2Id13 = 2;

    static Argon2() => NativeLibrary.SetDllImportResolver(typeof(Argon2).Assembly, Resolve);

    /// <summary>The hash.</summary>
    /// <exception cref="LibsodiumMissingException">libsodium is not installed.</exception>
    /// <exception cref="InvalidOperationException">The memory asked for is not there.</exception>
    public static byte[] Id(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int memoryKiB, int passes, int length = 32)
    {
        if (salt.Length != SaltSize)
        {
            throw new ArgumentException("A salt has 16 bytes.", nameof(salt));
        }

        var output = new byte[length];
        try
        {
            if (Initialize() < 0
                || Hash(output, (ulong)output.Length, password, (ulong)password.Length, salt, (ulong)passes, (nuint)memoryKiB * 1024, Argon2Id13) != 0)
            {
                throw new InvalidOperationException("Argon2id could not get its memory.");
            }
        }
        catch (DllNotFoundException)
        {
            throw new LibsodiumMissingException();
        }

        return output;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name == Library)
        {
            foreach (var candidate in (ReadOnlySpan<string>)["libsodium.so.23", "libsodium.so.26", "libsodium.23.dylib", "libsodium"])
            {
                if (NativeLibrary.TryLoad(candidate, assembly, path, out var handle))
                {
                    return handle;
                }
            }
        }

        return 0;
    }

    [LibraryImport(Library, EntryPoint = "sodium_init")]
    private static partial int Initialize();

    [LibraryImport(Library, EntryPoint = "crypto_pwhash")]
    private static partial int Hash(
        Span<byte> output, ulong outputLength, ReadOnlySpan<byte> password, ulong passwordLength, ReadOnlySpan<byte> salt,
        ulong passes, nuint memoryBytes, int algorithm);
}
