namespace Baton.Server.Features.Members;

/// <summary>The states of a member, as the column and the wire have them.</summary>
internal static class MemberState
{
    public const string Active = "active";
    public const string Suspended = "suspended";
    public const string Pending = "pending";
    public const string Removed = "removed";
}
