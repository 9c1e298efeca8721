using System.Runtime.CompilerServices;

namespace Baton.Server.Operations;

/// <summary>What watches the server, as far as the settings ask for it; without them nothing of it is made.</summary>
internal static class WatchFeature
{
    public static bool IsWatched(this BatonOptions settings) => settings.MetricsListen is not null || settings.Otlp is not null;

    public static void AddWatch(this IServiceCollection services, BatonOptions settings)
    {
        services.AddSingleton<Conditions>();
        if (!settings.IsWatched())
        {
            return;
        }

        services.AddSingleton<Telemetry>();
        if (settings.Otlp is not null)
        {
            AddOtlp(services);
        }

        if (settings.MetricsListen is not null)
        {
            services.AddSingleton<Metrics>();
            services.AddSingleton<MetricsListener>();
            services.AddHostedService(provider => provider.GetRequiredService<MetricsListener>());
        }
    }

    /// <summary>Its own method: compiling one that names the type could load OpenTelemetry.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddOtlp(IServiceCollection services) => services.AddHostedService<Otlp>();
}
