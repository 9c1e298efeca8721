using Baton.Protocol;

namespace Baton.Server.Security;

/// <summary>Who is asking. Only a live session makes one, and handlers get it as a parameter: <see cref="Admission"/> has put it there.</summary>
internal sealed class CurrentMember(
    Id session, Id member, Id organization, string name, Role role, IReadOnlyDictionary<Id, Right> rights, CancellationToken ended)
{
    public Id Session => session;

    public Id Member => member;

    public Id Organization => organization;

    public string Name => name;

    public Role Role => role;

    /// <summary>The groups of which the member holds the key, with the right on each.</summary>
    public IReadOnlyDictionary<Id, Right> Rights => rights;

    /// <summary>Accepted an invitation and waits for approval: <see cref="Role"/> is what it was invited as, and counts for nothing yet.</summary>
    public bool IsPending { get; init; }

    /// <summary>The session ends, or the member's role or rights change: long answers (live updates) end with it.</summary>
    public CancellationToken Ended => ended;

    public Right RightOn(Id group) => rights.GetValueOrDefault(group, Right.None);

    /// <summary>Parameter binding. There always is one under a member group; elsewhere asking for it is a bug.</summary>
    public static ValueTask<CurrentMember?> BindAsync(HttpContext context) => new(Of(context));

    public static CurrentMember Of(HttpContext context) =>
        context.Features.Get<CurrentMember>() ?? throw new InvalidOperationException("This endpoint is not in a member group.");
}
