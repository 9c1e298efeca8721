using System.Net;
using System.Security.Cryptography;
using Baton.Protocol.Wire;

namespace Baton.Server.Tests.Sessions;

public sealed class SignInTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Parameters_of_an_unknown_e_mail_are_fixed_by_it_and_look_like_any_others()
    {
        await using var server = await BatonServer.Start();
        using var owner = await server.Register();
        using var client = server.Client();
        var known = await Parameters(client, " EWA@studio.example ");
        var unknown = await Parameters(client, "jan@studio.example");
        Assert.Equal(owner.Parameters.Salt, known.Salt);
        Assert.Equal(known with { Salt = [] }, unknown with { Salt = [] }, (a, b) => a!.MemoryKiB == b!.MemoryKiB && a.Passes == b.Passes && a.Lanes == b.Lanes);
        Assert.Equal(16, unknown.Salt.Length);
        Assert.NotEqual(known.Salt, unknown.Salt);
        await server.Restart();
        using var later = server.Client();
        Assert.Equal(unknown.Salt, (await Parameters(later, "jan@studio.example")).Salt);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_e_mail_are_told_the_same_in_the_same_words()
    {
        await using var server = await BatonServer.Start();
        using var owner = await server.Register();
        using var client = server.Client();
        var answers = new List<string>();
        foreach (var signIn in new[] { new SignIn(owner.Email, new byte[32]), new SignIn("jan@studio.example", owner.AuthKey) })
        {
            using var answer = await client.Post("/api/sessions", signIn);
            answers.Add($"{answer.StatusCode} {string.Join('|', answer.Headers.Where(header => header.Key != "Date").Select(header => $"{header.Key}: {string.Join(',', header.Value)}"))} {await answer.Content.ReadAsStringAsync(Cancel)}");
        }

        Assert.Contains("sign-in-failed", answers[0], StringComparison.Ordinal);
        Assert.Equal(answers[0], answers[1]);
    }

    [Fact]
    public async Task Guessing_at_one_account_is_stopped_and_a_known_browser_of_its_owner_still_gets_in()
    {
        await using var server = await BatonServer.Start("--sign-in-failures-per-hour", "5", "--sign-in-failures-per-hour-address", "0");
        using var owner = await server.Register();
        using (var signedIn = await owner.Client.Post("/api/sessions", owner.SignIn))
        {
            owner.Keep(signedIn);
        }

        using var stranger = server.Client();
        var parallel = await Task.WhenAll(Enumerable.Range(0, 30).Select(async _ =>
        {
            using var answer = await stranger.Post("/api/sessions", new SignIn(owner.Email, RandomNumberGenerator.GetBytes(32)));
            return answer.StatusCode;
        }));
        Assert.Equal(5, parallel.Count(status => status == HttpStatusCode.Unauthorized));

        using var evenRight = await stranger.Post("/api/sessions", owner.SignIn);
        Assert.Equal("too-many-requests", await evenRight.Problem());
        Assert.InRange(evenRight.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(12));

        using var known = await owner.Client.Post("/api/sessions", owner.SignIn);
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);

        server.Clock.Advance(TimeSpan.FromMinutes(12));
        using var later = await stranger.Post("/api/sessions", owner.SignIn);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task A_known_browser_has_a_budget_too_and_a_forged_device_cookie_is_a_strangers()
    {
        await using var server = await BatonServer.Start("--sign-in-failures-per-hour", "5", "--sign-in-failures-per-hour-address", "0");
        using var owner = await server.Register();
        using (var signedIn = await owner.Client.Post("/api/sessions", owner.SignIn))
        {
            owner.Keep(signedIn);
        }

        Assert.Equal(5, await Failures(owner.Client, owner.Email));
        using var stranger = server.Client();
        stranger.DefaultRequestHeaders.Add("Cookie", "baton-device=" + new string('A', 42) + "w");
        Assert.Equal(5, await Failures(stranger, owner.Email));
        stranger.DefaultRequestHeaders.Remove("Cookie");
        Assert.Equal(0, await Failures(stranger, owner.Email));
    }

    [Fact]
    public async Task Unknown_accounts_are_throttled_like_known_ones()
    {
        await using var server = await BatonServer.Start("--sign-in-failures-per-hour", "5", "--sign-in-failures-per-hour-address", "0");
        using var client = server.Client();
        Assert.Equal(5, await Failures(client, "jan@studio.example"));
    }

    [Fact]
    public async Task One_address_has_a_budget_over_all_accounts()
    {
        await using var server = await BatonServer.Start("--sign-in-failures-per-hour-address", "7");
        using var client = server.Client();
        Assert.Equal(3, await Failures(client, "a@studio.example", 3));
        Assert.Equal(4, await Failures(client, "b@studio.example"));
    }

    [Fact]
    public async Task Failures_stand_in_the_ledger_as_one_count_an_hour()
    {
        await using var server = await BatonServer.Start();
        using var owner = await server.Register();
        using var stranger = server.Client();
        await Failures(stranger, owner.Email, 3);
        await Failures(stranger, "jan@studio.example", 3);
        Assert.DoesNotContain("sign-in-failed", SessionTests.Kinds(server));
        await server.Restart();
        var entry = Assert.Single(Entries.Of(server, "sign-in-failed"));
        Assert.Equal(3, entry.GetProperty("count").GetInt32());
        Assert.Equal(owner.Member.ToString(), entry.GetProperty("account").GetString());
    }

    private static async Task<int> Failures(HttpClient client, string email, int tries = 10)
    {
        var failed = 0;
        for (var i = 0; i < tries; i++)
        {
            using var answer = await client.Post("/api/sessions", new SignIn(email, new byte[32]));
            failed += answer.StatusCode == HttpStatusCode.Unauthorized ? 1 : 0;
        }

        return failed;
    }

    private static async Task<KdfParameters> Parameters(HttpClient client, string email)
    {
        using var answer = await client.Post("/api/sign-in/parameters", new SignInParameters(email));
        return await answer.Read<KdfParameters>();
    }
}
