namespace Baton.Server.Features.Members;

/// <summary>The parts of this feature; all live as long as the server.</summary>
internal static class MembersFeature
{
    public static void AddMembers(this IServiceCollection services)
    {
        services.AddSingleton<MemberStore>();
        services.AddSingleton<RosterStore>();
        services.AddSingleton<InvitationStore>();
        services.AddSingleton<JoiningStore>();
        services.AddSingleton<ApprovalStore>();
    }

    public static void MapMembers(this IEndpointRouteBuilder app)
    {
        app.MapPeople();
        app.MapRoster();
        app.MapInvitations();
        app.MapJoining();
    }
}
