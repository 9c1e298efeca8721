using System.Collections.Concurrent;
using Baton.Protocol;
using Baton.Server.Storage;

namespace Baton.Server.Security;

/// <summary>
/// Each organization's policy, in memory: handing over asks it every time. What is kept is never older than what is committed, because
/// the higher number wins, however a look-up and a new policy overlap. Where other nodes write too, nothing is kept. spec/keys.md §9.
/// </summary>
internal sealed class Policies(Database database)
{
    private readonly ConcurrentDictionary<Id, Kept> kept = new();

    /// <summary>The organization's policy; null while it has none, and then the server's own settings alone hold.</summary>
    public Policy? Of(Id organization) =>
        database.IsShared ? Read(organization) : kept.TryGetValue(organization, out var known) ? known.Policy : Keep(organization, Read(organization));

    /// <summary>A policy that has just been committed, or read.</summary>
    public Policy? Keep(Id organization, Policy? policy) => kept.AddOrUpdate(
        organization,
        static (_, read) => new Kept(read),
        static (_, known, read) => known.Number >= (read?.Number ?? 0) ? known : new Kept(read),
        policy).Policy;

    private Policy? Read(Id organization) => database.Read(connection =>
        connection.Scalar("SELECT text FROM policies WHERE organization = @organization", ("@organization", organization)) is string text && Policy.TryParse(text, out var policy)
            ? policy
            : null);

    private readonly record struct Kept(Policy? Policy)
    {
        public uint Number => Policy?.Number ?? 0;
    }
}
