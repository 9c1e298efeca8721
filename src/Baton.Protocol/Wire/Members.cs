namespace Baton.Protocol.Wire;

// Set-up, sign-in, session and recovery. spec/api.md, "Anyone" and "Members".

public sealed record SignInParameters(string Email);

/// <summary>Argon2id parameters of a master password.</summary>
public sealed record KdfParameters(byte[] Salt, int MemoryKiB, int Passes, int Lanes);

/// <param name="Code">The one-time set-up code; absent at sign-up.</param>
public sealed record Registration(
    string? Code, OrganizationName Organization, MemberName Member,
    KdfParameters Parameters, byte[] AuthKey, byte[] RecoveryAuth, byte[] KeyBlob, byte[] RecoveryBlob,
    byte[] Card, byte[] CardSignature, PersonalGroup Group);

public sealed record OrganizationName(Id Id, string Name);

public sealed record MemberName(Id Id, string Name, string Email);

public sealed record PersonalGroup(Id Id, byte[] Enc, byte[] Ciphertext, byte[] Signature);

public sealed record SignIn(string Email, byte[] AuthKey);

/// <param name="Cards">The whole roster, in the order of seq.</param>
/// <param name="Policy">Absent while the organization has none.</param>
/// <param name="IdleSeconds">After this long without use the client locks itself.</param>
public sealed record Session(
    SessionMember Member, SessionOrganization Organization, KdfParameters Parameters, byte[] KeyBlob,
    IReadOnlyList<MemberCard> Cards, IReadOnlyList<SessionGroup> Groups, SignedPolicy? Policy, int IdleSeconds);

/// <param name="Role">owner, admin, member, auditor, or pending until an invitation is approved.</param>
/// <param name="State">active or pending.</param>
public sealed record SessionMember(Id Id, string Name, string Email, string Role, string State);

/// <param name="TrialEndsAt">Absent without a trial.</param>
/// <param name="ReadOnly">The trial is over: sign in, read, export.</param>
/// <param name="PersonalDays">Days after a handover's end that personal data is kept; 0: for ever.</param>
public sealed record SessionOrganization(Id Id, string Name, long? TrialEndsAt, bool ReadOnly, int PersonalDays = 0);

public sealed record MemberCard(Id Member, byte[] Card, byte[] Signature);

public sealed record OpenRecovery(string Email, byte[] RecoveryAuth);

public sealed record RecoveryOpened(Id Member, byte[] RecoveryBlob);

public sealed record Recovery(
    string Email, byte[] RecoveryAuth, KdfParameters Parameters, byte[] AuthKey, byte[] NewRecoveryAuth, byte[] KeyBlob, byte[] RecoveryBlob);

/// <param name="SignUp">open or closed.</param>
/// <param name="BreachCheck">Whether passwords can be held against known breaches here.</param>
public sealed record Instance(string Version, string Origin, bool SetUp, string SignUp, bool BreachCheck, string LedgerKey, InstanceLimits Limits);

/// <param name="SealedBytes">Largest sealed content, bytes.</param>
/// <param name="FileBytes">Largest plaintext of all files of one handover together, bytes.</param>
public sealed record InstanceLimits(int SealedBytes, long FileBytes, int Files, long LifeMinSeconds, long LifeMaxSeconds);
