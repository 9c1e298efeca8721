using System.Net;
using Baton.Server.Storage;

namespace Baton.Server;

/// <summary>All that can be set. Every setting is in <see cref="Settings"/>, nothing else configures the server: no file, no ASPNETCORE_ variable.</summary>
internal sealed class BatonOptions
{
    private readonly StoreSettings stores = new();

    public string Data { get; private set; } = "";

    /// <summary>Both stores on PostgreSQL; null where they are files in <see cref="Data"/>.</summary>
    public PostgresTarget? Database { get; private set; }
    public PostgresTarget? Shares { get; private set; }
    public string? Pages { get; private set; }
    public Uri Listen { get; private set; } = new("http://127.0.0.1:8080");
    public Uri? PublicUrl { get; private set; }
    public IReadOnlyList<IPNetwork> TrustedProxies { get; private set; } = [];
    public bool SelfSigned { get; private set; }
    public string? Certificate { get; private set; }
    public string? CertificateKey { get; private set; }
    public bool JsonLog { get; private set; }
    public TimeSpan ShutdownGrace { get; private set; }
    public TimeSpan Drain { get; private set; }

    /// <summary>Where metrics are read, and where they and traces are sent; null: nowhere.</summary>
    public Uri? MetricsListen { get; private set; }
    public Uri? Otlp { get; private set; }
    public TimeSpan SessionIdle { get; private set; }
    public TimeSpan SessionLife { get; private set; }

    /// <summary>Whether anyone may make an organization here.</summary>
    public bool SignUpOpen { get; private set; }

    /// <summary>How long an organization made by sign-up may be used; zero: for ever.</summary>
    public TimeSpan Trial { get; private set; }

    /// <summary>Plaintext of all files of one handover together, bytes.</summary>
    public long FileBytes { get; private set; }

    /// <summary>Sealed entries, revisions and attachments of one organization together; 0 is no limit.</summary>
    public long VaultBytes { get; private set; }

    /// <summary>Whether passwords may be held against known breaches, and where their ranges are asked for.</summary>
    public bool BreachCheck { get; private set; }
    public Uri BreachCheckUrl { get; private set; } = new("https://api.pwnedpasswords.com/range/");

    /// <summary>Whether anybody may read checkpoints and hashes.</summary>
    public bool PublishLedger { get; private set; }

    /// <summary>Who stamps the ledger's checkpoints, how often, and the PEM file of the roots under which their certificates stand.</summary>
    public IReadOnlyList<Uri> TimeStampAuthorities { get; private set; } = [];
    public TimeSpan TimeStampInterval { get; private set; }
    public string? TimeStampRoots { get; private set; }

    /// <summary>Limits below: 0 is no limit.</summary>
    public int RequestsPerMinute { get; private set; }
    public int LinkRequestsPerMinute { get; private set; }
    public int SignInFailuresPerHour { get; private set; }
    public int SignInFailuresPerHourAddress { get; private set; }
    public int HandoversPerHour { get; private set; }
    public int HandoversPerHourOrganization { get; private set; }

    public bool Tls => SelfSigned || Certificate is not null;

    /// <summary>The name this installation goes by at its first start: in the ledger's name and a self-signed certificate.</summary>
    public string Host => PublicUrl?.Host ?? (IPAddress.TryParse(Listen.Host.Trim('[', ']'), out var address) && address is { } a && (a.Equals(IPAddress.Any) || a.Equals(IPAddress.IPv6Any))
        ? Environment.MachineName
        : Listen.Host);

