using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Tests.Handovers;
using Baton.Server.Tests.Vault;
using static Baton.Server.Tests.Host.RightsScene;

namespace Baton.Server.Tests.Host;

/// <summary>Each call of a member, and what who asks gets for it.</summary>
/// <param name="Ask">The request, on things of its own.</param>
/// <param name="Status">By who asks.</param>
/// <param name="Sees">Whether the answer names the group: for lists, which answer everybody.</param>
internal sealed record RightsRow(Func<RightsScene, Task<HttpRequestMessage>> Ask, Func<Caller, int> Status, Func<Caller, bool>? Sees = null, bool AlsoWhilePending = false);

internal static class RightsTable
{
    public static readonly string[] ForAnyone =
    [
        "GET /api/instance", "GET /healthz/live", "GET /healthz/ready", "GET /openapi.json", "POST /api/sign-in/parameters", "POST /api/setup",
        "POST /api/sessions", "POST /api/sign-up", "POST /api/invitation/open", "POST /api/invitation/accept", "POST /api/recovery/open",
        "POST /api/recovery", "POST /api/link/lookup", "POST /api/link/claim", "POST /api/link/file", "POST /api/link/displayed", "POST /api/link/receipt",
        "GET /ledger/checkpoint", "GET /ledger/tile/{level}/{**tile}",
        "POST /api/link/report",
    ];

    private static readonly KdfParameters Parameters = new(new byte[16], 65_536, 2, 1);

