using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Baton.Protocol;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Security;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Vault;

/// <summary>A signed-in member with real keys, so that the server can check what it signs. What it seals is random: the server can't tell.</summary>
internal sealed class Colleague : IDisposable
{
    private readonly ECDsa signing = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] ecdh;
    private readonly CurrentMember member;

    private Colleague(HttpClient client, CurrentMember member, byte[] ecdh) => (Client, this.member, this.ecdh) = (client, member, ecdh);

    public HttpClient Client { get; private set; }

    public Id Id => member.Member;

    public Id Organization => member.Organization;

    /// <summary>The personal group.</summary>
    public Id Own => member.Rights.Single(right => right.Value == Right.Manage).Key;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<Colleague> In(BatonServer server, Role role = Role.Owner, Id? organization = null)
    {
        var (client, member) = await server.SignedIn(role, organization);
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var made = new Colleague(client, member, key.ExportSubjectPublicKeyInfo());
        await server.Services.GetRequiredService<Ledger>().Write(transaction =>
        {
            transaction.Execute(
                "UPDATE members SET ecdh = @ecdh, ecdsa = @ecdsa WHERE id = @member",
                ("@member", made.Id), ("@ecdh", made.ecdh), ("@ecdsa", made.signing.ExportSubjectPublicKeyInfo()));
            transaction.Affects(made.Id);
            return transaction.Record(0, LedgerEntry.Of("card", made.Organization, 1, Actor.Of(made.Id)));
        });
        return made;
    }

    /// <summary>A new session, with a server that was started again or after the old one ran out.</summary>
    public async Task SignIn(BatonServer server)
    {
        var token = Bytes(32);
        var now = server.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        await server.Services.GetRequiredService<Ledger>().Write(transaction =>
        {
            transaction.Execute(
                "INSERT INTO sessions (token_hash, id, member, created_at, used_at) VALUES (@token, @session, @member, @now, @now)",
                ("@token", SHA256.HashData(token)), ("@session", BatonServer.NewId()), ("@member", Id), ("@now", now));
            return transaction.Record(0, LedgerEntry.Of("signed-in", Organization, now, Actor.Of(Id)));
        });
        Client.Dispose();
        Client = server.Client();
        Client.DefaultRequestHeaders.Add("Cookie", "baton=" + Protocol.Encoding.Base64Url.Encode(token));
    }

    /// <summary>A grant to somebody, signed by this member.</summary>
    public NewGrant Grant(Id group, Colleague to, Right right, int version = 1, bool personal = false)
    {
        var (enc, ciphertext) = (PublicKey.Point(to.ecdh), RandomNumberGenerator.GetBytes(48));
        var text = SignedText.Grant(Organization, group, version, right, to.Id, to.ecdh, to.signing.ExportSubjectPublicKeyInfo(), enc, ciphertext, personal);
        return new NewGrant(group, to.Id, version, right.Word(), enc, ciphertext, Signatures.Sign(signing, text));
    }

    /// <summary>Makes this the organization's policy.</summary>
    public Task SetPolicy(Policy policy) =>
        Expect(HttpStatusCode.OK, Put("/api/policy", new NewPolicy(policy.ToText(), Signatures.Sign(signing, SignedText.Policy(Organization, policy.ToText())))));

    /// <summary>Makes a group and gives these rights on it, with this member's own right to manage.</summary>
    public async Task<Id> Group(params (Colleague To, Right Right)[] rights)
    {
        var group = BatonServer.NewId();
        await Expect(HttpStatusCode.Created, Post("/api/groups", New(group, rights)));
        return group;
    }

    public CreateGroup New(Id group, params (Colleague To, Right Right)[] rights) =>
        new(group, Personal: false, Bytes(120), [Grant(group, this, Right.Manage), .. rights.Select(right => Grant(group, right.To, right.Right))]);

    public Task<HttpResponseMessage> Give(Id group, Colleague to, Right right, int version = 1) =>
        Put($"/api/groups/{group}/grants/{to.Id}", Grant(group, to, right, version));

    public Task<HttpResponseMessage> Rotate(Id group, int version, long detailsRevision, params (Colleague To, Right Right)[] rights) =>
        Post($"/api/groups/{group}/rotate", Rotation(group, version, detailsRevision, rights));

    public Rotation Rotation(Id group, int version, long detailsRevision, params (Colleague To, Right Right)[] rights) =>
        new(version, Bytes(80), Bytes(80), Bytes(120), detailsRevision, [.. rights.Select(right => Grant(group, right.To, right.Right, version))]);

    /// <summary>A sealed entry of a size that one has.</summary>
    public static EntryChange Save(Id group, Id entry, long from = 0, int version = 1, int size = 48 + 256, params Id[] files) =>
        new("save", group, entry, from, version, Bytes(size), files.Length == 0 ? null : files);

    public Task<HttpResponseMessage> Change(params EntryChange[] changes) => Post("/api/entries", new EntryChanges(changes));

    /// <summary>Changes and expects success.</summary>
    public async Task<IReadOnlyList<EntryState>> Changed(params EntryChange[] changes)
    {
        using var answer = await Change(changes);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(Cancel)}");
        return (await answer.Read<EntriesChanged>()).Entries;
    }

    /// <summary>A new entry in the group.</summary>
    public async Task<Id> Entry(Id group, int version = 1, params Id[] files)
    {
        var entry = BatonServer.NewId();
        await Changed(Save(group, entry, version: version, files: files));
        return entry;
    }

    /// <summary>Everything in the group.</summary>
    public async Task<IReadOnlyList<EntryState>> Entries(Id group, long after = 0)
    {
        using var answer = await Get($"/api/groups/{group}/entries?after={after}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Read<EntryPage>()).Entries;
    }

    /// <summary>A file uploaded in full; it belongs to this member until an entry refers to it.</summary>
    public async Task<(Id File, byte[] Bytes)> Upload(Id group, int size = 65_552 + 1_000)
    {
        var (file, bytes) = (BatonServer.NewId(), Bytes(size));
        await Expect(HttpStatusCode.NoContent, Post("/api/attachments", new NewAttachment(file, group, size)));
        for (var chunk = 0; chunk * 65_552 < size; chunk++)
        {
            await Expect(HttpStatusCode.NoContent, PutChunk(file, chunk, bytes[(chunk * 65_552)..Math.Min(size, (chunk + 1) * 65_552)]));
        }

        return (file, bytes);
    }

    public Task<HttpResponseMessage> PutChunk(Id file, int chunk, byte[] bytes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new("application/octet-stream");
        return Client.PutAsync(new Uri($"/api/attachments/{file}/{chunk}", UriKind.Relative), content, Cancel);
    }

    public async Task<Session> Session()
    {
        using var answer = await Get("/api/session");
        return await answer.Read<Session>();
    }

    public async Task<GroupRights> Rights(Id group)
    {
        using var answer = await Get("/api/groups");
        return (await answer.Read<GroupList>()).Groups.Single(rights => rights.Group == group);
    }

    public Task<HttpResponseMessage> Get(string path) => Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);

    public Task<HttpResponseMessage> Delete(string path) => Client.DeleteAsync(new Uri(path, UriKind.Relative), Cancel);

    public Task<HttpResponseMessage> Post<T>(string path, T body) => Client.PostAsJsonAsync(path, body, WireJson.Shared, Cancel);

    public Task<HttpResponseMessage> Put<T>(string path, T body) => Client.PutAsJsonAsync(path, body, WireJson.Shared, Cancel);

    public static async Task Expect(HttpStatusCode status, Task<HttpResponseMessage> call)
    {
        using var answer = await call;
        Assert.True(status == answer.StatusCode, $"{(int)answer.StatusCode} instead of {(int)status}: {await answer.Content.ReadAsStringAsync(Cancel)}");
    }

    /// <summary>Expects the problem of this name.</summary>
    public static async Task<Problem> Refused(string problem, Task<HttpResponseMessage> call)
    {
        using var answer = await call;
        Assert.Equal(problem, answer.IsSuccessStatusCode ? answer.StatusCode.ToString() : await answer.Problem());
        return await answer.Read<Problem>();
    }

    public static byte[] Bytes(int count) => RandomNumberGenerator.GetBytes(count);

    public void Dispose()
    {
        signing.Dispose();
        Client.Dispose();
    }
}
