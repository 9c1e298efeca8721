using System.Security.Cryptography;

namespace Baton.Cli.Import.Kdbx;

/// <summary>
/// How a KDBX file stretches its key: AES-KDF, Argon2d or Argon2id. A file names its own effort, so a file can ask for a
/// machine's whole memory: beyond the limits here it is refused before anything is computed.
/// https://keepass.info/help/kb/kdbx_4.html, "Argon2"; RFC 9106.
/// </summary>
internal sealed class KdbxKdf
{
    private const ulong MaxMemory = 1UL << 30;
    private const ulong MaxWork = 64UL << 30;
    private const ulong MaxLanes = 64;
    private const ulong MaxRounds = 1_000_000_000;

    private static readonly byte[] Aes3 = Convert.FromHexString("c9d9f39a628a4460bf740d08c18a4fea");
    private static readonly byte[] Aes4 = Convert.FromHexString("7c02bb8279a74ac0927d114a00648238");
    private static readonly byte[] Argon2D = Convert.FromHexString("ef636ddf8c29444b91f7a9a403e30a0c");
    private static readonly byte[] Argon2Id = Convert.FromHexString("9e298b1956db4773b23dfc3ec6f0a1e6");

    private readonly VariantDictionary parameters;
    private readonly Func<byte[], byte[]> stretch;

    private KdbxKdf(VariantDictionary parameters, Func<byte[], byte[]> stretch)
    {
        this.parameters = parameters;
        this.stretch = stretch;
    }

    /// <summary>What a version 4 header names.</summary>
    public static KdbxKdf Read(VariantDictionary parameters)
    {
        var id = parameters.Bytes("$UUID") ?? [];
        if (id.AsSpan().SequenceEqual(Aes3) || id.AsSpan().SequenceEqual(Aes4))
        {
            return OfAes(Salt(parameters), parameters.Number("R") ?? 0, parameters);
        }

        if (id.AsSpan().SequenceEqual(Argon2D) || id.AsSpan().SequenceEqual(Argon2Id))
        {
            return OfArgon2(parameters, id.AsSpan().SequenceEqual(Argon2D) ? Argon2Type.D : Argon2Type.Id);
        }

        throw new CommandFailedException(ExitCode.Input, "The file's key derivation is none that is known here.", "KeePassXC can save it with Argon2.");
    }

    /// <summary>AES-KDF: each half of the key encrypted over and over.</summary>
    public static KdbxKdf OfAes(byte[] seed, ulong rounds, VariantDictionary? parameters = null)
    {
        Check(rounds is > 0 and <= MaxRounds && seed.Length == 32, $"{rounds} rounds of AES");
        parameters ??= new VariantDictionary().With("$UUID", Aes3).With("R", rounds).With("S", seed);
        return new KdbxKdf(parameters, key => AesRounds(key, seed, rounds));
    }

    /// <summary>Argon2 for a new file.</summary>
    public static KdbxKdf OfArgon2(Argon2Type type, byte[] salt, ulong memory, ulong passes, uint lanes) => OfArgon2(
        new VariantDictionary()
            .With("$UUID", type == Argon2Type.D ? Argon2D : Argon2Id)
            .With("I", passes).With("M", memory).With("P", lanes).With("S", salt).With("V", 0x13U),
        type);

    public byte[] ToBytes() => parameters.ToBytes();

    /// <summary>The stretched key, 32 bytes.</summary>
    public byte[] Stretch(byte[] compositeKey) => stretch(compositeKey);

    private static KdbxKdf OfArgon2(VariantDictionary parameters, Argon2Type type)
    {
        var salt = Salt(parameters);
        var (memory, passes, lanes) = (parameters.Number("M") ?? 0, parameters.Number("I") ?? 0, parameters.Number("P") ?? 0);
        var version = parameters.Number("V") ?? 0x13;
        Check(
            memory is >= 8_192 and <= MaxMemory && lanes is >= 1 and <= MaxLanes && memory / 1024 >= 8 * lanes && passes >= 1 && passes <= MaxWork / memory,
            $"{memory >> 20} MiB of memory, {passes} times over, for Argon2");
        if (parameters.Bytes("K") is { Length: > 0 } || parameters.Bytes("A") is { Length: > 0 } || version is not (0x10 or 0x13) || salt.Length is < 8 or > 64)
        {
            throw new CommandFailedException(ExitCode.Input, "The file uses Argon2 in a way that is not known here.", "KeePassXC can save it anew.");
        }

        return new KdbxKdf(parameters, key => LibArgon2.Hash(type, (uint)version, key, salt, (uint)(memory / 1024), (uint)passes, (uint)lanes));
    }

    private static byte[] Salt(VariantDictionary parameters) => parameters.Bytes("S") ?? throw ByteSource.Damaged("its key derivation has no salt");

    private static void Check(bool within, string demand)
    {
        if (!within)
        {
            throw new CommandFailedException(
                ExitCode.Input, $"The file demands {demand} to open; that is not done here.", "If the file is yours, set a usual effort (Database settings, Security) in KeePassXC and save it again.");
        }
    }

    // AES-CBC over zeros with the block as its first vector is AES applied again and again to the block: at the speed of the machine's own AES.
    private static byte[] AesRounds(byte[] key, byte[] seed, ulong rounds)
    {
        using var aes = Aes.Create();
        aes.Key = seed;
        var zeros = new byte[65_536];
        var output = new byte[zeros.Length];
        var stretched = new byte[32];
        for (var half = 0; half < 2; half++)
        {
            var block = key[(16 * half)..(16 * (half + 1))];
            for (var left = rounds; left > 0;)
            {
                var count = (int)Math.Min(left, (ulong)(zeros.Length / 16));
                aes.EncryptCbc(zeros.AsSpan(0, 16 * count), block, output, PaddingMode.None);
                output.AsSpan(16 * (count - 1), 16).CopyTo(block);
                left -= (ulong)count;
            }

            block.CopyTo(stretched, 16 * half);
        }

        CryptographicOperations.ZeroMemory(output);
        return SHA256.HashData(stretched);
    }
}
