using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Baton.Protocol;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;

namespace Baton.Server.Tests.Handovers;

/// <summary>A handover whose sealed content is random bytes: the server can't tell. Its keys fit together as the spec says.</summary>
internal sealed record TestHandover(byte[] Locator, byte[] ClaimKey, byte[] DisplayedProof, CreateHandover Request)
{
    public Id Id => Request.Handover;

    public static TestHandover New(Id group, bool password = true, long lifeSeconds = 3600, int sealedSize = 1040, IReadOnlyList<long>? files = null)
    {
        var locator = RandomNumberGenerator.GetBytes(16);
        var share = RandomNumberGenerator.GetBytes(32);
        var claimKey = RandomNumberGenerator.GetBytes(32);
        var proof = RandomNumberGenerator.GetBytes(32);
        var flags = (byte)((password ? 1 : 0) | (files is { Count: > 0 } ? 2 : 0));
        var request = new CreateHandover(
            BatonServer.NewId(), group, 1, SHA256.HashData(locator), share, HMACSHA256.HashData(share, claimKey), SHA256.HashData(proof), flags,
            lifeSeconds, password ? "phone" : "none", "pl", ShowSender: true,
            RandomNumberGenerator.GetBytes(sealedSize), RandomNumberGenerator.GetBytes(200), RandomNumberGenerator.GetBytes(150),
            new HandoverCommitments(RandomNumberGenerator.GetBytes(32), [RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32)]),
            RandomNumberGenerator.GetBytes(64), files);
        return new TestHandover(locator, claimKey, proof, request);
    }

    public string Statement(int seq = 1, string status = "works") =>
        $$"""{"seq":{{seq}},"items":[{{string.Join(',', Request.Commitments.Items.Select(item => $$"""{"commitment":"{{Protocol.Encoding.Base64Url.Encode(item)}}","status":"{{status}}"}"""))}}]}""";
}

/// <summary>A recipient's page: a reader key that dies with it.</summary>
internal sealed class Reader : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private HttpClient client;

    public Reader(BatonServer server)
        : this(server.Client())
    {
    }

    public Reader(HttpClient client) => this.client = client;

    /// <summary>The same page with a server that was started again.</summary>
    public void Connect(BatonServer server) => Connect(server.Client());

    public void Connect(HttpClient other)
    {
        client.Dispose();
        client = other;
    }

    public byte[] Key => key.ExportSubjectPublicKeyInfo();

    public HttpClient Client => client;

    public Task<HttpResponseMessage> Post<T>(string call, T body) =>
        client.PostAsJsonAsync(new Uri("/api/link/" + call, UriKind.Relative), body, WireJson.Shared, TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> Lookup(TestHandover handover) => Post("lookup", new LinkLookup(handover.Locator));

    public Task<HttpResponseMessage> Claim(TestHandover handover) => Post("claim", ClaimOf(handover));

    public Task<HttpResponseMessage> Guess(TestHandover handover) => Post("claim", ClaimOf(handover) with { ClaimKey = RandomNumberGenerator.GetBytes(32) });

    public LinkClaim ClaimOf(TestHandover handover) => new(handover.Locator, handover.ClaimKey, Key);

    public Task<HttpResponseMessage> Displayed(TestHandover handover) => Post("displayed", new LinkDisplayed(handover.Locator, handover.DisplayedProof));

    public Task<HttpResponseMessage> File(TestHandover handover, int file, int firstChunk, int chunks) =>
        Post("file", new LinkFile(handover.Locator, handover.ClaimKey, Key, file, firstChunk, chunks));

    public Task<HttpResponseMessage> Receipt(LinkReceipt receipt) => Post("receipt", receipt);

    /// <summary>A receipt signed for what the claim answered.</summary>
    public LinkReceipt Sign(TestHandover handover, LinkOpened opened, string statement)
    {
        var reply = RandomNumberGenerator.GetBytes(120);
        var text = SignedText.Receipt(handover.Id, opened.Claimed, statement, reply);
        return new LinkReceipt(handover.Locator, statement, reply, Signatures.Sign(key, text));
    }

    public void Dispose()
    {
        key.Dispose();
        client.Dispose();
    }
}
