using System.Net;
using System.Net.Http.Json;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Tests.Handovers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Host;

/// <summary>
/// Every endpoint × who asks. The rows are compared with the endpoint table of the running server, so that a new endpoint without a row fails.
/// </summary>
public sealed class RightsTests
{
    /// <summary>Asks for the thing itself: a waiting handover and a draft of the owner.</summary>
    private sealed record Things(TestHandover Waiting, TestHandover Draft, Id Group);

    /// <param name="Ask">The request, new each time.</param>
    /// <param name="Owner">Who made the things.</param>
    /// <param name="Viewer">Of the same organization, with the right history on the group.</param>
    /// <param name="Colleague">Of the same organization, without a right on the group.</param>
    /// <param name="Foreigner">An owner of another organization.</param>
    private sealed record Row(Func<Things, HttpRequestMessage> Ask, int Owner, int Viewer, int Colleague, int Foreigner);

    private static readonly string[] ForAnyone =
    [
        "GET /api/instance", "GET /healthz/live", "GET /healthz/ready", "GET /openapi.json", "POST /api/sign-in/parameters", "POST /api/setup",
        "POST /api/sessions", "POST /api/sign-up", "POST /api/invitation/open", "POST /api/invitation/accept", "POST /api/recovery/open", "POST /api/recovery", "POST /api/link/lookup", "POST /api/link/claim", "POST /api/link/file",
        "POST /api/link/displayed", "POST /api/link/receipt",
    ];

