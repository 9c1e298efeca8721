using System.Collections;
using System.Net;
using Baton.Protocol.Wire;
using Baton.Server.Features.Audit;
using Baton.Server.Features.Breach;
using Baton.Server.Features.Handovers;
using Baton.Server.Features.History;
using Baton.Server.Features.Members;
using Baton.Server.Features.Moving;
using Baton.Server.Features.Organizations;
using Baton.Server.Features.Sessions;
using Baton.Server.Features.Vault;
using Baton.Server.Operations;
using Baton.Server.Security;
using Baton.Server.Storage;

namespace Baton.Server;

/// <summary>What the server is made of, in the order a request meets it.</summary>
internal static class BatonHost
{
    /// <summary>Runs until SIGTERM or Ctrl+C, or does one of the operator's commands. Exit code 2: it refused to start, and standard error says what to do.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case ["organization", .. var words]:
                return await OrganizationCommand.RunAsync(words, Console.Out, Console.Error, TimeProvider.System);
            case ["ledger", .. var words]:
                return await LedgerCommand.RunAsync(words, Console.Out, Console.Error);
            case ["migrate", .. var words]:
                return await MigrateCommand.RunAsync(words, Console.Out, Console.Error, TimeProvider.System);
            case ["recover", .. var words]:
                return await RecoverCommand.RunAsync(words, Console.Out, Console.Error, TimeProvider.System);
            case ["backup", .. var words]:
                return await BackupCommand.RunAsync(words, Console.Out, Console.Error, TimeProvider.System);
            case ["migrate-store", .. var words]:
                return await MigrateStoreCommand.RunAsync(words, Console.Out, Console.Error, TimeProvider.System);
            case ["restore", .. var words]:
                return await RestoreCommand.RunAsync(words, Console.Out, Console.Error, TimeProvider.System);
        }

        try
        {
            await using var app = Create(args);
            await app.StartAsync();
            Announce(app);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (RefusedToStartException refused)
        {
            await Console.Error.WriteLineAsync("baton-server does not start. " + refused.Message);
            return 2;
        }
    }

    /// <summary>As in the project file.</summary>
    public static string Version { get; } = typeof(BatonHost).Assembly.GetName().Version!.ToString(3);

    /// <param name="toDescribe">Able to make its own OpenAPI document; a server that only runs has it ready.</param>
    /// <exception cref="RefusedToStartException">The settings, or what is found in the data directory, forbid it.</exception>
    public static WebApplication Create(string[] args, TimeProvider? clock = null, bool toDescribe = false)
    {
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>();
        var settings = BatonOptions.Read(args, environment.Select(pair => KeyValuePair.Create((string)pair.Key, (string?)pair.Value ?? "")));

        Setting.ExpectFree("--listen", settings.Listen);
        if (settings.MetricsListen is { } metrics)
        {
            Setting.ExpectFree("--metrics-listen", metrics);
        }

        // An empty builder: no appsettings.json, no ASPNETCORE_ variables, nothing that is not written here.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "baton-server", EnvironmentName = Environments.Production });
        AddLog(builder.Logging, settings);
        AddListener(builder, settings, clock ?? TimeProvider.System);
        AddParts(builder.Services, settings, clock ?? TimeProvider.System);

        if (toDescribe)
        {
            builder.Services.AddApiDocument();
        }

        var app = builder.Build();
        try
        {
            Assemble(app, settings);
            return app;
        }
        catch
        {
            // What was opened is closed again: the lock on the data directory, the databases.
            ((IDisposable)app).Dispose();
            throw;
        }
    }

    private static void Assemble(WebApplication app, BatonOptions settings)
    {
        var data = app.Services.GetRequiredService<DataDirectory>();
        var named = LogRow.KeyOf(app.Services.GetRequiredService<Database>());
        LedgerKey.Succeed(data, named);
        if (named is not null)
        {
            KeyFile.Expect(data, ServerKey.FileName, LedgerKey.FileName);
        }

        foreach (var part in new[] { typeof(ServerKey), typeof(LedgerKey), typeof(Shares), typeof(Ledger), typeof(TimeAuthority) })
        {
            // Made now and not at the first request: whatever is wrong on disk is said before anything listens.
            app.Services.GetRequiredService(part);
        }

        app.UseSessions();
        app.Services.GetRequiredService<Installation>().Check().GetAwaiter().GetResult();
        app.Services.GetRequiredService<SetupCode>().Begin().GetAwaiter().GetResult();
        app.Services.GetRequiredService<LogStart>().Check().GetAwaiter().GetResult();

        var draining = app.Services.GetRequiredService<Draining>();
        if (settings.Drain > TimeSpan.Zero)
        {
            app.Use(next => context => draining.CloseConnections(context, next));
        }

        if (settings.IsWatched())
        {
            app.AddGauges();
            var telemetry = app.Services.GetRequiredService<Telemetry>();
            app.Use(next => context => telemetry.Watch(context, next));
        }

        app.UseMiddleware<Failures>();
        RequestOrigin.Believe(app, settings);
        app.Use(next => context =>
        {
            ResponseHeaders.Set(context);
            return next(context);
        });
        var limits = app.Services.GetRequiredService<RateLimits>();
        app.Use(next => context => limits.Request(context) is { } later ? later.ExecuteAsync(context) : next(context));
        app.UseMiddleware<SecureTransport>();
        var pages = app.Services.GetRequiredService<Pages>();
        app.Use(next => context => pages.Serve(context, next));
        app.UseRouting();
        app.UseMiddleware<Admission>();
        MapEndpoints(app);
        app.CheckThatAllHaveAccess();
    }

    private static void AddParts(IServiceCollection services, BatonOptions settings, TimeProvider clock)
    {
        services.AddSingleton(settings);
        services.AddSingleton(clock);
        services.AddSingleton<Draining>();
        services.AddSingleton<IHostLifetime>(provider => provider.GetRequiredService<Draining>());
        services.AddParts();
        services.AddWatch(settings);
        services.AddRoutingCore();
        services.ConfigureHttpJsonOptions(options =>
        {
            WireJson.Configure(options.SerializerOptions);

            // The schemas of the OpenAPI document go through these options too, and nest deeper than any request may.
            options.SerializerOptions.MaxDepth = 32;
        });
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.Configure<HostOptions>(options => options.ShutdownTimeout = settings.ShutdownGrace);
        services.AddSingleton(_ => new DataDirectory(settings.Data));
        services.AddSingleton(provider => new StorePlaces(provider.GetRequiredService<DataDirectory>().Path, settings.Database, settings.Shares));
        services.AddSingleton(provider => new Database(provider.GetRequiredService<StorePlaces>(), clock));
        services.AddSingleton(provider => new Shares(provider.GetRequiredService<StorePlaces>(), clock));
        services.AddHostedService<Vacuum>();
        services.AddHistory();
        services.AddHandovers();
        services.AddVault();
        services.AddBreach();
        services.AddSingleton<AuditStore>();
        services.AddSingleton<EntryList>();
        services.AddSingleton<NodeCount>();
        services.AddSingleton(provider => new HourlyBudgets(
            clock, provider.GetRequiredService<Database>().IsShared ? provider.GetRequiredService<BudgetStore>().Lease : null));
        services.AddSingleton<RateLimits>();
        services.AddSingleton<Policies>();
        services.AddSingleton<Trials>();
        services.AddSingleton<Pages>();
        services.AddSingleton<ServerKey>();
        services.AddSingleton<LedgerKey>();
        services.AddSessions();
        services.AddMembers();
        services.AddSingleton<SetupCode>();
        services.AddSingleton<OrganizationStore>();
        services.AddSingleton<PolicyStore>();
        services.AddSingleton<RetentionStore>();
        services.AddSingleton<Installation>();
        services.AddSingleton(new InstanceLimits(
            HandoverRules.SealedMax, settings.FileBytes, HandoverRules.FilesMax, HandoverRules.LifeMinSeconds, HandoverRules.LifeMaxSeconds));
    }

    private static void MapEndpoints(WebApplication app)
    {
        app.MapHealth();
        app.MapApiDocument();
        app.MapHandovers();
        app.MapAudit();
        app.MapVault();
        app.MapBreach();
        app.MapSetup();
        app.MapPolicy();
        app.MapRetention();
        app.MapSessions();
        app.MapMembers();
    }

    /// <summary>On standard output, and nowhere else: where it is, and the one-time set-up code while nobody owns it.</summary>
    private static void Announce(WebApplication app)
    {
        var settings = app.Services.GetRequiredService<BatonOptions>();
        var address = settings.PublicUrl?.GetLeftPart(UriPartial.Authority) ?? app.Urls.First().Replace("//127.0.0.1", "//localhost", StringComparison.Ordinal);
        Console.WriteLine($"Baton is at {address}");
        if (app.Services.GetRequiredService<SetupCode>().Show() is { } code)
        {
            Console.WriteLine($"Set-up code: {code}   (open {address}/setup and become its owner; a new code is made at each start until then)");
        }
    }

    private static void AddListener(WebApplicationBuilder builder, BatonOptions settings, TimeProvider clock)
    {
        builder.WebHost.UseKestrelCore();

        // A request is read, answered and sent on one thread of the pool, without a change of threads between each two of these.
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 * 1024;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.MaxRequestLineSize = 4 * 1024;
            kestrel.Limits.MaxConcurrentConnections = 20_000;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            var (url, certificate) = (settings.Listen, TlsCertificate.Of(settings, clock));
            if (url.Host == "localhost" && url.Port != 0)
            {
                kestrel.ListenLocalhost(url.Port, certificate.Use);
                return;
            }

            var address = url.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(url.Host.Trim('[', ']'));
            kestrel.Listen(address, url.Port, certificate.Use);
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
    }

    /// <summary>To standard error: standard output has the address and the set-up code only. No request log: paths hold ids.</summary>
    private static void AddLog(ILoggingBuilder logging, BatonOptions settings)
    {
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);

        // What a client does to its connection is no event of ours, and would let it fill the log.
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Critical);

        // It has nothing to tell that Failures does not, and while it could log anything each request gets an Activity, a scope and a context that flows.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (settings.JsonLog)
        {
            logging.AddJsonConsole(json => json.UseUtcTimestamp = true);
        }
        else
        {
            logging.AddSimpleConsole(text =>
            {
                text.SingleLine = true;
                text.UseUtcTimestamp = true;
                text.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
            });
        }
    }
}
