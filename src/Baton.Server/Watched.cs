using System.Diagnostics.Metrics;
using Baton.Server.Features.History;
using Baton.Server.Operations;
using Baton.Server.Storage;

namespace Baton.Server;

/// <summary>What is looked at from outside: the parts that readiness names, and the figures that only the parts themselves know.</summary>
internal static class Watched
{
    /// <summary>An entry gets its checkpoint within a second. This late, receipts and evidence wait.</summary>
    private static readonly TimeSpan LogLate = TimeSpan.FromSeconds(15);

    public static void AddParts(this IServiceCollection services)
    {
        Add("server", provider =>
        {
            var (draining, lifetime) = (provider.GetRequiredService<Draining>(), provider.GetRequiredService<IHostApplicationLifetime>());
            return () => draining.Began || lifetime.ApplicationStopping.IsCancellationRequested ? new Trouble("stopping", Stops: true) : null;
        });
        Add("database", provider =>
        {
            var database = provider.GetRequiredService<Database>();
            return () => database.Read(connection => connection.Scalar("SELECT 1")) is null ? new Trouble("gives no answer", Stops: true) : null;
        });
        Add("shares", provider =>
        {
            var shares = provider.GetRequiredService<Shares>();
            return () => shares.Find(default) is null ? null : new Trouble("gives wrong answers", Stops: true);
        });
        Add("log", provider =>
        {
            var (database, clock) = (provider.GetRequiredService<Database>(), provider.GetRequiredService<TimeProvider>());
            return () => Behind(database, clock) is var behind && behind > LogLate ? new Trouble("behind: entries wait for their checkpoint", Stops: false) : null;
        });
        Add("ledger", provider =>
        {
            var checkup = provider.GetRequiredService<Checkup>();
            return () => checkup.Progress.State == "damaged" || checkup.Progress.Damaged.Count > 0 ? new Trouble("was changed: run baton-server ledger check", Stops: false) : null;
        });
        Add("stamps", provider =>
        {
            var stamper = provider.GetRequiredService<Stamper>();
            return () => stamper.States().Any(state => state.Failure is not null) ? new Trouble("an authority does not stamp", Stops: false) : null;
        });

        void Add(string name, Func<IServiceProvider, Func<Trouble?>> look) => services.AddSingleton(provider => new Part(name, look(provider)));
    }

    /// <summary>Figures of the parts, asked for when somebody reads them.</summary>
    public static void AddGauges(this WebApplication app)
    {
        var telemetry = app.Services.GetRequiredService<Telemetry>();
        var (database, clock) = (app.Services.GetRequiredService<Database>(), app.Services.GetRequiredService<TimeProvider>());
        var (conditions, updates) = (app.Services.GetRequiredService<Conditions>(), app.Services.GetRequiredService<LiveUpdates>());
        var (checkup, ledger) = (app.Services.GetRequiredService<Checkup>(), app.Services.GetRequiredService<Ledger>());
        var lead = app.Services.GetRequiredService<Lead>();
        ledger.EntryWritten = entry => telemetry.Written(entry.Kind);
        ledger.Timed = took => telemetry.Wrote("main", took);
        app.Services.GetRequiredService<Shares>().Timed = took => telemetry.Wrote("shares", took);

        var meter = telemetry.Meter;
        meter.CreateObservableGauge("baton.part.up", () => Up(conditions), null, "1: the part does its work; 0: /healthz/ready says what is wrong");
        meter.CreateObservableGauge("baton.log.behind", () => Known(() => Behind(database, clock).TotalSeconds), "s", "Age of the oldest entry that no signed checkpoint covers");
        meter.CreateObservableGauge("baton.log.size", () => Known(() => Size(database)), null, "Entries in the newest log");
        meter.CreateObservableGauge("baton.ledger.damaged", () => checkup.Progress.Damaged.Count, null, "Entries of the newest log that are not what was logged");
        meter.CreateObservableGauge("baton.lead", () => lead.IsHeld ? 1 : 0, null, "1 on the node that runs the sequencer and the sweeps");
        meter.CreateObservableUpDownCounter("baton.live.streams", () => updates.Count, null, "Pages and terminals that listen for changes");
        meter.CreateObservableGauge("baton.build", () => new Measurement<int>(1, new KeyValuePair<string, object?>("version", BatonHost.Version)), null, "1, with the version that runs");
    }

    private static IEnumerable<Measurement<int>> Up(Conditions conditions)
    {
        var faults = conditions.Look().Select(reason => reason.Part).ToHashSet(StringComparer.Ordinal);
        return conditions.Names.Select(part => new Measurement<int>(faults.Contains(part) ? 0 : 1, new KeyValuePair<string, object?>("part", part)));
    }

    /// <summary>Age of the oldest entry that no signed checkpoint covers.</summary>
    private static TimeSpan Behind(Database database, TimeProvider clock) => database.ReadSnapshot(connection =>
    {
        var oldest = LogRow.Chain(connection.Query) is [.., var log] && log.Noted < log.Size
            ? connection.Scalar("SELECT time FROM ledger WHERE log = @log AND leaf_index = @first", ("@log", log.Number), ("@first", Math.Max(0, log.Noted)))
            : connection.Scalar("SELECT time FROM ledger WHERE leaf_index IS NULL ORDER BY id LIMIT 1");
        return oldest is long time ? TimeSpan.FromMilliseconds(Math.Max(0, clock.GetUtcNow().ToUnixTimeMilliseconds() - time)) : TimeSpan.Zero;
    });

    private static double Size(Database database) => database.Read(connection => LogRow.Chain(connection.Query) is [.., var log] ? log.Size : 0);

    /// <summary>A figure, or none while the database is out of reach.</summary>
    private static IEnumerable<Measurement<double>> Known(Func<double> figure)
    {
        try
        {
            return [new Measurement<double>(figure())];
        }
        catch (Exception failure) when (failure is System.Data.Common.DbException or IOException or StoreBusyException or StoreFailedException or ObjectDisposedException)
        {
            return [];
        }
    }
}
