namespace Baton.Server.Features.Handovers;

/// <summary>The parts of this feature; all live as long as the server.</summary>
internal static class HandoversFeature
{
    public static void AddHandovers(this IServiceCollection services)
    {
        services.AddSingleton<LinkStore>();
        services.AddSingleton<Claims>();
        services.AddSingleton<Receipts>();
        services.AddSingleton<CreateStore>();
        services.AddSingleton<ChunkStore>();
        services.AddSingleton<HandoverStore>();
        services.AddSingleton<ChangeStore>();
        services.AddSingleton<EvidenceStore>();
        services.AddSingleton<Reports>();
        services.AddHostedService(provider => provider.GetRequiredService<Reports>());
        services.AddSingleton<Erasures>();
        services.AddHostedService<RetentionSweep>();
        services.AddSingleton<Endings>();
        services.AddSingleton<SweepStore>();
        services.AddSingleton<Sweep>();
        services.AddHostedService(provider => provider.GetRequiredService<Sweep>());
    }
}
