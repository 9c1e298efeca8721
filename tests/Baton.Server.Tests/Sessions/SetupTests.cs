using System.Net;
using System.Net.Http.Json;
using Baton.Protocol.Wire;

namespace Baton.Server.Tests.Sessions;

public sealed class SetupTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_set_up_code_makes_its_reader_the_owner_once()
    {
        await using var server = await BatonServer.Start();
        using var client = server.Client();
        using var owner = await Owner.Make(client, "ewa@studio.example");
        var code = server.SetupCode;
        Assert.False((await Instance(client)).SetUp);

        using var wrong = await client.PostAsJsonAsync("/api/setup", owner.Registration("2222-2222-2222-2222-2222"), WireJson.Shared, Cancel);
        Assert.Equal("urn:baton:problem:wrong-setup-code", await TypeOf(wrong));

        using var right = await client.PostAsJsonAsync("/api/setup", owner.Registration(code.ToUpperInvariant()), WireJson.Shared, Cancel);
        Assert.Equal(HttpStatusCode.Created, right.StatusCode);
        var session = (await right.Content.ReadFromJsonAsync<Session>(WireJson.Shared, Cancel))!;
        Assert.Equal("owner", session.Member.Role);
        Assert.Equal("Studio Północ", session.Organization.Name);
        Assert.Equal(owner.Card.ToBytes(), session.Cards.Single().Card);
        Assert.True(session.Groups.Single() is { Personal: true, Right: "manage", Version: 1 });

        using var again = await client.PostAsJsonAsync("/api/setup", owner.Registration(code), WireJson.Shared, Cancel);
        Assert.Equal("urn:baton:problem:wrong-setup-code", await TypeOf(again));
        Assert.True((await Instance(client)).SetUp);
    }

    [Fact]
    public async Task Of_twenty_set_ups_at_once_one_wins()
    {
        await using var server = await BatonServer.Start();
        using var client = server.Client();
        var code = server.SetupCode;
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            using var own = server.Client();
            using var owner = await Owner.Make(own, $"ewa{i}@studio.example");
            using var answer = await own.PostAsJsonAsync("/api/setup", owner.Registration(code), WireJson.Shared, Cancel);
            return answer.StatusCode;
        }));
        Assert.Single(answers, HttpStatusCode.Created);
        Assert.Equal(19, answers.Count(status => status == HttpStatusCode.Forbidden));
    }

    [Fact]
    public async Task A_start_that_is_not_set_up_makes_a_new_code_and_voids_the_old()
    {
        await using var server = await BatonServer.Start();
        var old = server.SetupCode;
        await server.Restart();
        using var client = server.Client();
        using var owner = await Owner.Make(client, "ewa@studio.example");
        using var wrong = await client.PostAsJsonAsync("/api/setup", owner.Registration(old), WireJson.Shared, Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
        using var right = await client.PostAsJsonAsync("/api/setup", owner.Registration(server.SetupCode), WireJson.Shared, Cancel);
        Assert.Equal(HttpStatusCode.Created, right.StatusCode);
    }

    [Fact]
    public async Task Every_part_that_the_server_can_check_is_checked()
    {
        await using var server = await BatonServer.Start();
        using var client = server.Client();
        using var owner = await Owner.Make(client, "ewa@studio.example");
        var good = owner.Registration(server.SetupCode);
        var faults = new Dictionary<string, Registration>(StringComparer.Ordinal)
        {
            ["member.email"] = good with { Member = good.Member with { Email = "nobody" } },
            ["organization.name"] = good with { Organization = good.Organization with { Name = " " } },
            ["member.name"] = good with { Member = good.Member with { Name = "a\nb" } },
            ["parameters"] = good with { Parameters = good.Parameters with { MemoryKiB = 1024 } },
            ["parameters.salt"] = good with { Parameters = good.Parameters with { Salt = new byte[16] } },
            ["authKey"] = good with { AuthKey = new byte[31] },
            ["recoveryAuth"] = good with { RecoveryAuth = new byte[33] },
            ["keyBlob"] = good with { KeyBlob = new byte[10] },
            ["recoveryBlob"] = good with { RecoveryBlob = new byte[5000] },
            ["card"] = good with { CardSignature = new byte[64] },
            ["group"] = good with { Group = good.Group with { Signature = good.CardSignature } },
        };
        foreach (var (member, registration) in faults)
        {
            using var answer = await client.PostAsJsonAsync("/api/setup", registration, WireJson.Shared, Cancel);
            var problem = (await answer.Content.ReadFromJsonAsync<Problem>(WireJson.Shared, Cancel))!;
            Assert.True(problem is { Status: 400 } && problem.Errors!.ContainsKey(member), $"{member}: {problem}");
        }

        using var foreign = await client.PostAsJsonAsync(
            "/api/setup", good with { Organization = good.Organization with { Id = BatonServer.NewId() } }, WireJson.Shared, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, foreign.StatusCode);
        using var right = await client.PostAsJsonAsync("/api/setup", good, WireJson.Shared, Cancel);
        Assert.Equal(HttpStatusCode.Created, right.StatusCode);
    }

    private static async Task<Instance> Instance(HttpClient client) => (await client.GetFromJsonAsync<Instance>("/api/instance", WireJson.Shared, Cancel))!;

    private static async Task<string> TypeOf(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<Problem>(WireJson.Shared, Cancel))!.Type;
}
