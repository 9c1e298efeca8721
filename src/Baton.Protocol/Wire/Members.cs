namespace Baton.Protocol.Wire;

// Set-up, sign-in, session and recovery. spec/api.md, "Anyone" and "Members".

public sealed record SignInParameters(string Email);

/// <summary>Argon2id parameters of a master password.</summary>
public sealed record KdfParameters(byte[] Salt, int MemoryKiB, int Passes, int Lanes);

public sealed record Registration(
    string Code, OrganizationName Organization, MemberName Member,
    KdfParameters Parameters, byte[] AuthKey, byte[] RecoveryAuth, byte[] KeyBlob, byte[] RecoveryBlob,
    byte[] Card, byte[] CardSignature, PersonalGroup Group);

public sealed record OrganizationName(Id Id, string Name);

public sealed record MemberName(Id Id, string Name, string Email);

public sealed record PersonalGroup(Id Id, byte[] Enc, byte[] Ciphertext, byte[] Signature);

public sealed record SignIn(string Email, byte[] AuthKey);

/// <param name="IdleSeconds">After this long without use the client locks itself.</param>
public sealed record Session(
    SessionMember Member, OrganizationName Organization, KdfParameters Parameters, byte[] KeyBlob,
    IReadOnlyList<MemberCard> Cards, IReadOnlyList<GroupGrant> Grants, int IdleSeconds);

/// <param name="Role">owner, admin, member or auditor.</param>
public sealed record SessionMember(Id Id, string Name, string Email, string Role);

public sealed record MemberCard(Id Member, byte[] Card, byte[] Signature);

/// <param name="Right">history, view, edit, share or manage.</param>
public sealed record GroupGrant(Id Group, int Version, string Right, bool Personal, byte[] Enc, byte[] Ciphertext, Id Granter, byte[] Signature);

public sealed record OpenRecovery(string Email, byte[] RecoveryAuth);

public sealed record RecoveryOpened(Id Member, byte[] RecoveryBlob);

public sealed record Recovery(
    string Email, byte[] RecoveryAuth, KdfParameters Parameters, byte[] AuthKey, byte[] NewRecoveryAuth, byte[] KeyBlob, byte[] RecoveryBlob);

public sealed record Instance(string Version, string Origin, bool SetUp, string LedgerKey, InstanceLimits Limits);

/// <param name="SealedBytes">Largest sealed content, bytes.</param>
/// <param name="FileBytes">Largest plaintext of all files of one handover together, bytes.</param>
public sealed record InstanceLimits(int SealedBytes, long FileBytes, int Files, long LifeMinSeconds, long LifeMaxSeconds);
