using System.Net;
using System.Security.Cryptography;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Sessions;

public sealed class AccountTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_password_ends_every_other_session_and_the_old_password()
    {
        await using var server = await BatonServer.Start();
        using var owner = await server.Register();
        using var other = await Another(server, owner);
        using var listening = await other.GetAsync("/api/events", HttpCompletionOption.ResponseHeadersRead, Cancel);
        await using var events = await listening.Content.ReadAsStreamAsync(Cancel);
        var change = Change(owner);

        using var changed = await owner.Client.Post("/api/account/password", change);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        var session = await changed.Read<Session>();
        Assert.Equal(change.KeyBlob, session.KeyBlob);
        Assert.Equal(change.Parameters.Salt, session.Parameters.Salt);
        Assert.Equal(HttpStatusCode.OK, await Status(owner.Client));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(other));
        await Drain(events);

        using var client = server.Client();
        using var old = await client.Post("/api/sessions", owner.SignIn);
        Assert.Equal("sign-in-failed", await old.Problem());
        using var parameters = await client.Post("/api/sign-in/parameters", new SignInParameters(owner.Email));
        Assert.Equal(change.Parameters.Salt, (await parameters.Read<KdfParameters>()).Salt);
        using var @new = await client.Post("/api/sessions", new SignIn(owner.Email, change.NewAuthKey));
        Assert.Equal(HttpStatusCode.OK, @new.StatusCode);
        Assert.Single(Entries.Of(server, "password-changed"));
    }

    [Fact]
    public async Task A_new_password_or_recovery_key_takes_the_old_password_and_wrong_ones_are_throttled_like_sign_in()
    {
        await using var server = await BatonServer.Start("--sign-in-failures-per-hour", "5", "--sign-in-failures-per-hour-address", "0");
        using var owner = await server.Register();
        var change = Change(owner);
        for (var i = 0; i < 5; i++)
        {
            using var wrong = i % 2 == 0
                ? await owner.Client.Post("/api/account/password", change with { AuthKey = new byte[32] })
                : await owner.Client.Post("/api/account/recovery-key", new ChangeRecoveryKey(new byte[32], new byte[32], owner.KeyBlob));
            Assert.Equal("sign-in-failed", await wrong.Problem());
        }

        using var evenRight = await owner.Client.Post("/api/account/password", change);
        Assert.Equal("too-many-requests", await evenRight.Problem());
        using var signIn = await server.Client().Post("/api/sessions", owner.SignIn);
        Assert.Equal("too-many-requests", await signIn.Problem());
        Assert.Equal(HttpStatusCode.OK, await Status(owner.Client));
    }

    [Fact]
    public async Task A_new_password_has_a_fresh_salt_and_whole_keys()
    {
        await using var server = await BatonServer.Start();
        using var owner = await server.Register();
        var good = Change(owner);
        var faults = new Dictionary<string, ChangePassword>(StringComparer.Ordinal)
        {
            ["parameters.salt"] = good with { Parameters = owner.Parameters },
            ["parameters"] = good with { Parameters = good.Parameters with { Passes = 1 } },
            ["newAuthKey"] = good with { NewAuthKey = new byte[31] },
            ["authKey"] = good with { AuthKey = new byte[31] },
            ["keyBlob"] = good with { KeyBlob = new byte[10] },
        };
        foreach (var (name, request) in faults)
        {
            using var answer = await owner.Client.Post("/api/account/password", request);
            Assert.True((await answer.Read<Problem>()).Errors?.ContainsKey(name), name);
        }
    }

    [Fact]
    public async Task Of_two_new_passwords_at_once_one_holds()
    {
        await using var server = await BatonServer.Start();
        using var owner = await server.Register();
        var changes = Enumerable.Range(0, 8).Select(_ => Change(owner)).ToList();
        var statuses = await Task.WhenAll(changes.Select(async change =>
        {
            using var answer = await owner.Client.Post("/api/account/password", change);
            return answer.StatusCode;
        }));
        Assert.Single(statuses, HttpStatusCode.OK);
        var held = changes[Array.IndexOf(statuses, HttpStatusCode.OK)];
        using var signIn = await server.Client().Post("/api/sessions", new SignIn(owner.Email, held.NewAuthKey));
        Assert.Equal(HttpStatusCode.OK, signIn.StatusCode);
    }

    [Fact]
    public async Task A_new_recovery_key_voids_the_old_one()
    {
        await using var server = await BatonServer.Start();
        using var owner = await server.Register();
        var (auth, blob) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(300));
        using var changed = await owner.Client.Post("/api/account/recovery-key", new ChangeRecoveryKey(owner.AuthKey, auth, blob));
        Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
        using var client = server.Client();
        using var old = await client.Post("/api/recovery/open", new OpenRecovery(owner.Email, owner.RecoveryAuth));
        Assert.Equal("sign-in-failed", await old.Problem());
        using var opened = await client.Post("/api/recovery/open", new OpenRecovery(owner.Email, auth));
        Assert.Equal(blob, (await opened.Read<RecoveryOpened>()).RecoveryBlob);
        Assert.Single(Entries.Of(server, "recovery-key-changed"));
        Assert.Equal(HttpStatusCode.OK, await Status(owner.Client));
    }

    [Fact]
    public async Task A_new_name_is_seen_at_once_and_stands_in_no_entry()
    {
        await using var server = await BatonServer.Start();
        using var owner = await server.Register();
        using var empty = await owner.Client.Post("/api/account/name", new ChangeName(" \t"));
        Assert.Equal("invalid-request", await empty.Problem());
        using var renamed = await owner.Client.Post("/api/account/name", new ChangeName(" Ewa Nowakowska "));
        Assert.Equal(HttpStatusCode.NoContent, renamed.StatusCode);
        using var session = await owner.Client.GetAsync("/api/session", Cancel);
        Assert.Equal("Ewa Nowakowska", (await session.Read<Session>()).Member.Name);
        Assert.DoesNotContain("Nowakowska", Assert.Single(Entries.Of(server, "member-renamed")).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_sessions_says_from_where_and_since_when_and_which_is_this_one()
    {
        await using var server = await BatonServer.Start("--session-idle", "1h");
        using var owner = await server.Register();
        server.Clock.Advance(TimeSpan.FromMinutes(50));
        using var other = await Another(server, owner, "Netscape Navigator 4.0");
        server.Clock.Advance(TimeSpan.FromMinutes(1));

        var sessions = await Sessions(other);
        Assert.Equal(2, sessions.Count);
        var own = sessions.Single(session => session.Current);
        Assert.Equal("Netscape Navigator 4.0", own.UserAgent);
        Assert.Equal("127.0.0.1", own.Address);
        Assert.Equal(60_000, own.UsedAt - own.CreatedAt);

        server.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(own.Session, Assert.Single(await Sessions(other)).Session);
    }

    [Fact]
    public async Task A_revoked_session_ends_at_once_with_what_it_listens_to_and_no_other_does()
    {
        await using var server = await BatonServer.Start();
        using var owner = await server.Register();
        using var other = await Another(server, owner);
        using var listening = await other.GetAsync("/api/events", HttpCompletionOption.ResponseHeadersRead, Cancel);
        await using var events = await listening.Content.ReadAsStreamAsync(Cancel);
        var its = (await Sessions(owner.Client)).Single(session => !session.Current).Session;

        var (stranger, _) = await server.SignedIn(Role.Owner, owner.Organization);
        using var foreign = await stranger.DeleteAsync($"/api/account/sessions/{its}", Cancel);
        Assert.Equal("not-found", await foreign.Problem());
        Assert.Equal(HttpStatusCode.OK, await Status(other));

        using var revoked = await owner.Client.DeleteAsync($"/api/account/sessions/{its}", Cancel);
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(other));
        Assert.Equal(HttpStatusCode.OK, await Status(owner.Client));
        await Drain(events);
        using var again = await owner.Client.DeleteAsync($"/api/account/sessions/{its}", Cancel);
        Assert.Equal("not-found", await again.Problem());
        Assert.Single(Entries.Of(server, "session-revoked"));
    }

    [Fact]
    public async Task Address_and_browser_are_gone_with_the_session()
    {
        await using var server = await BatonServer.Start();
        using var owner = await server.Register();
        using var other = await Another(server, owner, "Netscape Navigator 4.0");
        using var signedOut = await other.DeleteAsync("/api/session", Cancel);
        var left = server.Services.GetRequiredService<Server.Storage.Database>().Read(connection =>
            (long)connection.Scalar("SELECT count(*) FROM sessions WHERE user_agent = 'Netscape Navigator 4.0'")!);
        Assert.Equal(0, left);
    }

    private static ChangePassword Change(Owner owner) => new(
        owner.AuthKey, owner.Parameters with { Salt = RandomNumberGenerator.GetBytes(16) }, RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(300));

    private static async Task<IReadOnlyList<LiveSession>> Sessions(HttpClient client)
    {
        using var answer = await client.GetAsync("/api/account/sessions", Cancel);
        return (await answer.Read<LiveSessionList>()).Sessions;
    }

    private static async Task<HttpClient> Another(BatonServer server, Owner owner, string? browser = null)
    {
        var client = server.Client();
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", browser);
        using var answer = await client.Post("/api/sessions", owner.SignIn);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(set => set.StartsWith("baton=", StringComparison.Ordinal));
        client.DefaultRequestHeaders.Add("Cookie", cookie[..cookie.IndexOf(';', StringComparison.Ordinal)]);
        return client;
    }

    private static async Task<HttpStatusCode> Status(HttpClient client)
    {
        using var answer = await client.GetAsync("/api/session", Cancel);
        return answer.StatusCode;
    }

    private static async Task Drain(Stream stream)
    {
        var buffer = new byte[1024];
        while (await stream.ReadAsync(buffer, Cancel) > 0)
        {
        }
    }
}
