using System.Runtime.InteropServices;

namespace Baton.Cli.Import.Kdbx;

/// <summary>The variants that KeePass files use. The numbers are libargon2's.</summary>
internal enum Argon2Type
{
    D = 0,
    Id = 2,
}

/// <summary>
/// Argon2 by the reference implementation of its authors (Debian: libargon2-1). libsodium, which hashes the passwords of Baton
/// itself, has no Argon2d and no lanes; KeePass files have both. RFC 9106.
/// </summary>
internal static partial class LibArgon2
{
    private const string Library = "libargon2.so.1";

    /// <summary>The hash, 32 bytes.</summary>
    public static byte[] Hash(Argon2Type type, uint version, byte[] password, byte[] salt, uint memoryKiB, uint passes, uint lanes)
    {
        var output = new byte[32];
        try
        {
            var fault = Hash(
                passes, memoryKiB, lanes, password, (nuint)password.Length, salt, (nuint)salt.Length, output, (nuint)output.Length, 0, 0, type, version);
            return fault == 0 ? output : throw new CommandFailedException(ExitCode.Unexpected, $"Argon2 could not run with {memoryKiB >> 10} MiB of memory (code {fault}).");
        }
        catch (DllNotFoundException)
        {
            throw new CommandFailedException(ExitCode.Unexpected, "libargon2 is needed for KeePass files and was not found.", "apt-get install libargon2-1");
        }
    }

    [LibraryImport(Library, EntryPoint = "argon2_hash")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Hash(
        uint passes, uint memoryKiB, uint lanes, ReadOnlySpan<byte> password, nuint passwordLength, ReadOnlySpan<byte> salt, nuint saltLength,
        Span<byte> output, nuint outputLength, nint encoded, nuint encodedLength, Argon2Type type, uint version);
}
