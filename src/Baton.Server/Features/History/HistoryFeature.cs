using Baton.Server.Storage;

namespace Baton.Server.Features.History;

/// <summary>The parts of this feature; all live as long as the server.</summary>
internal static class HistoryFeature
{
    public static void AddHistory(this IServiceCollection services)
    {
        services.AddSingleton<LiveUpdates>();
        services.AddSingleton<Ledger>();
        services.AddSingleton<Lead>();
        services.AddHostedService(provider => provider.GetRequiredService<Lead>());
        services.AddSingleton<BudgetStore>();
        services.AddSingleton<NodeStore>();
        services.AddHostedService<Heartbeat>();
        services.AddSingleton<LogFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<LogFeed>());
        services.AddSingleton<LogStart>();
        services.AddSingleton<LogRound>();
        services.AddSingleton<Sequencer>();
        services.AddHostedService(provider => provider.GetRequiredService<Sequencer>());
        services.AddSingleton<StampStore>();
        services.AddSingleton<TimeAuthority>();
        services.AddSingleton<Stamper>();
        services.AddHostedService(provider => provider.GetRequiredService<Stamper>());
        services.AddSingleton<Checkup>();
        services.AddHostedService(provider => provider.GetRequiredService<Checkup>());
    }
}
