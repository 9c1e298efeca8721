using Baton.Protocol.Wire;

namespace Baton.Server.Security;

/// <summary>The form of what set-up, joining, recovery and a new password bring: the server can't tell a good key from a bad one, but it can tell a key from none.</summary>
internal static class NewCredentials
{
    /// <summary>Sealed member keys: 48 bytes of overhead around two PKCS#8 keys in JSON.</summary>
    private const int BlobLeast = 200, BlobMost = 4096;

    /// <summary>What is wrong with a new account's or a recovered one's, or null.</summary>
    public static ProblemResult? Fault(KdfParameters parameters, byte[] authKey, byte[] recoveryAuth, byte[] keyBlob, byte[] recoveryBlob) =>
        PasswordFault(parameters, authKey, keyBlob) ?? RecoveryFault(recoveryAuth, recoveryBlob);

    /// <summary>What is wrong with a new password's, or null.</summary>
    public static ProblemResult? PasswordFault(KdfParameters parameters, byte[] authKey, byte[] keyBlob, string authKeyName = "authKey") =>
        parameters is not { Salt.Length: 16, MemoryKiB: >= 65_536 and <= 262_144, Passes: >= 2 and <= 4, Lanes: 1 } ? Problems.Invalid("parameters", "are not those of spec/keys.md §4")
        : authKey.Length != Verifier.KeySize ? Problems.Invalid(authKeyName, "is not 32 bytes")
        : keyBlob.Length is < BlobLeast or > BlobMost ? Problems.Invalid("keyBlob", "is not as long as sealed member keys are")
        : null;

    /// <summary>What is wrong with a new recovery key's, or null.</summary>
    public static ProblemResult? RecoveryFault(byte[] recoveryAuth, byte[] recoveryBlob) =>
        recoveryAuth.Length != Verifier.KeySize ? Problems.Invalid("recoveryAuth", "is not 32 bytes")
        : recoveryBlob.Length is < BlobLeast or > BlobMost ? Problems.Invalid("recoveryBlob", "is not as long as sealed member keys are")
        : null;
}
