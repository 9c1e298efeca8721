using Baton.Protocol;
using Baton.Server.Security;

namespace Baton.Server.Features.Sessions;

/// <summary>How long sessions live, in milliseconds: the lower of the server's settings and the organization's policy.</summary>
internal sealed class SessionLimits(BatonOptions settings, Policies policies)
{
    /// <summary>The server's own.</summary>
    public (long Idle, long Life) Most { get; } = ((long)settings.SessionIdle.TotalMilliseconds, (long)settings.SessionLife.TotalMilliseconds);

    public (long Idle, long Life) Of(Id organization) => policies.Of(organization) is { } policy
        ? (Math.Min(Most.Idle, policy.Idle * 1000), Math.Min(Most.Life, policy.Session * 1000))
        : Most;

    /// <summary>The same of a policy's times.</summary>
    public (long Idle, long Life) Of(long? idle, long? life) => (Math.Min(Most.Idle, idle ?? long.MaxValue), Math.Min(Most.Life, life ?? long.MaxValue));

    public bool IsOver(Id organization, long createdAt, long usedAt, long now) => IsOver(Of(organization), createdAt, usedAt, now);

    public static bool IsOver((long Idle, long Life) limits, long createdAt, long usedAt, long now) =>
        now - usedAt >= limits.Idle || now - createdAt >= limits.Life;
}
