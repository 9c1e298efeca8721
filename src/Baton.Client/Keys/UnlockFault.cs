namespace Baton.Client.Keys;

/// <summary>Why a session's keys stay locked. All but the first three say that the server is not to be believed.</summary>
public enum UnlockFault
{
    None,

    /// <summary>The password is wrong, or the key blob is another's.</summary>
    Password,

    /// <summary>The invitation waits for its inviter: no card, no groups yet.</summary>
    Pending,

    /// <summary>A card that doesn't stand in the chain from the pinned root card.</summary>
    Roster,

    /// <summary>The roster is shorter than, or another than, the one seen before.</summary>
    OlderRoster,

    /// <summary>The member's own card is missing, removed, or names other keys than its own.</summary>
    OwnCard,

    /// <summary>A group's key that nobody who may grant has signed for this member.</summary>
    Grant,

    /// <summary>An older version of a group's key than the one seen before.</summary>
    OlderKey,

    /// <summary>Older keys of a group that don't follow from the newest.</summary>
    Chain,

    /// <summary>A group's name that isn't sealed under its key.</summary>
    GroupDetails,

    /// <summary>A policy that no owner or admin has signed.</summary>
    Policy,

    /// <summary>An older policy than the one seen before.</summary>
    OlderPolicy,
}
