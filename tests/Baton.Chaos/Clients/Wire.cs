using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Baton.Chaos.Recording;
using Baton.Protocol.Encoding;
using Baton.Protocol.Wire;

namespace Baton.Chaos.Clients;

/// <summary>What came back from one request; nothing when the status is null.</summary>
internal sealed record Heard(HttpStatusCode? Status, byte[] Body)
{
    public Outcome Outcome => Status switch
    {
        null or >= HttpStatusCode.InternalServerError => Outcome.Unknown,
        >= HttpStatusCode.BadRequest => Outcome.Refused,
        _ => Outcome.Done,
    };

    public T Read<T>() => JsonSerializer.Deserialize<T>(Body, WireJson.Shared)!;

    public Problem? Problem => Status >= HttpStatusCode.BadRequest && Body.Length > 0 && Body[0] == '{' ? Read<Problem>() : null;
}

/// <summary>
/// All nodes, each behind its front: a request goes to one of them, once. Nothing is repeated here, because each repetition is an operation of
/// its own; who has no answer after ten seconds does not know what happened.
/// </summary>
internal sealed class Wire(Recorder recorder, IReadOnlyList<Uri> nodes) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        MaxConnectionsPerServer = 64,
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Cookie of the owner, once there is one.</summary>
    public string? Cookie { get; set; }

    public Recorder Recorder => recorder;

    /// <summary>One request to any node, taken down.</summary>
    /// <param name="adds">What the operation tells of itself and of its answer.</param>
    public async Task<Heard> Call(
        string kind, string subject, HttpMethod method, string path, object? body = null, string? cookie = null, Func<Operation, Heard, Operation>? adds = null)
    {
        var begin = recorder.Now;
        var heard = await Send(nodes[RandomNumberGenerator.GetInt32(nodes.Count)], method, path, body, cookie ?? Cookie);
        var operation = new Operation(begin, recorder.Now, kind, subject, heard.Outcome) { Said = heard.Problem?.Type[Problem.Prefix.Length..] };
        recorder.Add(adds?.Invoke(operation, heard) ?? operation);
        return heard;
    }

    /// <summary>The same without taking it down: for what stands in the databases at the end.</summary>
    public Task<Heard> Ask(string path) => Send(nodes[0], HttpMethod.Get, path, null, Cookie);

    /// <summary>One request to the first node, with what it sets as cookies.</summary>
    public async Task<(Heard Heard, string Cookie)> SignIn(string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(nodes[RandomNumberGenerator.GetInt32(nodes.Count)], path)) { Content = JsonContent.Create(body, body.GetType(), options: WireJson.Shared) };
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            using var answer = await client.SendAsync(request, patience.Token);
            var heard = new Heard(answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(patience.Token));
            var set = answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [];
            return (heard, set.FirstOrDefault(cookie => cookie.StartsWith("baton=", StringComparison.Ordinal))?.Split(';')[0] ?? "");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or SocketException or OperationCanceledException)
        {
            return (new Heard(null, []), "");
        }
    }

    public static string Hash(params ReadOnlySpan<byte[]> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            hash.AppendData(part);
        }

        return Base64Url.Encode(hash.GetHashAndReset());
    }

    public void Dispose() => client.Dispose();

    private async Task<Heard> Send(Uri node, HttpMethod method, string path, object? body, string? cookie)
    {
        using var request = new HttpRequestMessage(method, new Uri(node, path)) { Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: WireJson.Shared) };
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        try
        {
            using var patience = new CancellationTokenSource(Patience);
            using var answer = await client.SendAsync(request, patience.Token);
            return new Heard(answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(patience.Token));
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or SocketException or OperationCanceledException)
        {
            return new Heard(null, []);
        }
    }
}
