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
        services.AddSingleton<ProvePassword>(provider => (context, member, authKey) => provider.GetRequiredService<PasswordProof>().Check(context, member, authKey, out _));
    }

    /// <summary>From here on no change of a member goes unnoticed by its live sessions.</summary>
    public static void UseSessions(this WebApplication app) =>
        app.Services.GetRequiredService<Ledger>().MemberAffected = app.Services.GetRequiredService<LiveSessions>().Reload;

    public static void MapSessions(this IEndpointRouteBuilder app)
    {
        app.MapSignIn();
        app.MapRecovery();
        app.MapAccount();
    }
}
