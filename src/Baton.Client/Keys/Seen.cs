using Baton.Protocol;
using Baton.Protocol.Signing;

namespace Baton.Client.Keys;

/// <summary>
/// What a client keeps of earlier sessions, so that no server can lead it back: the roster's last card, the newest version of
/// each group's key, the policy's number, and the newest revision of each entry that has more than one. No secret is in it.
/// spec/keys.md §6 and §9, spec/vault.md §3.
/// </summary>
public sealed record Seen(RosterHead Roster, IReadOnlyDictionary<Id, int> Versions, int Policy, IReadOnlyDictionary<Id, long> Revisions)
{
    /// <summary>Of somebody who was never here.</summary>
    public static Seen Nothing { get; } = new(default, new Dictionary<Id, int>(), 0, new Dictionary<Id, long>());
}
