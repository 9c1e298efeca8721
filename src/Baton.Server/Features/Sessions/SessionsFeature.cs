using Baton.Server.Features.History;
using Baton.Server.Security;

namespace Baton.Server.Features.Sessions;

/// <summary>The parts of this feature; all live as long as the server.</summary>
internal static class SessionsFeature
{
    public static void AddSessions(this IServiceCollection services)
    {
        services.AddSingleton<SessionStore>();
        services.AddSingleton<SessionLimits>();
        services.AddSingleton<PasswordProof>();
        services.AddSingleton<AccountStore>();
        services.AddSingleton<LiveSessions>();
        services.AddSingleton<SignInThrottle>();
        services.AddSingleton<SessionUpkeep>();
        services.AddHostedService(provider => provider.GetRequiredService<SessionUpkeep>());
        services.AddSingleton<FindMember>(provider => provider.GetRequiredService<LiveSessions>().Find);
        services.AddSingleton<OpenSession>(provider => (context, member) => provider.GetRequiredService<LiveSessions>().Open(context, member, proved: null));
        services.AddSingleton<ProvePassword>(provider => async (context, member, authKey) => (await provider.GetRequiredService<PasswordProof>().Check(context, member, authKey)).Refused);
    }

    /// <summary>From here on no change of a member goes unnoticed by its live sessions, whichever node made it.</summary>
    public static void UseSessions(this WebApplication app)
    {
        var (sessions, updates) = (app.Services.GetRequiredService<LiveSessions>(), app.Services.GetRequiredService<LiveUpdates>());
        app.Services.GetRequiredService<Ledger>().MemberAffected = sessions.Reload;
        app.Services.GetRequiredService<LogFeed>().ChangedElsewhere = organization => sessions.Recheck(updates.Listening(organization));
    }

    public static void MapSessions(this IEndpointRouteBuilder app)
    {
        app.MapSignIn();
        app.MapRecovery();
        app.MapAccount();
    }
}
