using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Baton.Protocol.Wire;

namespace Baton.Client.Api;

/// <summary>
/// Sends exact bytes and, while the network fails or the server is starting, the same bytes again:
/// every call of the API that is sent through here may be repeated.
/// </summary>
internal sealed class Transport : IDisposable
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)];

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

    /// <summary>Sends JSON or, without a body, nothing.</summary>
    public Task<Outcome<T>> Json<T>(HttpMethod method, string path, byte[]? body, bool repeat, CancellationToken cancel)
        where T : class =>
        Send(method, path, body, "application/json", repeat, ReadJson<T>, cancel);

    /// <summary>Sends bytes, hears nothing.</summary>
    public Task<Outcome<Done>> Bytes(HttpMethod method, string path, byte[] body, CancellationToken cancel) =>
        Send(method, path, body, "application/octet-stream", repeat: true, (_, _) => Task.FromResult(Done.Value), cancel);

    /// <summary>Sends JSON, hears bytes.</summary>
    public Task<Outcome<byte[]>> Download(string path, byte[] body, CancellationToken cancel) =>
        Send(HttpMethod.Post, path, body, "application/json", repeat: true, (content, stop) => content.ReadAsByteArrayAsync(stop), cancel);

    public void Dispose() => client.Dispose();

    private async Task<Outcome<T>> Send<T>(
        HttpMethod method, string path, byte[]? body, string type, bool repeat, Func<HttpContent, CancellationToken, Task<T>> read, CancellationToken cancel)
        where T : class
    {
        for (var attempt = 0; ; attempt++)
        {
            var last = !repeat || attempt == Pauses.Length;
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

                var problem = await ReadProblem(answer, cancel);
                if (last || !problem.Is(ProblemType.NotReady))
                {
                    return new Outcome<T>(problem);
                }
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && !cancel.IsCancellationRequested))
            {
                if (last)
                {
                    throw new ServerUnreachableException($"{client.BaseAddress!.GetLeftPart(UriPartial.Authority)} does not answer: {fault.Message}", fault);
                }
            }

            await Task.Delay(Pauses[attempt], clock, cancel);
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