    /// <summary>The table: command line, environment, documentation and tests come from it.</summary>
    public static IReadOnlyList<Setting> Settings { get; } =
    [
        new("data", "directory", "data", "where everything is kept",
            (o, v) => (o.Data = v).Length > 0),
        new("pages", "directory", "", "the built pages; without it, those in the program",
            (o, v) => (o.Pages = v).Length > 0),
        new("listen", "URL", "http://127.0.0.1:8080", "address and port to listen on; port 0 takes a free one",
            (o, v) => Setting.TryParseOrigin(v, out var url) && (o.Listen = url!) is not null),
        new("public-url", "URL", "", "the https address that people type, when it is not the one listened on",
            (o, v) => Setting.TryParseOrigin(v, out var url) && (o.PublicUrl = url!) is not null),
        new("trusted-proxy", "address or network, several with commas", "", "the reverse proxies whose X-Forwarded-For and X-Forwarded-Proto are believed",
            (o, v) => TryParseNetworks(v, out var networks) && (o.TrustedProxies = networks) is not null),
        new("tls", "`self-signed`", "", "https with a certificate made here: for a trial, browsers warn",
            (o, v) => o.SelfSigned = v == "self-signed"),
        new("certificate", "PEM file", "", "https with this certificate (and its chain); read again when it changes",
            (o, v) => (o.Certificate = v).Length > 0),
        new("certificate-key", "PEM file", "", "the certificate's private key",
            (o, v) => (o.CertificateKey = v).Length > 0),
        new("database", "connection string", "", "the main database on PostgreSQL; without it, SQLite in the data directory",
            (o, v) => (o.stores.Database = v).Length > 0),
        new("database-file", "file", "", "the same, read from a file of the server's own: no password in a process list",
            (o, v) => (o.stores.DatabaseFile = v).Length > 0),
        new("shares", "connection string", "", "the share store on PostgreSQL: another database, best on another server, in no backup",
            (o, v) => (o.stores.Shares = v).Length > 0),
        new("shares-file", "file", "", "the same, read from a file of the server's own",
            (o, v) => (o.stores.SharesFile = v).Length > 0),
        new("database-connections", "count", "24", "connections of this server to each of the two; half of them write",
            (o, v) => Count(v, 2, 1000, c => o.stores.Connections = (int)c)),
        new("statement-timeout", "duration", "10s", "no statement of this server takes PostgreSQL longer",
            (o, v) => Duration(v, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), d => o.stores.StatementTimeout = d)),
        new("log", "`text` or `json`", "text", "how the log is written to standard error",
            (o, v) => (o.JsonLog = v == "json") || v == "text"),
        new("shutdown-grace", "duration", "20s", "how long requests under way may take to end after SIGTERM",
            (o, v) => Duration(v, TimeSpan.Zero, TimeSpan.FromMinutes(10), d => o.ShutdownGrace = d)),
        new("drain", "duration", "0s", "after SIGTERM, how long readiness says `stopping` while everything is still served; for several nodes behind a balancer",
            (o, v) => Duration(v, TimeSpan.Zero, TimeSpan.FromMinutes(10), d => o.Drain = d)),
        new("metrics-listen", "http URL of a number or localhost", "", "address and port where `/metrics` is read, apart from `--listen`; without it, nowhere",
            (o, v) => Setting.TryParseOrigin(v, out var url) && url!.Scheme == Uri.UriSchemeHttp && (url.HostNameType != UriHostNameType.Dns || url.Host == "localhost") && (o.MetricsListen = url) is not null),
        new("otlp", "URL", "", "the OpenTelemetry collector that gets metrics and traces, by OTLP over HTTP; without it, nobody",
            (o, v) => Setting.TryParseOrigin(v, out var url) && (o.Otlp = url) is not null),
        new("session-idle", "duration", "30m", "a session ends after this long without use, and the app locks itself",
            (o, v) => Duration(v, TimeSpan.FromMinutes(1), TimeSpan.FromDays(7), d => o.SessionIdle = d)),
        new("session-life", "duration", "12h", "a session ends this long after sign-in",
            (o, v) => Duration(v, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30), d => o.SessionLife = d)),
        new("sign-up", "`closed` or `open`", "closed", "whether anyone may make an organization here; closed: by set-up code and invitation only",
            (o, v) => (o.SignUpOpen = v == "open") || v == "closed"),
        new("trial-days", "count, 0: no trial", "30", "days after which an organization made by open sign-up becomes read only",
            (o, v) => Count(v, 0, 3650, c => o.Trial = TimeSpan.FromDays(c))),
        new("file-bytes", "bytes", "33554432", "files of one handover together, and one attachment in the vault; at most 256 MiB",
            (o, v) => Count(v, 0, 256L << 20, c => o.FileBytes = c)),
        new("vault-bytes", "bytes, 0: no limit", "10737418240", "entries, their revisions and attachments of one organization together, sealed",
            (o, v) => Count(v, 0, long.MaxValue / 2, c => o.VaultBytes = c)),
        new("breach-check", "`off` or `on`", "off", "whether members may have passwords looked up among those of known breaches",
            (o, v) => (o.BreachCheck = v == "on") || v == "off"),
        new("breach-check-url", "URL that ends with `/`", "https://api.pwnedpasswords.com/range/", "who is asked: it gets five hexadecimal digits of a hash and nothing else",
            (o, v) => Setting.TryParseFolder(v, out var url) && (o.BreachCheckUrl = url!) is not null),
        new("publish-ledger", "`off` or `on`", "off", "whether anybody may read the ledger's checkpoint and hash tiles at /ledger/; never its entries",
            (o, v) => (o.PublishLedger = v == "on") || v == "off"),
        new("timestamp-authority", "URL, several with commas", "", "the time stamping authorities (RFC 3161) that are asked to stamp the ledger's checkpoints",
            (o, v) => TryParseAuthorities(v, out var authorities) && (o.TimeStampAuthorities = authorities) is not null),
        new("timestamp-interval", "duration", "24h", "how often each authority is asked, when the ledger has grown",
            (o, v) => Duration(v, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30), d => o.TimeStampInterval = d)),
        new("timestamp-roots", "PEM file", "", "the root certificates of the authorities: a time stamp that leads to none of them is not kept",
            (o, v) => (o.TimeStampRoots = v).Length > 0),
        new("requests-per-minute", "count, 0: no limit", "1200", "requests of one address (IPv6: one /64)",
            (o, v) => Limit(v, c => o.RequestsPerMinute = c)),
        new("link-requests-per-minute", "count, 0: no limit", "120", "openings of links (lookup, claim, displayed, receipt) by one address",
            (o, v) => Limit(v, c => o.LinkRequestsPerMinute = c)),
        new("sign-in-failures-per-hour", "count, 0: no limit", "20", "wrong passwords for one account; each browser that once signed in has a budget of its own",
            (o, v) => Limit(v, c => o.SignInFailuresPerHour = c)),
        new("sign-in-failures-per-hour-address", "count, 0: no limit", "60", "wrong passwords, recovery keys and set-up codes from one address",
            (o, v) => Limit(v, c => o.SignInFailuresPerHourAddress = c)),
        new("handovers-per-hour", "count, 0: no limit", "200", "handovers made by one member",
            (o, v) => Limit(v, c => o.HandoversPerHour = c)),
        new("handovers-per-hour-organization", "count, 0: no limit", "2000", "handovers made by one organization",
            (o, v) => Limit(v, c => o.HandoversPerHourOrganization = c)),
    ];

    /// <exception cref="RefusedToStartException">An option that is not one, or a value that its setting does not take.</exception>
    public static BatonOptions Read(IReadOnlyList<string> args, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var options = new BatonOptions();
        foreach (var setting in Settings.Where(setting => setting.Default.Length > 0))
        {
            setting.Set(options, setting.Default);
        }

        foreach (var (name, value) in environment.Where(variable => variable.Key.StartsWith("BATON_", StringComparison.Ordinal)))
        {
            Take(options, Settings.FirstOrDefault(setting => setting.Variable == name), name, value);
        }

        for (var i = 0; i < args.Count; i++)
        {
            var equals = args[i].IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? args[i] : args[i][..equals];
            var setting = Settings.FirstOrDefault(setting => setting.Option == name);
            if (setting is not null && equals < 0 && i + 1 == args.Count)
            {
                throw new RefusedToStartException($"{name} has no value.", $"Write {name} followed by {setting.Unit}.");
            }

            Take(options, setting, name, equals >= 0 ? args[i][(equals + 1)..] : setting is null ? "" : args[++i]);
        }

        (options.Database, options.Shares) = options.stores.Find();
        options.CheckWhereItListens();
        options.CheckWhoStamps();
        return options;
    }

    private static void Take(BatonOptions options, Setting? setting, string name, string value)
    {
        if (setting is null)
        {
            var environment = name.StartsWith("BATON_", StringComparison.Ordinal);
            var known = string.Join(' ', Settings.Select(setting => environment ? setting.Variable : setting.Option));
            throw new RefusedToStartException(
                $"{name} is not a setting of baton-server.",
                environment ? $"Unset {name}, or use one of: {known}" : $"Leave {name} out, or use one of: {known}");
        }

        if (!setting.Set(options, value))
        {
            throw new RefusedToStartException($"{name} can't be '{value}'.", $"Give {setting.Unit}{(setting.Default.Length > 0 ? $", for example {name} {setting.Default}" : "")}.");
        }
    }

    /// <summary>Browsers have no WebCrypto on plain http except on this machine, so nothing else is served in the clear.</summary>
    private void CheckWhereItListens()
    {
        if (SelfSigned && Certificate is not null)
        {
            throw new RefusedToStartException("--tls self-signed and --certificate exclude each other.", "Leave --tls out.");
        }

        if (Certificate is null != CertificateKey is null)
        {
            throw new RefusedToStartException("A certificate and its key belong together.", "Give both --certificate FILE and --certificate-key FILE, in PEM.");
        }

        if (PublicUrl is { } url && url.Scheme != Uri.UriSchemeHttps && !IsThisMachine(url.Host))
        {
            throw new RefusedToStartException($"--public-url {url.Authority} is not https.", "Give an https address: browsers do no cryptography on plain http.");
        }

        if (Tls)
        {
            // With a certificate nothing is ever answered in the clear, whatever the scheme was written as.
            Listen = new UriBuilder(Listen) { Scheme = Uri.UriSchemeHttps }.Uri;
            return;
        }

        if (Listen.Scheme == Uri.UriSchemeHttps)
        {
            throw new RefusedToStartException("https needs a certificate.", "Add --certificate FILE --certificate-key FILE, or --tls self-signed for a trial.");
        }

        if (PublicUrl?.Scheme == Uri.UriSchemeHttps && TrustedProxies.Count == 0)
        {
            throw new RefusedToStartException(
                "An https public address without a certificate here means a reverse proxy, and it is not named.",
                "Add --trusted-proxy ADDRESS (the address the proxy connects from, for example 127.0.0.1), or --certificate FILE --certificate-key FILE.");
        }

        if (!IsThisMachine(Listen.Host) && PublicUrl?.Scheme != Uri.UriSchemeHttps)
        {
            throw new RefusedToStartException(
                $"{Listen.Authority} can be reached from other machines, and plain http is not safe there.",
                "Add --certificate FILE --certificate-key FILE; or --tls self-signed for a trial; or stand behind a proxy: --public-url https://NAME --trusted-proxy ADDRESS.");
        }
    }

    private void CheckWhoStamps()
    {
        if (TimeStampAuthorities.Count > 0 && TimeStampRoots is null)
        {
            throw new RefusedToStartException(
                "A time stamp counts only under a root that you name, and there is none.", "Add --timestamp-roots FILE: your authorities' root certificates, in PEM.");
        }
    }

    /// <summary>Hosts that browsers treat as this machine, and so as a secure context even on plain http.</summary>
    public static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool TryParseNetworks(string text, out IReadOnlyList<IPNetwork> networks)
    {
        var list = new List<IPNetwork>();
        networks = list;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (IPNetwork.TryParse(part, out var network))
            {
                list.Add(network);
            }
            else if (IPAddress.TryParse(part, out var address))
            {
                list.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryParseAuthorities(string text, out IReadOnlyList<Uri> authorities)
    {
        var list = new List<Uri>();
        authorities = list;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!Uri.TryCreate(part, UriKind.Absolute, out var authority) || (authority.Scheme != Uri.UriSchemeHttp && authority.Scheme != Uri.UriSchemeHttps)
                || authority.Fragment.Length > 0 || authority.UserInfo.Length > 0 || list.Contains(authority))
            {
                return false;
            }

            list.Add(authority);
        }

        return true;
    }

    private static bool Duration(string text, TimeSpan least, TimeSpan most, Action<TimeSpan> set)
    {
        var ok = Setting.TryParseDuration(text, least, most, out var duration);
        set(duration);
        return ok;
    }

    private static bool Count(string text, long least, long most, Action<long> set)
    {
        var ok = Setting.TryParseCount(text, least, most, out var count);
        set(count);
        return ok;
    }

    private static bool Limit(string text, Action<int> set) => Count(text, 0, int.MaxValue, count => set((int)count));
}
