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

    public bool IsOver(Id organization, long createdAt, long usedAt, long now)
    {
        var (idle, life) = Of(organization);
        return now - usedAt >= idle || now - createdAt >= life;
    }
}
