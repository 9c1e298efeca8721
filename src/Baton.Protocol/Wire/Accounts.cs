namespace Baton.Protocol.Wire;

// What a member does with its own account. spec/api.md, "Members".

public sealed record ChangePassword(byte[] AuthKey, KdfParameters Parameters, byte[] NewAuthKey, byte[] KeyBlob);

public sealed record ChangeRecoveryKey(byte[] AuthKey, byte[] RecoveryAuth, byte[] RecoveryBlob);

public sealed record ChangeName(string Name);

/// <param name="Card">The member's own removal card.</param>
public sealed record DeleteAccount(byte[] AuthKey, byte[] Card, byte[] Signature);

public sealed record LiveSessionList(IReadOnlyList<LiveSession> Sessions);

/// <param name="Address">From where it signed in.</param>
public sealed record LiveSession(Id Session, long CreatedAt, long UsedAt, string? Address, string? UserAgent, bool Current);