    private static readonly Dictionary<string, Row> ForMembers = new(StringComparer.Ordinal)
    {
        ["GET /api/session"] = new(_ => Get("/api/session"), 200, 200, 200, 200),
        ["DELETE /api/session"] = new(_ => new(HttpMethod.Delete, "/api/session"), 204, 204, 204, 204),
        ["DELETE /api/sessions"] = new(_ => new(HttpMethod.Delete, "/api/sessions"), 204, 204, 204, 204),
        ["POST /api/account/password"] = new(_ => Post("/api/account/password", new ChangePassword(new byte[32], new(new byte[16], 65_536, 2, 1), new byte[32], new byte[300])), 401, 401, 401, 401),
        ["POST /api/account/recovery-key"] = new(_ => Post("/api/account/recovery-key", new ChangeRecoveryKey(new byte[32], new byte[32], new byte[300])), 401, 401, 401, 401),
        ["POST /api/account/name"] = new(_ => Post("/api/account/name", new ChangeName("Ewa")), 204, 204, 204, 204),
        ["GET /api/account/sessions"] = new(_ => Get("/api/account/sessions"), 200, 200, 200, 200),
        ["DELETE /api/account/sessions/{session}"] = new(_ => new(HttpMethod.Delete, $"/api/account/sessions/{BatonServer.NewId()}"), 404, 404, 404, 404),
        ["POST /api/account/delete"] = new(_ => Post("/api/account/delete", new DeleteAccount(new byte[32], [], [])), 401, 401, 401, 401),
        ["GET /api/members"] = new(_ => Get("/api/members"), 200, 200, 200, 200),
        ["POST /api/members/{member}/suspend"] = new(_ => Post($"/api/members/{BatonServer.NewId()}/suspend", new object()), 404, 403, 403, 404),
        ["POST /api/members/{member}/resume"] = new(_ => Post($"/api/members/{BatonServer.NewId()}/resume", new object()), 404, 403, 403, 404),
        ["POST /api/roster"] = new(_ => Post("/api/roster", new NewCard([], [])), 400, 403, 403, 400),
        ["GET /api/invitations"] = new(_ => Get("/api/invitations"), 200, 403, 403, 200),
        ["POST /api/invitations"] = new(_ => Post("/api/invitations", new CreateInvitation(BatonServer.NewId(), [], "member", [], [], [], [])), 400, 403, 403, 400),
        ["DELETE /api/invitations/{invitation}"] = new(_ => new(HttpMethod.Delete, $"/api/invitations/{BatonServer.NewId()}"), 404, 403, 403, 404),
        ["POST /api/invitations/{invitation}/approve"] = new(_ => Post($"/api/invitations/{BatonServer.NewId()}/approve", new ApproveInvitation([], [], [])), 404, 403, 403, 404),
        ["PUT /api/policy"] = new(_ => Put("/api/policy", new NewPolicy("", [])), 400, 403, 403, 400),
        ["GET /api/groups"] = new(_ => Get("/api/groups"), 200, 200, 200, 200),
        ["POST /api/groups"] = new(things => Wire("/api/groups", new CreateGroup(BatonServer.NewId(), Personal: false, new byte[100], [])), 400, 403, 403, 400),
        ["PUT /api/groups/{group}/details"] = new(things => Wire($"/api/groups/{things.Group}/details", new ChangeGroupDetails(1, 0, new byte[100]), HttpMethod.Put), 403, 403, 404, 404),
        ["POST /api/groups/{group}/state"] = new(things => Wire($"/api/groups/{things.Group}/state", new ChangeGroupState("archived")), 403, 403, 404, 404),
        ["PUT /api/groups/{group}/grants/{member}"] = new(things => Wire($"/api/groups/{things.Group}/grants/{things.Group}", new NewGrant(things.Group, things.Group, 1, "view", [], [], []), HttpMethod.Put), 400, 400, 404, 404),
        ["DELETE /api/groups/{group}/grants/{member}"] = new(things => new(HttpMethod.Delete, $"/api/groups/{things.Group}/grants/{things.Group}"), 403, 403, 404, 404),
        ["POST /api/groups/{group}/rotate"] = new(things => Wire($"/api/groups/{things.Group}/rotate", new Rotation(2, [], [], null, 0, [])), 400, 400, 404, 404),
        ["GET /api/groups/{group}/entries"] = new(things => Get($"/api/groups/{things.Group}/entries"), 200, 403, 404, 404),
        ["POST /api/entries"] = new(things => Wire("/api/entries", new EntryChanges([new("save", things.Group, BatonServer.NewId(), 0, 1, new byte[48 + 64])])), 200, 403, 404, 404),
        ["GET /api/entries/{entry}/revisions"] = new(_ => Get($"/api/entries/{BatonServer.NewId()}/revisions"), 404, 404, 404, 404),
        ["GET /api/breach/{prefix}"] = new(_ => Get("/api/breach/00000"), 404, 404, 404, 404),
        ["POST /api/attachments"] = new(things => Wire("/api/attachments", new NewAttachment(BatonServer.NewId(), things.Group, 100)), 204, 403, 404, 404),
        ["PUT /api/attachments/{file}/{chunk}"] = new(things => Chunk($"/api/attachments/{things.Group}/0"), 404, 404, 404, 404),
        ["GET /api/attachments/{file}"] = new(things => Get($"/api/attachments/{things.Group}"), 404, 404, 404, 404),
        ["POST /api/handovers/{handover}/follow-ups"] = new(things => Wire($"/api/handovers/{things.Waiting.Id}/follow-ups", new FollowUp(things.Waiting.Request.Commitments.Items[0], "rotated", true)), 200, 403, 404, 404),
        ["GET /api/events"] = new(_ => Get("/api/events"), 200, 200, 200, 200),
        ["GET /api/handovers"] = new(_ => Get("/api/handovers"), 200, 200, 200, 200),
        ["POST /api/handovers"] = new(things => Post("/api/handovers", TestHandover.New(things.Group).Request), 201, 403, 403, 403),
        ["GET /api/handovers/{handover}"] = new(things => Get($"/api/handovers/{things.Waiting.Id}"), 200, 200, 404, 404),
        ["POST /api/handovers/{handover}/extend"] = new(things => Post($"/api/handovers/{things.Waiting.Id}/extend", new ExtendHandover(7200)), 200, 403, 404, 404),
        ["POST /api/handovers/{handover}/revoke"] = new(things => Post($"/api/handovers/{things.Waiting.Id}/revoke", new object()), 200, 403, 404, 404),
        ["PUT /api/handovers/{handover}/files/{file}/{chunk}"] = new(things => Chunk($"/api/handovers/{things.Draft.Id}/files/0/0"), 204, 404, 404, 404),
        ["POST /api/handovers/{handover}/commit"] = new(things => Post($"/api/handovers/{things.Draft.Id}/commit", new object()), 409, 404, 404, 404),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_endpoint_has_its_row()
    {
        await using var server = await BatonServer.Start();
        var endpoints = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText}"));
        Assert.Equal(ForAnyone.Concat(ForMembers.Keys).Order(StringComparer.Ordinal), endpoints.Select(name => name.TrimEnd('/')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Signed_out_nobody_gets_what_is_the_members()
    {
        await using var server = await BatonServer.Start();
        using var client = server.Client();
        var (_, things) = await Make(server);
        foreach (var (name, row) in ForMembers)
        {
            using var answer = await client.SendAsync(row.Ask(things), Cancel);
            Assert.Equal(name + " sign-in-required", name + " " + await answer.Problem());
        }
    }

    [Fact]
    public async Task Each_member_gets_what_its_right_gives_and_no_more()
    {
        await using var server = await BatonServer.Start();
        foreach (var (name, row) in ForMembers)
        {
            // The narrower first: what they ask for must still be there for the owner.
            var (sender, things) = await Make(server);
            using var owner = sender;
            var (viewer, _) = await server.SignedIn(Role.Auditor, sender.Member.Organization, (things.Group, Right.History));
            var (colleague, _) = await server.SignedIn(Role.Member, sender.Member.Organization);
            var (foreigner, _) = await server.SignedIn();
            var callers = new[] { ("viewer", viewer, row.Viewer), ("colleague", colleague, row.Colleague), ("foreigner", foreigner, row.Foreigner), ("owner", sender.Client, row.Owner) };
            foreach (var (who, client, expected) in callers)
            {
                using var answer = await client.SendAsync(row.Ask(things), HttpCompletionOption.ResponseHeadersRead, Cancel);
                Assert.True((int)answer.StatusCode == expected, $"{name} by {who}: {(int)answer.StatusCode} instead of {expected}");
                if (name == "GET /api/handovers")
                {
                    var seen = (await answer.Read<HandoverPage>()).Handovers.Any(handover => handover.Handover == things.Waiting.Id);
                    Assert.True(seen == (who is "owner" or "viewer"), $"{name} by {who}: {(seen ? "sees" : "does not see")} it");
                }
            }

            viewer.Dispose();
            colleague.Dispose();
            foreigner.Dispose();
        }
    }

    private static async Task<(Sender Sender, Things Things)> Make(BatonServer server)
    {
        var sender = await Sender.In(server);
        var draft = TestHandover.New(sender.Group, files: [16]);
        await sender.Create(draft);
        return (sender, new Things(await sender.Waiting(), draft, sender.Group));
    }

    private static HttpRequestMessage Get(string path) => new(HttpMethod.Get, path);

    private static HttpRequestMessage Post(string path, object body) =>
        new(HttpMethod.Post, path) { Content = JsonContent.Create(body, body.GetType(), options: body.GetType() == typeof(object) ? null : WireJson.Shared) };

    private static HttpRequestMessage Put(string path, object body) =>
        new(HttpMethod.Put, path) { Content = JsonContent.Create(body, body.GetType(), options: WireJson.Shared) };

    private static HttpRequestMessage Wire<T>(string path, T body, HttpMethod? method = null) =>
        new(method ?? HttpMethod.Post, path) { Content = JsonContent.Create(body, options: WireJson.Shared) };

    private static HttpRequestMessage Chunk(string path)
    {
        var content = new ByteArrayContent(new byte[16]);
        content.Headers.ContentType = new("application/octet-stream");
        return new HttpRequestMessage(HttpMethod.Put, path) { Content = content };
    }
}
