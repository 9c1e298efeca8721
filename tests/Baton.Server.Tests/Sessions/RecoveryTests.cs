using System.Net;
using System.Security.Cryptography;
using Baton.Protocol.Wire;

namespace Baton.Server.Tests.Sessions;

public sealed class RecoveryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_recovery_key_opens_the_blob_sets_a_new_password_and_ends_every_other_session()
    {
        await using var server = await BatonServer.Start();
        using var owner = await server.Register();
        using var client = server.Client();
        using var opened = await client.Post("/api/recovery/open", new OpenRecovery(owner.Email, owner.RecoveryAuth));
        Assert.Equal(owner.Member, (await opened.Read<RecoveryOpened>()).Member);

        var recovery = RecoveryOf(owner);
        using var answer = await client.Post("/api/recovery", recovery);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(recovery.KeyBlob, (await answer.Read<Session>()).KeyBlob);
        Assert.Contains(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("baton=", StringComparison.Ordinal));

        using var before = await owner.Client.GetAsync("/api/session", Cancel);
        Assert.Equal("sign-in-required", await before.Problem());
        using var oldPassword = await client.Post("/api/sessions", owner.SignIn);
        Assert.Equal("sign-in-failed", await oldPassword.Problem());
        using var newPassword = await client.Post("/api/sessions", new SignIn(owner.Email, recovery.AuthKey));
        Assert.Equal(HttpStatusCode.OK, newPassword.StatusCode);
        using var usedKey = await client.Post("/api/recovery/open", new OpenRecovery(owner.Email, owner.RecoveryAuth));
        Assert.Equal("sign-in-failed", await usedKey.Problem());
        Assert.Contains("recovered", SessionTests.Kinds(server));
    }

    [Fact]
    public async Task Of_ten_recoveries_with_one_key_at_once_one_wins()
    {
        await using var server = await BatonServer.Start();
        using var owner = await server.Register();
        using var client = server.Client();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            using var answer = await client.Post("/api/recovery", RecoveryOf(owner));
            return answer.StatusCode;
        }));
        Assert.Single(answers, HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_wrong_recovery_key_tells_nothing_about_the_account_and_strangers_do_not_use_up_its_budget()
    {
        await using var server = await BatonServer.Start("--sign-in-failures-per-hour-address", "6", "--sign-in-failures-per-hour", "2");
        using var owner = await server.Register();
        using var stranger = server.Client();
        foreach (var email in new[] { owner.Email, "jan@studio.example", owner.Email })
        {
            using var answer = await stranger.Post("/api/recovery/open", new OpenRecovery(email, new byte[32]));
            Assert.Equal("sign-in-failed", await answer.Problem());
        }

        using var right = await stranger.Post("/api/recovery/open", new OpenRecovery(owner.Email, owner.RecoveryAuth));
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        for (var i = 0; i < 3; i++)
        {
            using var answer = await stranger.Post("/api/recovery/open", new OpenRecovery(owner.Email, new byte[32]));
            Assert.Equal("sign-in-failed", await answer.Problem());
        }

        using var tooMany = await stranger.Post("/api/recovery/open", new OpenRecovery(owner.Email, owner.RecoveryAuth));
        Assert.Equal("too-many-requests", await tooMany.Problem());
    }

    private static Recovery RecoveryOf(Owner owner) => new(
        owner.Email, owner.RecoveryAuth, owner.Parameters with { Salt = RandomNumberGenerator.GetBytes(16) },
        RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32), owner.KeyBlob, owner.KeyBlob);
}
