using System.Net.Http.Json;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Tests.Handovers;
using Baton.Server.Tests.Vault;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Host;

/// <summary>Who asks: a role, in the organization of the things or in another, with a right on their group.</summary>
/// <param name="State">active, pending or suspended.</param>
internal sealed record Caller(Role Role, Right Right, bool Own = true, string State = "active")
{
    public bool IsIssuer => Role is Role.Owner or Role.Admin;

    /// <summary>Everybody who can be: an auditor holds no right above history.</summary>
    public static IEnumerable<Caller> All =>
    [
        .. from role in new[] { Role.Owner, Role.Admin, Role.Member, Role.Auditor }
           from right in Enum.GetValues<Right>()
           where role != Role.Auditor || right <= Right.History
           select new Caller(role, right),
        .. from role in new[] { Role.Owner, Role.Admin, Role.Member, Role.Auditor } select new Caller(role, Right.None, Own: false),
        new(Role.Member, Right.None, State: "pending"), new(Role.Member, Right.Manage, State: "suspended"),
    ];
}

/// <summary>A fresh organization's group with a founder who may everything, a bystander who may view, and the one who asks. Things are made when they are asked for.</summary>
internal sealed class RightsScene : IDisposable
{
    private readonly List<(Colleague To, Right Right)> holders = [];

    private RightsScene(Colleague founder, Colleague bystander, Colleague asking, Caller caller) =>
        (Founder, Bystander, Asking, Caller) = (founder, bystander, asking, caller);

    public Caller Caller { get; }

    public Colleague Founder { get; }

    public Colleague Bystander { get; }

    public Colleague Asking { get; }

    public Id Group { get; private set; }

    public static async Task<RightsScene> Make(BatonServer server, Colleague founder, Caller caller)
    {
        var bystander = await Colleague.In(server, Role.Member, founder.Organization);
        var asking = await Colleague.In(server, caller.Role, caller.Own ? founder.Organization : null);
        var scene = new RightsScene(founder, bystander, asking, caller);
        scene.holders.Add((bystander, Right.View));
        if (caller.Right != Right.None)
        {
            scene.holders.Add((asking, caller.Right));
        }

        scene.Group = await founder.Group([.. scene.holders]);
        if (caller.State != "active")
        {
            await server.Services.GetRequiredService<Ledger>().Write(transaction =>
            {
                transaction.Execute("UPDATE members SET state = @state WHERE id = @member", ("@member", asking.Id), ("@state", caller.State));
                transaction.Affects(asking.Id);
                return transaction.Record(0, LedgerEntry.Of("suspended", founder.Organization, 1, Actor.Of(founder.Id)));
            });
        }

        return scene;
    }

    /// <summary>A handover that waits.</summary>
    public async Task<TestHandover> Waiting()
    {
        var handover = TestHandover.New(Group);
        await Colleague.Expect(System.Net.HttpStatusCode.Created, Founder.Post("/api/handovers", handover.Request));
        return handover;
    }

    /// <summary>A handover that is under a checkpoint.</summary>
    public async Task Proven() =>
        await Colleague.Expect(System.Net.HttpStatusCode.OK, Founder.Post("/api/evidence", new EvidenceRequest([(await Waiting()).Id])));

    /// <summary>A draft with one file, of who asks where it may hand over, else of the founder.</summary>
    public async Task<TestHandover> Draft()
    {
        var handover = TestHandover.New(Group, files: [16]);
        var maker = Caller is { Right: >= Right.Share, State: "active" } ? Asking : Founder;
        await Colleague.Expect(System.Net.HttpStatusCode.Created, maker.Post("/api/handovers", handover.Request));
        return handover;
    }

    /// <summary>A file announced by who asks where it may edit, else by the founder.</summary>
    public async Task<Id> Announced()
    {
        var file = BatonServer.NewId();
        var maker = Caller is { Right: >= Right.Edit, State: "active" } ? Asking : Founder;
        await Colleague.Expect(System.Net.HttpStatusCode.NoContent, maker.Post("/api/attachments", new NewAttachment(file, Group, 16)));
        return file;
    }

    /// <summary>A file that an entry of the group refers to.</summary>
    public async Task<Id> Kept()
    {
        var (file, _) = await Founder.Upload(Group, 100);
        await Founder.Entry(Group, files: file);
        return file;
    }

    /// <summary>The next key, signed by who asks for exactly who holds the present one.</summary>
    public Rotation Rotation() => Asking.Rotation(Group, 2, 2, [(Founder, Right.Manage), .. holders]);

    public static HttpRequestMessage Get(string path) => new(HttpMethod.Get, path);

    public static HttpRequestMessage Delete(string path) => new(HttpMethod.Delete, path);

    public static HttpRequestMessage Post(string path) => new(HttpMethod.Post, path) { Content = JsonContent.Create(new object()) };

    public static HttpRequestMessage Post<T>(string path, T body) => new(HttpMethod.Post, path) { Content = JsonContent.Create(body, options: WireJson.Shared) };

    public static HttpRequestMessage Put<T>(string path, T body) => new(HttpMethod.Put, path) { Content = JsonContent.Create(body, options: WireJson.Shared) };

    public static HttpRequestMessage PutBytes(string path)
    {
        var content = new ByteArrayContent(new byte[16]);
        content.Headers.ContentType = new("application/octet-stream");
        return new HttpRequestMessage(HttpMethod.Put, path) { Content = content };
    }

    public void Dispose()
    {
        Bystander.Dispose();
        Asking.Dispose();
    }
}
