using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Baton.Client.Sealing;
using Baton.Protocol.Encoding;
using Baton.Protocol.Wire;

namespace Baton.Client.Keys;

/// <summary>What comes out of a master password: authKey goes to the server, wrapKey never leaves. spec/keys.md §4 and §5.</summary>
public sealed class MasterPassword : IDisposable
{
    private const int MinMemoryKiB = 65_536;
    private const int MaxMemoryKiB = 262_144;

    private MasterPassword(byte[] masterKey)
    {
        AuthKey = Derive.Key(masterKey, [], DerivePurpose.SignIn);
        WrapKey = Derive.Key(masterKey, [], DerivePurpose.Wrap);
        CryptographicOperations.ZeroMemory(masterKey);
    }

    /// <summary>Proves the password to the server.</summary>
    public byte[] AuthKey { get; }

    /// <summary>Opens the member's keys.</summary>
    public byte[] WrapKey { get; }

    /// <summary>Whether a client may work with what the server names: nothing weaker, nothing that takes minutes.</summary>
    public static bool Accepts(KdfParameters parameters) =>
        parameters is { MemoryKiB: >= MinMemoryKiB and <= MaxMemoryKiB, Passes: >= 2 and <= 4, Lanes: 1, Salt.Length: Argon2.SaltSize };

    /// <summary>What a new password starts with, at the salt that the server gave for the e-mail, or a fresh one.</summary>
    public static KdfParameters NewParameters(byte[]? salt = null) =>
        new(salt ?? RandomNumberGenerator.GetBytes(Argon2.SaltSize), MinMemoryKiB, 2, 1);

    /// <summary>Stretches the password (about 0.2 s); false where the parameters are refused.</summary>
    public static bool TryStretch(string password, KdfParameters parameters, [NotNullWhen(true)] out MasterPassword? stretched)
    {
        stretched = null;
        if (!Accepts(parameters))
        {
            return false;
        }

        var bytes = Encoding.UTF8.GetBytes(Text.ToNfkc(password));
        stretched = new MasterPassword(Argon2.Id(bytes, parameters.Salt, parameters.MemoryKiB, parameters.Passes));
        CryptographicOperations.ZeroMemory(bytes);
        return true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(AuthKey);
        CryptographicOperations.ZeroMemory(WrapKey);
    }
}

/// <summary>The key that is printed once and opens the member's keys when the password is lost. spec/keys.md §5.</summary>
public sealed class RecoveryKey : IDisposable
{
    private readonly byte[] key;

    private RecoveryKey(byte[] key)
    {
        this.key = key;
        Auth = Derive.Key(key, [], DerivePurpose.RecoveryAuth);
        Wrap = Derive.Key(key, [], DerivePurpose.RecoveryWrap);
    }

    /// <summary>Proves the key to the server.</summary>
    public byte[] Auth { get; }

    /// <summary>Opens the member's keys.</summary>
    public byte[] Wrap { get; }

    /// <summary>A fresh one.</summary>
    public static RecoveryKey Make() => new(RandomNumberGenerator.GetBytes(32));

    /// <summary>The key of its printed code.</summary>
    public static bool TryParse(string code, [NotNullWhen(true)] out RecoveryKey? recovery, out CodeFault fault)
    {
        recovery = Code.TryDecode(code, CodeKind.Recovery, out var key, out fault) ? new RecoveryKey(key) : null;
        return recovery is not null;
    }

    /// <summary>To print: groups of four.</summary>
    public string ToCode() => string.Join('-', Code.Encode(CodeKind.Recovery, key).Chunk(4).Select(four => new string(four)));

    /// <inheritdoc />
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(key);
        CryptographicOperations.ZeroMemory(Auth);
        CryptographicOperations.ZeroMemory(Wrap);
    }
}
