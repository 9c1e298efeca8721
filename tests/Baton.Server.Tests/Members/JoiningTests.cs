using System.Net;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Security;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using static Baton.Server.Tests.Members.Person;

namespace Baton.Server.Tests.Members;

/// <summary>What the holder of an invitation's link gets: once, for 72 hours, and otherwise one answer.</summary>
public sealed class JoiningTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_many_who_use_one_invitation_one_gets_in()
    {
        await using var server = await BatonServer.Start();
        using var owner = await Founder(server);
        var invitation = await owner.Invite();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            var (person, request) = Invitee(server, invitation, $"jan{i}@studio.example");
            using var answer = await person.Client.Post("/api/invitation/accept", request);
            person.Dispose();
            return answer.IsSuccessStatusCode ? "in" : await answer.Problem();
        }));
        Assert.Single(answers, "in");
        Assert.Equal(19, answers.Count(answer => answer == "unavailable"));
        Assert.Equal(2, (await owner.Members()).Count);
        Assert.Single(Entries.Of(server, "invitation-accepted"));
    }

    [Fact]
    public async Task It_ends_after_72_hours_and_not_before()
    {
        await using var server = await BatonServer.Start();
        using var owner = await Founder(server);
        var invitation = await owner.Invite();
        using var client = server.Client();
        server.Clock.Advance(TimeSpan.FromHours(72) - TimeSpan.FromMilliseconds(1));
        await Expect(HttpStatusCode.OK, client.Post("/api/invitation/open", new OpenInvitation(invitation.Auth)));
        server.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await Refused("unavailable", client.Post("/api/invitation/open", new OpenInvitation(invitation.Auth)));
        var (person, request) = Invitee(server, invitation, "jan@studio.example");
        await Refused("unavailable", person.Client.Post("/api/invitation/accept", request));
        Assert.Equal("expired", Assert.Single(await owner.Invitations()).State);
        person.Dispose();
    }

    [Fact]
    public async Task Every_invitation_that_can_not_be_used_answers_the_same_bytes()
    {
        await using var server = await BatonServer.Start("--sign-up", "open", "--trial-days", "1", "--sign-in-failures-per-hour-address", "0");
        using var owner = await Founder(server);
        using var ola = await owner.Hire(Role.Admin, "ola@studio.example");
        using var iga = await owner.Hire(Role.Admin, "iga@studio.example");
        using var tried = await SignUpTests.SignUp(server, "trial@other.example");
        var (expired, used, withdrawn) = (await owner.Invite(), await owner.Invite(), await owner.Invite());
        var (ofSuspended, ofRemoved, ofTrial) = (await ola.Invite(), await iga.Invite(), await tried.Invite());
        server.Clock.Advance(TimeSpan.FromHours(71));
        var (fresh, unknown) = (await owner.Invite(), new Invitation(BatonServer.NewId(), owner.Organization, Role.Member, new byte[32], new byte[32]));
        using var jan = await owner.Accept(used, "jan@studio.example");
        await Expect(HttpStatusCode.NoContent, owner.Delete($"/api/invitations/{withdrawn.Id}"));
        await Expect(HttpStatusCode.NoContent, owner.Post($"/api/members/{ola.Id}/suspend"));
        await Expect(HttpStatusCode.NoContent, owner.Change(iga, Role.Removed));
        server.Clock.Advance(TimeSpan.FromHours(1));

        var answers = new HashSet<string>(StringComparer.Ordinal);
        using var client = server.Client();
        foreach (var invitation in new[] { unknown, expired, used, withdrawn, ofSuspended, ofRemoved, ofTrial })
        {
            using var opened = await client.Post("/api/invitation/open", new OpenInvitation(invitation.Auth));
            answers.Add(await Text(opened));
            var (person, request) = Invitee(server, invitation, "new@studio.example");
            using var accepted = await client.Post("/api/invitation/accept", request);
            answers.Add(await Text(accepted));
            person.Dispose();
        }

        Assert.Contains("unavailable", Assert.Single(answers), StringComparison.Ordinal);
        await Expect(HttpStatusCode.OK, client.Post("/api/invitation/open", new OpenInvitation(fresh.Auth)));
        await Expect(HttpStatusCode.NoContent, owner.Post($"/api/members/{ola.Id}/resume"));
    }

    [Fact]
    public async Task Who_waits_for_approval_reads_its_session_hears_that_it_changed_ends_it_and_nothing_else()
    {
        await using var server = await BatonServer.Start();
        using var owner = await Founder(server);
        using var jan = await owner.Accept(await owner.Invite(), "jan@studio.example");
        var allowed = new List<string>();
        foreach (var endpoint in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(endpoint => endpoint.Metadata.OfType<Access>().Single() == Access.Member))
        {
            var method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];
            if (method == "DELETE" && endpoint.RoutePattern.RawText!.TrimEnd('/') is "/api/session" or "/api/sessions")
            {
                allowed.Add(method + " " + endpoint.RoutePattern.RawText.TrimEnd('/'));
                continue;
            }

            var path = "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment =>
                segment.Parts[0] is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content : BatonServer.NewId().ToString()));
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            using var answer = await jan.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
            if (answer.StatusCode != HttpStatusCode.Forbidden)
            {
                allowed.Add(method + " " + endpoint.RoutePattern.RawText!.TrimEnd('/'));
            }
        }

        Assert.Equal(["DELETE /api/session", "DELETE /api/sessions", "GET /api/events", "GET /api/session"], allowed.Order(StringComparer.Ordinal));
        await jan.ComeBack();
        await Expect(HttpStatusCode.NoContent, jan.Delete("/api/sessions"));
        Assert.Equal(HttpStatusCode.Unauthorized, await jan.Status());
    }

    [Fact]
    public async Task An_e_mail_that_has_an_account_leaves_the_invitation_to_be_used()
    {
        await using var server = await BatonServer.Start();
        using var owner = await Founder(server);
        var invitation = await owner.Invite();
        var (person, request) = Invitee(server, invitation, owner.Email);
        await Refused("conflict", person.Client.Post("/api/invitation/accept", request));
        using var jan = await owner.Accept(invitation, "jan@studio.example");
        person.Dispose();
    }

    [Fact]
    public async Task Every_part_of_accepting_is_checked()
    {
        await using var server = await BatonServer.Start();
        using var owner = await Founder(server);
        var invitation = await owner.Invite();
        var (person, good) = Invitee(server, invitation, "jan@studio.example");
        foreach (var (name, request) in new Dictionary<string, AcceptInvitation>(StringComparer.Ordinal)
        {
            ["member.email"] = good with { Member = good.Member with { Email = "jan" } },
            ["member.name"] = good with { Member = good.Member with { Name = "" } },
            ["inviteAuth"] = good with { InviteAuth = new byte[31] },
            ["parameters"] = good with { Parameters = good.Parameters with { Lanes = 2 } },
            ["parameters.salt"] = good with { Parameters = good.Parameters with { Salt = new byte[16] } },
            ["authKey"] = good with { AuthKey = [] },
            ["recoveryAuth"] = good with { RecoveryAuth = [] },
            ["keyBlob"] = good with { KeyBlob = [] },
            ["recoveryBlob"] = good with { RecoveryBlob = [] },
            ["ecdh"] = good with { Ecdh = new byte[91] },
            ["ecdsa"] = good with { Ecdsa = good.Ecdsa[..90] },
            ["to"] = good with { To = new byte[31] },
        })
        {
            using var answer = await person.Client.Post("/api/invitation/accept", request);
            Assert.True((await answer.Read<Problem>()).Errors?.ContainsKey(name), name);
        }

        await Expect(HttpStatusCode.Created, person.Client.Post("/api/invitation/accept", good));
        person.Dispose();
    }

    [Fact]
    public async Task Guessing_at_invitations_is_limited_by_address_and_using_one_costs_nothing()
    {
        await using var server = await BatonServer.Start("--sign-in-failures-per-hour-address", "6");
        using var owner = await Founder(server);
        var invitation = await owner.Invite();
        using var client = server.Client();
        for (var i = 0; i < 10; i++)
        {
            await Expect(HttpStatusCode.OK, client.Post("/api/invitation/open", new OpenInvitation(invitation.Auth)));
        }

        var (person, request) = Invitee(server, invitation, "jan@studio.example");
        for (var i = 0; i < 3; i++)
        {
            await Refused("unavailable", client.Post("/api/invitation/open", new OpenInvitation(new byte[32])));
            await Refused("unavailable", client.Post("/api/invitation/accept", request with { InviteAuth = new byte[32] }));
        }

        await Refused("too-many-requests", client.Post("/api/invitation/open", new OpenInvitation(invitation.Auth)));
        await Refused("too-many-requests", client.Post("/api/invitation/accept", request));
        person.Dispose();
    }

    private static async Task<string> Text(HttpResponseMessage answer) =>
        $"{answer.StatusCode} {string.Join('|', answer.Headers.Where(header => header.Key != "Date").Select(header => $"{header.Key}: {string.Join(',', header.Value)}"))} {await answer.Content.ReadAsStringAsync(Cancel)}";
}
