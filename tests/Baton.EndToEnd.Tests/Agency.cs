using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Baton.Client.Keys;
using Baton.Client.Sealing;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Tests;

namespace Baton.EndToEnd.Tests;

/// <summary>A server of its own with an owner who hands over, as the C# client does it.</summary>
public sealed class Agency : IAsyncLifetime
{
    private BatonServer server = null!;
    private UnlockedMember member = null!;
    private HttpClient client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>http://127.0.0.1:PORT</summary>
    public string Origin => server.Address.GetLeftPart(UriPartial.Authority);

    public async ValueTask InitializeAsync()
    {
        server = await BatonServer.Start("--pages", Repository.Pages);
        client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = server.Address };
        const string Email = "ewa@studio.example";
        using var named = await client.PostAsJsonAsync("/api/sign-in/parameters", new SignInParameters(Email), WireJson.Shared, Cancel);
        var parameters = await Read<KdfParameters>(named);
        var owner = NewOwner.Make(server.SetupCode, "Studio Północ", "Ewa Nowak", Email, "correct horse battery staple", parameters);
        using var registered = await client.PostAsJsonAsync("/api/setup", owner.Registration, WireJson.Shared, Cancel);
        var session = await Read<Session>(registered);
        Assert.True(MasterPassword.TryStretch("correct horse battery staple", parameters, out var password));
        using (password)
        {
            Assert.True(UnlockedMember.TryUnlock(session, password.WrapKey, out var unlocked));
            member = unlocked;
        }
    }

    /// <summary>Creates it, with its files, and gives the link.</summary>
    public async Task<(string Link, Id Handover)> HandOver(HandoverDraft draft)
    {
        var instance = await client.GetFromJsonAsync<Instance>("/api/instance", WireJson.Shared, Cancel);
        using var handover = draft.Seal(member, member.Personal!.Newest, Origin, instance!.LedgerKey);
        using var body = new ByteArrayContent(handover.Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var created = await client.PostAsync("/api/handovers", body, Cancel);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var id = handover.Request.Handover;
        for (var file = 0; file < handover.Files; file++)
        {
            foreach (var (number, chunk) in handover.Chunks(file).Index())
            {
                using var content = new ByteArrayContent(chunk) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
                using var put = await client.PutAsync($"/api/handovers/{id}/files/{file}/{number}", content, Cancel);
                Assert.Equal(HttpStatusCode.NoContent, put.StatusCode);
            }
        }

        if (handover.Files > 0)
        {
            using var committed = await client.PostAsync($"/api/handovers/{id}/commit", content: null, Cancel);
            Assert.Equal(HttpStatusCode.OK, committed.StatusCode);
        }

        return (handover.Link, id);
    }

    /// <summary>The ledger's verifying key, as sealed contents name it.</summary>
    public async Task<string> LedgerKey() => (await client.GetFromJsonAsync<Instance>("/api/instance", WireJson.Shared, Cancel))!.LedgerKey;

    public async Task Revoke(Id handover)
    {
        using var answer = await client.PostAsync($"/api/handovers/{handover}/revoke", content: null, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    public Task<HandoverDetail> Detail(Id handover) => client.GetFromJsonAsync<HandoverDetail>($"/api/handovers/{handover}", WireJson.Shared, Cancel)!;

    public async Task<string> State(Id handover) => (await Detail(handover)).Summary.State;

    /// <summary>The recipient's reply to the newest receipt, opened as the sender's client opens it.</summary>
    public async Task<(string Name, IReadOnlyList<string> Notes, string Statement)> Reply(Id handover)
    {
        var detail = await Detail(handover);
        var personal = member.Personal!.Newest;
        var place = new DetailsPlace(member.Organization, personal.Group.Group, personal.Group.Version, handover);
        Assert.True(Client.Sealing.Personal.TryOpen(personal.History, place, detail.Summary.Personal!, out var kept));
        var newest = detail.Replies[^1];
        Assert.True(Client.Sealing.Reply.TryOpen(kept.ReplyKey, handover, (uint)newest.Seq, newest.Statement, newest.Reply!, out var reply));
        return (reply.Name, reply.Notes, newest.Statement);
    }

    private static async Task<T> Read<T>(HttpResponseMessage answer)
    {
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancel));
        return (await answer.Content.ReadFromJsonAsync<T>(WireJson.Shared, Cancel))!;
    }

    public async ValueTask DisposeAsync()
    {
        member.Dispose();
        client.Dispose();
        await server.DisposeAsync();
    }
}
