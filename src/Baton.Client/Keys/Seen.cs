using Baton.Protocol;
using Baton.Protocol.Signing;

namespace Baton.Client.Keys;

/// <summary>
/// What a client keeps of earlier sessions, so that no server can lead it back: the roster's last card, the newest version of
/// each group's key, the policy's number. No secret is in it. spec/keys.md §6 and §9.
/// </summary>
public sealed record Seen(RosterHead Roster, IReadOnlyDictionary<Id, int> Versions, int Policy)
{
    /// <summary>Of somebody who was never here.</summary>
    public static Seen Nothing { get; } = new(default, new Dictionary<Id, int>(), 0);
}