    /// <summary>A name may have a second row, told apart by what follows the #.</summary>
    public static readonly Dictionary<string, RightsRow> ForMembers = new(StringComparer.Ordinal)
    {
        ["GET /api/session"] = Row(_ => Get("/api/session"), Every(200)) with { Sees = caller => caller.Right != Right.None, AlsoWhilePending = true },
        ["DELETE /api/session"] = Row(_ => Delete("/api/session"), Every(204)) with { AlsoWhilePending = true },
        ["DELETE /api/sessions"] = Row(_ => Delete("/api/sessions"), Every(204)) with { AlsoWhilePending = true },
        ["GET /api/events"] = Row(_ => Get("/api/events"), Every(200)) with { AlsoWhilePending = true },
        ["POST /api/account/password"] = Row(_ => Post("/api/account/password", new ChangePassword(new byte[32], Parameters, new byte[32], new byte[300])), Every(401)),
        ["POST /api/account/recovery-key"] = Row(_ => Post("/api/account/recovery-key", new ChangeRecoveryKey(new byte[32], new byte[32], new byte[300])), Every(401)),
        ["POST /api/account/name"] = Row(_ => Post("/api/account/name", new ChangeName("Ewa")), Every(204)),
        ["GET /api/account/sessions"] = Row(_ => Get("/api/account/sessions"), Every(200)),
        ["DELETE /api/account/sessions/{session}"] = Row(_ => Delete($"/api/account/sessions/{BatonServer.NewId()}"), Every(404)),
        ["POST /api/account/delete"] = Row(_ => Post("/api/account/delete", new DeleteAccount(new byte[32], [], [])), Every(401)),
        ["GET /api/members"] = Row(_ => Get("/api/members"), Every(200)),
        ["POST /api/members/{member}/suspend"] = Row(scene => Post($"/api/members/{scene.Bystander.Id}/suspend"), Issuers(204)),
        ["POST /api/members/{member}/resume"] = Row(scene => Post($"/api/members/{scene.Bystander.Id}/resume"), Issuers(204)),
        ["POST /api/roster"] = Row(_ => Post("/api/roster", new NewCard([], [])), Issuers(400, foreign: 400)),
        ["GET /api/invitations"] = Row(_ => Get("/api/invitations"), Issuers(200, foreign: 200)),
        ["POST /api/invitations"] = Row(_ => Post("/api/invitations", new CreateInvitation(BatonServer.NewId(), [], "member", [], [], [], [])), Issuers(400, foreign: 400)),
        ["DELETE /api/invitations/{invitation}"] = Row(_ => Delete($"/api/invitations/{BatonServer.NewId()}"), Issuers(404)),
        ["POST /api/invitations/{invitation}/approve"] = Row(_ => Post($"/api/invitations/{BatonServer.NewId()}/approve", new ApproveInvitation([], [], [])), Issuers(404)),
        ["PUT /api/policy"] = Row(_ => Put("/api/policy", new NewPolicy("", [])), Issuers(400, foreign: 400)),
        ["GET /api/groups"] = Row(_ => Get("/api/groups"), Every(200)) with { Sees = caller => caller.Own && (caller.IsIssuer || caller.Right != Right.None) },
        ["POST /api/groups"] = Row(scene => Post("/api/groups", scene.Asking.New(BatonServer.NewId())), Issuers(201, foreign: 201)),
        ["PUT /api/groups/{group}/details"] = Row(scene => Put($"/api/groups/{scene.Group}/details", new ChangeGroupDetails(1, 1, new byte[100])), With(Right.Manage, 200)),
        ["POST /api/groups/{group}/state"] = Row(scene => Post($"/api/groups/{scene.Group}/state", new ChangeGroupState("deleted")), With(Right.Manage, 200)),
        ["PUT /api/groups/{group}/grants/{member}"] = Row(
            scene => Put($"/api/groups/{scene.Group}/grants/{scene.Bystander.Id}", scene.Asking.Grant(scene.Group, scene.Bystander, Right.Edit)), IssuersWith(Right.View, 204)),
        ["DELETE /api/groups/{group}/grants/{member}"] = Row(
            scene => Delete($"/api/groups/{scene.Group}/grants/{scene.Bystander.Id}"),
            caller => !caller.Own ? 404 : caller.IsIssuer ? 204 : caller.Right == Right.None ? 404 : 403),
        ["POST /api/groups/{group}/rotate"] = Row(scene => Post($"/api/groups/{scene.Group}/rotate", scene.Rotation()), IssuersWith(Right.View, 200)),
        ["GET /api/groups/{group}/entries"] = Row(scene => Get($"/api/groups/{scene.Group}/entries"), With(Right.View, 200)),
        ["POST /api/entries"] = Row(scene => Post("/api/entries", new EntryChanges([Colleague.Save(scene.Group, BatonServer.NewId())])), With(Right.Edit, 200)),
        ["POST /api/entries#bin"] = Row(
            async scene => Post("/api/entries", new EntryChanges([new("bin", scene.Group, await scene.Founder.Entry(scene.Group), 1)])), With(Right.Edit, 200)),
        ["POST /api/entries#purge"] = Row(
            async scene => Post("/api/entries", new EntryChanges([new("purge", scene.Group, await scene.Founder.Entry(scene.Group), 1)])), With(Right.Manage, 200)),
        ["GET /api/entries/{entry}/revisions"] = Row(async scene => Get($"/api/entries/{await scene.Founder.Entry(scene.Group)}/revisions"), With(Right.View, 200)),
        ["POST /api/attachments"] = Row(scene => Post("/api/attachments", new NewAttachment(BatonServer.NewId(), scene.Group, 100)), With(Right.Edit, 204)),
        ["PUT /api/attachments/{file}/{chunk}"] = Row(async scene => PutBytes($"/api/attachments/{await scene.Announced()}/0"), With(Right.Edit, 204, below: 404)),
        ["GET /api/attachments/{file}"] = Row(async scene => Get($"/api/attachments/{await scene.Kept()}"), With(Right.View, 200, below: 404)),
        ["GET /api/breach/{prefix}"] = Row(_ => Get("/api/breach/00000"), Every(404)),
        ["GET /api/handovers"] = Row(
            async scene =>
            {
                await scene.Waiting();
                return Get("/api/handovers");
            }, Every(200)) with { Sees = caller => caller.Right != Right.None },
        ["POST /api/handovers"] = Row(scene => Post("/api/handovers", TestHandover.New(scene.Group).Request), With(Right.Share, 201, none: 403)),
        ["GET /api/handovers/{handover}"] = Row(async scene => Get($"/api/handovers/{(await scene.Waiting()).Id}"), With(Right.History, 200)),
        ["POST /api/handovers/{handover}/extend"] = Row(
            async scene => Post($"/api/handovers/{(await scene.Waiting()).Id}/extend", new ExtendHandover(7_200)), With(Right.Share, 200)),
        ["POST /api/handovers/{handover}/revoke"] = Row(async scene => Post($"/api/handovers/{(await scene.Waiting()).Id}/revoke"), With(Right.Share, 200)),
        ["POST /api/handovers/{handover}/follow-ups"] = Row(
            async scene =>
            {
                var handover = await scene.Waiting();
                return Post($"/api/handovers/{handover.Id}/follow-ups", new FollowUp(handover.Request.Commitments.Items[0], "rotated", Done: true));
            }, With(Right.Share, 200)),
        ["POST /api/evidence"] = Row(async scene => Post("/api/evidence", new EvidenceRequest([(await scene.Waiting()).Id])), With(Right.History, 200)),
        ["GET /api/ledger/head"] = Row(_ => Get("/api/ledger/head"), Every(200)),
        ["GET /api/ledger/inclusion"] = Row(
            async scene =>
            {
                await scene.Proven();
                return Get("/api/ledger/inclusion?log=0&index=0&size=1");
            }, Every(200)),
        ["GET /api/ledger/consistency"] = Row(
            async scene =>
            {
                await scene.Proven();
                return Get("/api/ledger/consistency?log=0&from=1&to=2");
            }, Every(200)),
        ["POST /api/handovers/{handover}/erase"] = Row(
            async scene => Post($"/api/handovers/{(await scene.Waiting()).Id}/erase", new EraseHandover(Details: false)),
            caller => !caller.IsIssuer ? 403 : caller.Right == Right.None ? 404 : 409),
        ["GET /api/ledger"] = Row(_ => Get("/api/ledger"), caller => caller.Role is Role.Owner or Role.Auditor ? 200 : 403),
        ["POST /api/ledger/stamp"] = Row(_ => Post("/api/ledger/stamp"), Issuers(409, foreign: 409)),
        ["PUT /api/retention"] = Row(_ => Put("/api/retention", new Retention(30)), Issuers(204, foreign: 204)),
        ["PUT /api/handovers/{handover}/files/{file}/{chunk}"] = Row(async scene => PutBytes($"/api/handovers/{(await scene.Draft()).Id}/files/0/0"), With(Right.Share, 204, below: 404)),
        ["POST /api/handovers/{handover}/commit"] = Row(async scene => Post($"/api/handovers/{(await scene.Draft()).Id}/commit"), With(Right.Share, 409, below: 404)),
    };

    private static RightsRow Row(Func<RightsScene, HttpRequestMessage> ask, Func<Caller, int> status) => new(scene => Task.FromResult(ask(scene)), status);

    private static RightsRow Row(Func<RightsScene, Task<HttpRequestMessage>> ask, Func<Caller, int> status) => new(ask, status);

    private static Func<Caller, int> Every(int status) => _ => status;

    /// <summary>Owners and admins; things of another organization are not there for them.</summary>
    private static Func<Caller, int> Issuers(int status, int foreign = 404) => caller => !caller.IsIssuer ? 403 : caller.Own ? status : foreign;

    /// <summary>Who has the right; without any the thing is not there, with less it is forbidden.</summary>
    private static Func<Caller, int> With(Right least, int status, int below = 403, int none = 404) =>
        caller => caller.Right == Right.None ? none : caller.Right < least ? below : status;

    private static Func<Caller, int> IssuersWith(Right least, int status) =>
        caller => caller.Right == Right.None ? 404 : caller.Right < least || !caller.IsIssuer ? 403 : status;
}
