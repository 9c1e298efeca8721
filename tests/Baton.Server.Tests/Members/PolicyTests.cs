using System.Net;
using Baton.Protocol;
using Baton.Protocol.Wire;
using static Baton.Server.Tests.Members.Person;

namespace Baton.Server.Tests.Members;

/// <summary>Who makes the policy, and what it does to sessions. What it does to handovers is in CreatePolicyTests.</summary>
public sealed class PolicyTests
{
    private static readonly Policy Usual = new(1, 2_592_000, true, 40, Role.Member, true, 33_554_432, 1800, 43_200, false);

    [Fact]
    public async Task Owners_and_admins_set_it_signed_and_counted_and_everybody_reads_it()
    {
        await using var server = await BatonServer.Start();
        using var owner = await Founder(server);
        using var admin = await owner.Hire(Role.Admin, "a@studio.example");
        using var member = await owner.Hire(Role.Member, "m@studio.example");
        Assert.Null((await member.Session()).Policy);

        await Refused("forbidden", member.Put("/api/policy", member.Policy(Usual)));
        await Refused("invalid-request", owner.Put("/api/policy", owner.Policy(Usual) with { Text = Usual.ToText() + " " }));
        await Refused("invalid-request", owner.Put("/api/policy", admin.Policy(Usual)));
        await Refused("stale-revision", owner.Put("/api/policy", owner.Policy(Usual with { Number = 2 })));
        using (var answer = await owner.Put("/api/policy", owner.Policy(Usual)))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(Usual.ToText(), (await answer.Read<SignedPolicy>()).Text);
        }

        await Refused("stale-revision", owner.Put("/api/policy", owner.Policy(Usual)));
        await Expect(HttpStatusCode.OK, admin.Put("/api/policy", admin.Policy(Usual with { Number = 2, Files = false })));
        var seen = (await member.Session()).Policy!;
        Assert.Equal((admin.Id, (Usual with { Number = 2, Files = false }).ToText()), (seen.Author, seen.Text));
        Assert.Equal([Usual.ToText(), seen.Text], Entries.Of(server, "policy").Select(entry => entry.GetProperty("text").GetString()!));
    }

    [Fact]
    public async Task Of_policies_with_one_number_one_counts()
    {
        await using var server = await BatonServer.Start();
        using var owner = await Founder(server);
        using var admin = await owner.Hire(Role.Admin, "a@studio.example");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(async i =>
        {
            var author = i % 2 == 0 ? owner : admin;
            using var answer = await author.Put("/api/policy", author.Policy(Usual with { PasswordBits = i }));
            return answer.IsSuccessStatusCode ? "done" : await answer.Problem();
        }));
        Assert.Single(answers, "done");
        Assert.Equal(9, answers.Count(answer => answer == "stale-revision"));
    }

    [Fact]
    public async Task The_lower_idle_time_of_policy_and_setting_holds_at_once_and_after_a_restart()
    {
        await using var server = await BatonServer.Start("--session-idle", "20m");
        using var owner = await Founder(server);
        using var marek = await owner.Hire(Role.Member, "marek@studio.example");
        var (foreign, _) = await server.SignedIn();
        Assert.Equal(1200, (await marek.Session()).IdleSeconds);
        server.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(HttpStatusCode.OK, await owner.Status());
        await Expect(HttpStatusCode.OK, owner.Put("/api/policy", owner.Policy(Usual with { Idle = 600 })));
        Assert.Equal(HttpStatusCode.Unauthorized, await marek.Status());
        Assert.Equal(600, (await owner.Session()).IdleSeconds);
        await Expect(HttpStatusCode.OK, foreign.GetAsync("/api/session", TestContext.Current.CancellationToken));

        server.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(HttpStatusCode.Unauthorized, await owner.Status());
        await server.Restart();
        await owner.ComeBack();
        Assert.Equal(600, (await owner.Session()).IdleSeconds);
        server.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(HttpStatusCode.Unauthorized, await owner.Status());

        await owner.ComeBack();
        await Expect(HttpStatusCode.OK, owner.Put("/api/policy", owner.Policy(Usual with { Number = 2, Idle = 86_400 })));
        Assert.Equal(1200, (await owner.Session()).IdleSeconds);
    }

    [Fact]
    public async Task The_lower_session_time_of_policy_and_setting_holds_and_what_is_over_is_swept()
    {
        await using var server = await BatonServer.Start("--session-life", "8h", "--session-idle", "4h");
        using var owner = await Founder(server);
        using var marek = await owner.Hire(Role.Member, "marek@studio.example");
        var listening = await marek.Listen();
        await Expect(HttpStatusCode.OK, owner.Put("/api/policy", owner.Policy(Usual with { Idle = 604_800, Session = 3600 })));
        for (var i = 0; i < 3; i++)
        {
            server.Clock.Advance(TimeSpan.FromMinutes(19));
            Assert.Equal(HttpStatusCode.OK, await owner.Status());
        }

        server.Clock.Advance(TimeSpan.FromMinutes(4));
        await listening;
        Assert.Equal(HttpStatusCode.Unauthorized, await owner.Status());
        Assert.Equal(HttpStatusCode.Unauthorized, await marek.Status());
        await Eventually.Holds(() => Count(server) == 0);
    }

    private static long Count(BatonServer server) => ((Server.Storage.Database)server.Services.GetService(typeof(Server.Storage.Database))!)
        .Read(connection => (long)connection.Scalar("SELECT count(*) FROM sessions")!);
}
