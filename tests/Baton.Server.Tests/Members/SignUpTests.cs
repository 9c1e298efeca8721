using System.Net;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Security;
using Baton.Server.Tests.Handovers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using static Baton.Server.Tests.Members.Person;

namespace Baton.Server.Tests.Members;

/// <summary>Open sign-up, and the trial that comes with it.</summary>
public sealed class SignUpTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>An organization made by sign-up: its owner.</summary>
    internal static async Task<Person> SignUp(BatonServer server, string email)
    {
        var owner = await Owner.Make(server.Client(), email);
        using var answer = await owner.Client.Post("/api/sign-up", owner.Registration("") with { Code = null });
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Cancel));
        owner.Keep(answer);
        return Of(server, owner);
    }

    [Fact]
    public async Task Sign_up_is_closed_unless_it_was_opened_and_the_server_has_an_owner()
    {
        foreach (var open in new[] { false, true })
        {
            await using var server = await BatonServer.Start(open ? ["--sign-up", "open"] : []);
            using var client = server.Client();
            using (var early = await Owner.Make(server.Client(), "jan@other.example"))
            {
                await Refused("forbidden", client.Post("/api/sign-up", early.Registration("") with { Code = null }));
            }

            using var owner = await Founder(server);
            using var instance = await client.GetAsync("/api/instance", Cancel);
            Assert.Equal(open ? "open" : "closed", (await instance.Read<Instance>()).SignUp);
            using var jan = await Owner.Make(server.Client(), "jan@other.example");
            using var answer = await client.Post("/api/sign-up", jan.Registration("") with { Code = null });
            Assert.Equal(open ? HttpStatusCode.Created : HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Organizations_of_one_server_share_nothing_but_the_server()
    {
        await using var server = await BatonServer.Start("--sign-up", "open");
        using var owner = await Founder(server);
        using var jan = await SignUp(server, "jan@other.example");
        var session = await jan.Session();
        Assert.Equal(("owner", jan.Organization), (session.Member.Role, session.Organization.Id));
        Assert.Equal(jan.Id, Assert.Single(session.Cards).Member);
        Assert.Equal(jan.Id, Assert.Single(await jan.Members()).Member);
        Assert.Equal(owner.Id, Assert.Single(await owner.Members()).Member);
        Assert.Null((await owner.Session()).Organization.TrialEndsAt);
        Assert.Single((await owner.Session()).Cards);
    }

    [Fact]
    public async Task A_registration_that_is_taken_or_wrong_makes_nothing()
    {
        await using var server = await BatonServer.Start("--sign-up", "open", "--sign-in-failures-per-hour-address", "0");
        using var owner = await Founder(server);
        using var client = server.Client();
        using var same = await Owner.Make(server.Client(), owner.Email);
        await Refused("conflict", client.Post("/api/sign-up", same.Registration("") with { Code = null }));
        using var jan = await Owner.Make(server.Client(), "jan@other.example");
        var good = jan.Registration("") with { Code = null };
        await Refused("invalid-request", client.Post("/api/sign-up", good with { Code = "abcd" }));
        await Refused("invalid-request", client.Post("/api/sign-up", good with { CardSignature = new byte[64] }));
        await Expect(HttpStatusCode.Created, client.Post("/api/sign-up", good));
        await Refused("conflict", client.Post("/api/sign-up", good));
        Assert.Equal(2, Entries.Of(server, "organization-created").Count);
    }

    [Fact]
    public async Task Signing_up_is_limited_by_address()
    {
        await using var server = await BatonServer.Start("--sign-up", "open", "--sign-in-failures-per-hour-address", "3");
        using var owner = await Founder(server);
        for (var i = 0; i < 4; i++)
        {
            using var jan = await Owner.Make(server.Client(), $"jan{i}@other.example");
            using var answer = await jan.Client.Post("/api/sign-up", jan.Registration("") with { Code = null });
            Assert.Equal(i < 3 ? HttpStatusCode.Created : HttpStatusCode.TooManyRequests, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_trial_ends_when_it_said_and_zero_days_are_none()
    {
        await using var server = await BatonServer.Start("--sign-up", "open", "--trial-days", "3", "--session-life", "30d");
        using var owner = await Founder(server);
        using var jan = await SignUp(server, "jan@other.example");
        var began = server.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.Equal(began + 259_200_000, (await jan.Session()).Organization.TrialEndsAt);
        Assert.Equal(began + 259_200_000, Assert.Single(Entries.Of(server, "trial")).GetProperty("ends").GetInt64());
        server.Clock.Advance(TimeSpan.FromDays(3) - TimeSpan.FromMilliseconds(1));
        await jan.Invite();
        Assert.False((await jan.Session()).Organization.ReadOnly);
        server.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await Refused("trial-over", jan.Client.Post("/api/invitations", (await jan.NewInvitation()).Request));
        Assert.True((await jan.Session()).Organization.ReadOnly);
        await owner.Invite();

        await using var without = await BatonServer.Start("--sign-up", "open", "--trial-days", "0");
        using var first = await Founder(without);
        using var free = await SignUp(without, "jan@other.example");
        Assert.Null((await free.Session()).Organization.TrialEndsAt);
        Assert.Empty(Entries.Of(without, "trial"));
    }

    [Fact]
    public async Task After_a_trial_it_can_be_read_and_things_can_end_and_nothing_new_begins()
    {
        await using var server = await BatonServer.Start("--sign-up", "open", "--trial-days", "1");
        using var owner = await Founder(server);
        using var jan = await SignUp(server, "jan@other.example");
        using var ola = await jan.Hire(Role.Member, "ola@other.example");
        using var sender = new Sender(jan.Client, (await jan.Session()).Groups.Single().Group);
        var waiting = await sender.Waiting(lifeSeconds: 604_800);
        server.Clock.Advance(TimeSpan.FromDays(2));

        await Refused("trial-over", sender.Post("/api/handovers", TestHandover.New(sender.Group).Request));
        await Refused("trial-over", sender.Post($"/api/handovers/{waiting.Id}/extend", new ExtendHandover(3600)));
        Assert.Single((await (await sender.Get("/api/handovers")).Read<HandoverPage>()).Handovers);
        Assert.Equal("waiting", await sender.State(waiting));
        await Expect(HttpStatusCode.OK, sender.Post($"/api/handovers/{waiting.Id}/revoke"));
        await Expect(HttpStatusCode.NoContent, jan.Client.Post("/api/account/name", new ChangeName("Jan")));
        await Expect(HttpStatusCode.NoContent, jan.Change(ola, Role.Removed));
        await jan.ComeBack();
        await Expect(HttpStatusCode.NoContent, jan.Delete("/api/session"));
    }

    /// <summary>What still works is written down here, so that a new call is refused after a trial unless somebody decides otherwise.</summary>
    [Fact]
    public async Task Every_call_that_changes_something_stops_with_the_trial_but_those_that_end_something()
    {
        await using var server = await BatonServer.Start("--sign-up", "open", "--trial-days", "1");
        using var owner = await Founder(server);
        using var jan = await SignUp(server, "jan@other.example");
        server.Clock.Advance(TimeSpan.FromDays(2));
        var goesOn = new List<string>();
        foreach (var endpoint in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(endpoint => endpoint.Metadata.OfType<Access>().Single() == Access.Member))
        {
            var name = $"{endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]} {endpoint.RoutePattern.RawText!.TrimEnd('/')}";
            if (endpoint.Metadata.GetMetadata<AlsoAfterTrial>() is not null)
            {
                goesOn.Add(name);
                continue;
            }

            if (!name.StartsWith("GET ", StringComparison.Ordinal))
            {
                var path = "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment =>
                    segment.Parts[0] is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content : BatonServer.NewId().ToString()));
                using var request = new HttpRequestMessage(new HttpMethod(name.Split(' ')[0]), path);
                using var answer = await jan.Client.SendAsync(request, Cancel);
                Assert.Equal(name + " trial-over", name + " " + await answer.Problem());
            }
        }

        var written = Repository.Read("tests/Baton.Server.Tests/Members/after-trial.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(written, goesOn.Where(name => !name.StartsWith("GET ", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }
}
