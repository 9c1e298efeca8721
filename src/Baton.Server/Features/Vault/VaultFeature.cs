namespace Baton.Server.Features.Vault;

/// <summary>The parts of this feature; all live as long as the server.</summary>
internal static class VaultFeature
{
    public static void AddVault(this IServiceCollection services)
    {
        services.AddSingleton<GrantCheck>();
        services.AddSingleton<GroupStore>();
        services.AddSingleton<GrantStore>();
        services.AddSingleton<GroupRightsReader>();
        services.AddSingleton<EntryReader>();
        services.AddSingleton<EntryStore>();
        services.AddSingleton<AttachmentStore>();
        services.AddSingleton<Destruction>();
        services.AddSingleton<VaultSweep>();
        services.AddHostedService(provider => provider.GetRequiredService<VaultSweep>());
    }

    public static void MapVault(this IEndpointRouteBuilder app)
    {
        app.MapGroups();
        app.MapEntries();
        app.MapAttachments();
    }
}
