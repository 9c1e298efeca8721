using System.Net;
using Baton.Protocol.Wire;
using Baton.Server.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Sessions;

public sealed class SessionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signing_in_opens_a_session_under_a_new_token_and_the_cookie_is_out_of_scripts_reach()
    {
        await using var server = await BatonServer.Start();
        using var owner = await server.Register();
        var first = CookieOf(owner);
        using var answer = await owner.Client.Post("/api/sessions", owner.SignIn);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var set = answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("baton=", StringComparison.Ordinal));
        Assert.EndsWith("; path=/; samesite=strict; httponly", set, StringComparison.Ordinal);
        owner.Keep(answer);
        Assert.NotEqual(first, CookieOf(owner));
        using var current = await owner.Client.GetAsync("/api/session", Cancel);
        Assert.Equal(owner.Member, (await current.Read<Session>()).Member.Id);
    }

    [Fact]
    public async Task A_token_that_the_client_chose_is_never_a_session()
    {
        await using var server = await BatonServer.Start();
        using var owner = await server.Register();
        var chosen = "baton=" + new string('A', 43);
        using var stranger = server.Client();
        stranger.DefaultRequestHeaders.Add("Cookie", chosen);
        using var answer = await stranger.Post("/api/sessions", owner.SignIn);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var fixated = await stranger.GetAsync("/api/session", Cancel);
        Assert.Equal("sign-in-required", await fixated.Problem());
    }

    [Fact]
    public async Task A_session_ends_at_once_and_alone()
    {
        await using var server = await BatonServer.Start();
        using var owner = await server.Register();
        using var other = await Another(server, owner);
        using var signedOut = await owner.Client.DeleteAsync("/api/session", Cancel);
        Assert.Equal(HttpStatusCode.NoContent, signedOut.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(owner.Client));
        Assert.Equal(HttpStatusCode.OK, await Status(other));
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_every_session_at_once_and_live_answers_with_them()
    {
        await using var server = await BatonServer.Start();
        using var owner = await server.Register();
        using var other = await Another(server, owner);
        using var signedOut = await owner.Client.DeleteAsync("/api/sessions", Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(owner.Client));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(other));
    }

    [Fact]
    public async Task A_session_lives_on_through_a_restart_and_an_ended_one_does_not_come_back()
    {
        await using var server = await BatonServer.Start();
        using var owner = await server.Register();
        using var other = await Another(server, owner);
        var (kept, ended) = (CookieOf(owner), other.DefaultRequestHeaders.GetValues("Cookie").Single());
        using var signedOut = await other.DeleteAsync("/api/session", Cancel);
        await server.Restart();
        using var client = server.Client();
        client.DefaultRequestHeaders.Add("Cookie", kept);
        Assert.Equal(HttpStatusCode.OK, await Status(client));
        using var late = server.Client();
        late.DefaultRequestHeaders.Add("Cookie", ended);
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(late));
    }

    [Fact]
    public async Task A_session_ends_after_its_idle_time_and_use_puts_that_off()
    {
        await using var server = await BatonServer.Start("--session-idle", "10m");
        using var owner = await server.Register();
        Assert.Equal(600, (await (await owner.Client.GetAsync("/api/session", Cancel)).Read<Session>()).IdleSeconds);
        for (var i = 0; i < 5; i++)
        {
            server.Clock.Advance(TimeSpan.FromMinutes(9));
            Assert.Equal(HttpStatusCode.OK, await Status(owner.Client));
        }

        server.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(owner.Client));
        Assert.Equal(1L, Rows(server));
        server.Clock.Advance(TimeSpan.FromMinutes(2));
        await Eventually.Holds(() => Rows(server) == 0);
    }

    [Fact]
    public async Task A_session_ends_after_its_life_however_much_it_is_used()
    {
        await using var server = await BatonServer.Start("--session-life", "1h", "--session-idle", "30m");
        using var owner = await server.Register();
        for (var i = 0; i < 3; i++)
        {
            server.Clock.Advance(TimeSpan.FromMinutes(19));
            Assert.Equal(HttpStatusCode.OK, await Status(owner.Client));
        }

        server.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(owner.Client));
    }

    [Fact]
    public async Task The_database_holds_no_token()
    {
        await using var server = await BatonServer.Start();
        using var owner = await server.Register();
        var token = CookieOf(owner)["baton=".Length..].Split(';')[0];
        Assert.True(Protocol.Encoding.Base64Url.TryDecode(token, out var bytes));
        foreach (var file in Directory.EnumerateFiles(server.Data, "*.db*", SearchOption.AllDirectories))
        {
            var content = await ReadShared(file);
            Assert.Equal(-1, content.AsSpan().IndexOf(bytes));
            Assert.Equal(-1, content.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(token)));
        }
    }

    [Fact]
    public async Task Signing_in_and_out_stands_in_the_ledger()
    {
        await using var server = await BatonServer.Start();
        using var owner = await server.Register();
        using var answer = await owner.Client.Post("/api/sessions", owner.SignIn);
        using var signedOut = await owner.Client.DeleteAsync("/api/sessions", Cancel);
        Assert.Equal(["organization-created", "card", "group-created", "grant", "signed-in", "signed-in", "signed-out"], Kinds(server));
    }

    private static long Rows(BatonServer server) =>
        server.Services.GetRequiredService<Database>().Read(connection => (long)connection.Scalar("SELECT count(*) FROM sessions")!);

    internal static List<string> Kinds(BatonServer server) => server.Services.GetRequiredService<Database>().Read(connection =>
    {
        var kinds = new List<string>();
        using var rows = connection.Query("SELECT kind FROM ledger ORDER BY id");
        while (rows.Read())
        {
            kinds.Add(rows.GetString(0));
        }

        return kinds;
    });

    private static async Task<byte[]> ReadShared(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var content = new byte[stream.Length];
        await stream.ReadExactlyAsync(content, Cancel);
        return content;
    }

    private static string CookieOf(Owner owner) => owner.Client.DefaultRequestHeaders.GetValues("Cookie").Single();

    /// <summary>The owner on another browser.</summary>
    private static async Task<HttpClient> Another(BatonServer server, Owner owner)
    {
        var client = server.Client();
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
}
