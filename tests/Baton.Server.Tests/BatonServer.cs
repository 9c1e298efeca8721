using System.Net.Http.Json;
using System.Security.Cryptography;
using Baton.Protocol;
using Baton.Protocol.Encoding;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Features.Organizations;
using Baton.Server.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests;

/// <summary>The product itself, on a port of the system's choice, with a store of its own and a clock that the test moves.</summary>
internal sealed class BatonServer : IAsyncDisposable
{
    private readonly string[] args;
    private readonly bool ownsStore;
    private WebApplication app;

    private BatonServer(WebApplication app, Store store, bool ownsStore, ManualClock clock, string[] args)
    {
        this.app = app;
        this.args = args;
        this.ownsStore = ownsStore;
        Store = store;
        Clock = clock;
    }

    public Store Store { get; }

    /// <summary>The data directory.</summary>
    public string Data => Store.Data;

    public ManualClock Clock { get; }

    public IServiceProvider Services => app.Services;

    /// <summary>Where it listens: http://127.0.0.1:PORT.</summary>
    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>A server in a new store. A setting given here wins over the fixture's own.</summary>
    public static Task<BatonServer> Start(params string[] settings) => Start(Store.New(), ownsStore: true, new ManualClock(), settings);

    /// <summary>A server in a store that is there already and stays.</summary>
    public static Task<BatonServer> StartIn(Store store, ManualClock clock, params string[] settings) => Start(store, ownsStore: false, clock, settings);

    private static async Task<BatonServer> Start(Store store, bool ownsStore, ManualClock clock, string[] settings)
    {
        string[] defaults = ["--listen", "http://127.0.0.1:0", "--requests-per-minute", "0", "--link-requests-per-minute", "0", "--session-idle", "7d", "--session-life", "30d"];
        string[] all = [.. store.ServerSettings, .. defaults, .. settings];
        var started = BatonHost.Create(all, clock);
        await started.StartAsync();
        return new BatonServer(started, store, ownsStore, clock, all);
    }

    /// <summary>A client without cookies and without a browser's headers.</summary>
    public HttpClient Client() => new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>The set-up code, once for each start.</summary>
    public string SetupCode => Services.GetRequiredService<SetupCode>().Show()!;

    /// <summary>Sets the server up and gives its owner, signed in.</summary>
    public async Task<Owner> Register()
    {
        var client = Client();
        var owner = await Owner.Make(client, "ewa@studio.example");
        using var answer = await client.PostAsJsonAsync("/api/setup", owner.Registration(SetupCode), WireJson.Shared);
        answer.EnsureSuccessStatusCode();
        owner.Keep(answer);
        return owner;
    }

    /// <summary>
    /// A signed-in member of an organization of its own, or of the one given, written into the database directly: for tests that need
    /// a second organization or another role. It has a personal group; its keys and blobs are no keys.
    /// </summary>
    public async Task<(HttpClient Client, CurrentMember Member)> SignedIn(Role role = Role.Owner, Id? organization = null, params (Id Group, Right Right)[] grants)
    {
        var (member, org, group, session) = (NewId(), organization ?? NewId(), NewId(), NewId());
        var token = RandomNumberGenerator.GetBytes(32);
        var now = Clock.GetUtcNow().ToUnixTimeMilliseconds();
        var rights = grants.Append((group, Right.Manage)).ToDictionary(grant => grant.Item1, grant => grant.Item2);
        await Services.GetRequiredService<Ledger>().Write(transaction =>
        {
            transaction.Execute(
                "INSERT INTO organizations (id, name, created_at) VALUES (@id, 'Studio Północ', @now) ON CONFLICT DO NOTHING", ("@id", org), ("@now", now));
            transaction.Execute(
                """
                INSERT INTO members (id, organization, name, email, role, kdf_salt, kdf_memory, kdf_passes, kdf_lanes, auth_salt, auth_hash,
                    recovery_salt, recovery_hash, key_blob, recovery_blob, card_hash, created_at)
                VALUES (@id, @organization, 'Ewa', @email, @role, @b, 65536, 2, 1, @b, @b, @b, @b, @b, @b, @hash, @now)
                """,
                ("@id", member), ("@organization", org), ("@email", member.ToString()), ("@role", (long)role), ("@b", new byte[16]), ("@hash", new byte[32]), ("@now", now));
            transaction.Execute(
                "INSERT INTO groups (id, organization, personal_of, created_at) VALUES (@id, @organization, @member, @now)",
                ("@id", group), ("@organization", org), ("@member", member), ("@now", now));
            foreach (var (to, right) in rights)
            {
                transaction.Execute(
                    """
                    INSERT INTO grants (member, group_id, version, level, enc, ciphertext, granter, signature)
                    VALUES (@member, @group, 1, @level, @b, @b, @member, @b)
                    """,
                    ("@member", member), ("@group", to), ("@level", (long)right), ("@b", new byte[16]));
            }

            transaction.Execute(
                "INSERT INTO sessions (token_hash, id, member, created_at, used_at) VALUES (@token, @session, @member, @now, @now)",
                ("@token", SHA256.HashData(token)), ("@session", session), ("@member", member), ("@now", now));
            return transaction.Record(0, LedgerEntry.Of("organization-created", org, now, Actor.Of(member)));
        });
        var client = Client();
        client.DefaultRequestHeaders.Add("Cookie", "baton=" + Base64Url.Encode(token));
        return (client, new CurrentMember(session, member, org, "Ewa", role, rights, CancellationToken.None));
    }

    public static Id NewId() => new(RandomNumberGenerator.GetBytes(Id.Size));

    public static string NewDirectory() => Directory.CreateTempSubdirectory("baton-test-").FullName;

    /// <summary>Stops and starts it again in the same directory, on another port, after it was down for so long.</summary>
    public async Task Restart(TimeSpan down = default)
    {
        await app.StopAsync();
        await app.DisposeAsync();
        Clock.Advance(down);
        app = BatonHost.Create(args, Clock);
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        if (ownsStore)
        {
            Store.Dispose();
        }
    }
}
