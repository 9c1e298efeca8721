using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using Baton.Protocol.Wire;

namespace Baton.Client.Api;

/// <summary>
/// Sends exact bytes and, while the network fails or the server is starting, the same bytes again, as long as the call's
/// <see cref="Patience"/> lasts.
/// </summary>
internal sealed class Transport : IDisposable
{
    /// <summary>A server's wish beyond this is not followed.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly HttpClient client;
    private readonly Cookies cookies;
    private readonly TimeProvider clock;

    public Transport(Uri server, Cookies cookies, TimeProvider clock, HttpMessageHandler? handler)
    {
        this.cookies = cookies;
        this.clock = clock;
        client = new HttpClient(handler ?? new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(15) })
        {
            BaseAddress = server,
            Timeout = TimeSpan.FromSeconds(100),
        };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("baton-cli", typeof(Transport).Assembly.GetName().Version?.ToString(3)));
    }

    /// <summary>Called when a call goes on with <see cref="Patience.Reader"/>, once a call.</summary>
    public Action? Waits { get; set; }

    /// <summary>Sends JSON or, without a body, nothing.</summary>
    public Task<Outcome<T>> Json<T>(HttpMethod method, string path, byte[]? body, Patience patience, CancellationToken cancel)
        where T : class =>
        Send(method, path, body, "application/json", patience, ReadJson<T>, cancel);

    /// <summary>Sends bytes, hears nothing.</summary>
    public Task<Outcome<Done>> Bytes(HttpMethod method, string path, byte[] body, CancellationToken cancel) =>
        Send(method, path, body, "application/octet-stream", Patience.Short, (_, _) => Task.FromResult(Done.Value), cancel);

    /// <summary>Sends JSON, hears bytes: a reader's files.</summary>
    public Task<Outcome<byte[]>> Download(string path, byte[] body, CancellationToken cancel) =>
        Send(HttpMethod.Post, path, body, "application/json", Patience.Reader, (content, stop) => content.ReadAsByteArrayAsync(stop), cancel);

    /// <summary>Hears bytes: a member's attachments.</summary>
    public Task<Outcome<byte[]>> Fetch(string path, CancellationToken cancel) =>
        Send(HttpMethod.Get, path, null, "application/json", Patience.Short, (content, stop) => content.ReadAsByteArrayAsync(stop), cancel);

    public void Dispose() => client.Dispose();

    private async Task<Outcome<T>> Send<T>(
        HttpMethod method, string path, byte[]? body, string type, Patience patience, Func<HttpContent, CancellationToken, Task<T>> read, CancellationToken cancel)
        where T : class
    {
        for (var attempt = 0; ; attempt++)
        {
            var last = attempt == patience.Pauses.Count;
            var pause = last ? TimeSpan.Zero : patience.Pauses[attempt];
            try
            {
                using var request = new HttpRequestMessage(method, path);
                if (body is not null)
                {
                    request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
                }

                if (cookies.Header is { Length: > 0 } header)
                {
                    request.Headers.Add("Cookie", header);
                }

                using var answer = await client.SendAsync(request, cancel);
                cookies.Take(answer);
                if (answer.IsSuccessStatusCode)
                {
                    return new Outcome<T>(await read(answer.Content, cancel));
                }

                if (last || !patience.OutlastsBusy || answer.StatusCode is not (HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError))
                {
                    var problem = await ReadProblem(answer, cancel);
                    if (last || !problem.Is(ProblemType.NotReady))
                    {
                        return new Outcome<T>(problem);
                    }
                }

                pause = answer.Headers.RetryAfter?.Delta is { } wish && wish > pause && wish <= Longest ? wish : pause;
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException or SocketException || (fault is OperationCanceledException && !cancel.IsCancellationRequested))
            {
                if (last)
                {
                    throw new ServerUnreachableException($"{client.BaseAddress!.GetLeftPart(UriPartial.Authority)} does not answer: {fault.Message}", fault);
                }
            }

            if (attempt == Patience.Short.Pauses.Count && ReferenceEquals(patience, Patience.Reader))
            {
                Waits?.Invoke();
            }

            await Task.Delay(pause, clock, cancel);
        }
    }

    private static async Task<T> ReadJson<T>(HttpContent content, CancellationToken cancel)
        where T : class
    {
        if (typeof(T) == typeof(Done))
        {
            return (T)(object)Done.Value;
        }

        try
        {
            await using var stream = await content.ReadAsStreamAsync(cancel);
            return await JsonSerializer.DeserializeAsync<T>(stream, WireJson.Shared, cancel) ?? throw new JsonException("null");
        }
        catch (JsonException fault)
        {
            throw new ServerUnreachableException("The server answers in a way this version of Baton does not know.", fault);
        }
    }

    private static async Task<Problem> ReadProblem(HttpResponseMessage answer, CancellationToken cancel)
    {
        if (answer.Content.Headers.ContentType?.MediaType == "application/problem+json")
        {
            try
            {
                await using var stream = await answer.Content.ReadAsStreamAsync(cancel);
                return await JsonSerializer.DeserializeAsync<Problem>(stream, WireJson.Shared, cancel) ?? throw new JsonException("null");
            }
            catch (JsonException)
            {
                // No problem of ours: told below.
            }
        }

        throw new ServerUnreachableException(
            answer.StatusCode == HttpStatusCode.BadGateway
                ? "The proxy before the server can't reach it (502)."
                : $"This does not look like a Baton server: it answers {(int)answer.StatusCode} to {answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri?.AbsolutePath}.");
    }
}
