using System.Collections.Concurrent;
using Baton.Protocol;
using Baton.Server.Storage;

namespace Baton.Server.Security;

/// <summary>
/// When each organization's trial ends, in memory. A trial only ever gets longer, also by another process (`baton-server organization
/// extend`) or node: so only what looks over is looked up again. spec/api.md, <c>trial-over</c>.
/// </summary>
internal sealed class Trials(Database database, TimeProvider clock)
{
    private readonly ConcurrentDictionary<Id, long> ends = new();

    public bool IsOver(Id organization)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return (!ends.TryGetValue(organization, out var end) || end <= now) && Read(organization) <= now;
    }

    private long Read(Id organization) => ends[organization] = database.Read(connection =>
        connection.Scalar("SELECT trial_ends FROM organizations WHERE id = @organization", ("@organization", organization)) as long? ?? long.MaxValue);
}
