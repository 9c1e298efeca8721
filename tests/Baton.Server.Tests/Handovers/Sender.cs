using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Security;

namespace Baton.Server.Tests.Handovers;

/// <summary>A signed-in owner who hands over.</summary>
internal sealed class Sender : IDisposable
{
    private HttpClient client;

    private readonly CurrentMember? member;

    /// <param name="member">Where the test knows who it is.</param>
    public Sender(HttpClient client, Id group, CurrentMember? member = null)
    {
        this.client = client;
        this.member = member;
        Group = group;
    }

    public CurrentMember Member => member ?? throw new InvalidOperationException("A sender of another process.");

    public Id Group { get; }

    public HttpClient Client => client;

    /// <summary>The same session with a server that was started again.</summary>
    public void Connect(BatonServer server)
    {
        var cookie = client.DefaultRequestHeaders.GetValues("Cookie");
        client.Dispose();
        client = server.Client();
        client.DefaultRequestHeaders.Add("Cookie", cookie);
    }

    public static async Task<Sender> In(BatonServer server)
    {
        var (client, member) = await server.SignedIn();
        return new Sender(client, member.Rights.Single().Key, member);
    }

    public Task<HttpResponseMessage> Post(string path, object? body = null) =>
        client.PostAsync(new Uri(path, UriKind.Relative), body is null ? null : JsonContent.Create(body, body.GetType(), options: WireJson.Shared));

    public Task<HttpResponseMessage> PutChunk(TestHandover handover, int file, int chunk, byte[] bytes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new("application/octet-stream");
        return client.PutAsync(new Uri($"/api/handovers/{handover.Id}/files/{file}/{chunk}", UriKind.Relative), content);
    }

    public Task<HttpResponseMessage> Get(string path) => client.GetAsync(new Uri(path, UriKind.Relative));

    /// <summary>Creates it and expects success.</summary>
    public async Task<HandoverCreated> Create(TestHandover handover)
    {
        using var answer = await Post("/api/handovers", handover.Request);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await answer.Read<HandoverCreated>();
    }

    /// <summary>A handover that waits.</summary>
    public async Task<TestHandover> Waiting(bool password = true, long lifeSeconds = 3600)
    {
        var handover = TestHandover.New(Group, password, lifeSeconds);
        await Create(handover);
        return handover;
    }

    public async Task<HandoverDetail> Detail(TestHandover handover)
    {
        using var answer = await Get($"/api/handovers/{handover.Id}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Read<HandoverDetail>();
    }

    public async Task<string> State(TestHandover handover) => (await Detail(handover)).Summary.State;

    /// <summary>Kinds of its entries, in order.</summary>
    public async Task<string[]> Story(TestHandover handover) =>
        [.. (await Detail(handover)).Entries.Select(entry => JsonDocument.Parse(entry.Text).RootElement.GetProperty("kind").GetString()!)];

    public void Dispose() => client.Dispose();
}
