using System.Net;
using System.Text.Json;
using Baton.Client.Api;
using Baton.Protocol.Wire;
using Xunit;

namespace Baton.Protocol.Tests;

public sealed class ApiTests
{
    private static readonly HandoverCreated Created = new(default, "waiting", 1, 2, "{}");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_the_network_fails_the_same_bytes_are_sent_again()
    {
        using var network = new Network(() => throw new HttpRequestException("cut"), () => throw new IOException("cut in the middle"), () => Json(Created));
        using var api = Api(network);
        var outcome = await api.Create("{\"exact\":  \"bytes\"}"u8.ToArray(), Cancel);
        Assert.True(outcome.TryGet(out _, out _));
        Assert.Equal(3, network.Bodies.Count);
        Assert.All(network.Bodies, body => Assert.Equal("{\"exact\":  \"bytes\"}", body));
    }

    [Fact]
    public async Task A_server_that_is_starting_is_asked_again_and_any_other_problem_is_not()
    {
        using var network = new Network(() => Of(ProblemType.NotReady), () => Of(ProblemType.Conflict));
        using var api = Api(network);
        var outcome = await api.Commit(default, Cancel);
        Assert.False(outcome.TryGet(out _, out var problem));
        Assert.True(problem.Is(ProblemType.Conflict));
        Assert.Equal(2, network.Bodies.Count);
    }

    [Fact]
    public async Task After_four_tries_the_server_counts_as_out_of_reach()
    {
        using var network = new Network();
        using var api = Api(network);
        await Assert.ThrowsAsync<ServerUnreachableException>(() => api.Revoke(default, Cancel));
        Assert.Equal(4, network.Bodies.Count);
    }

    [Fact]
    public async Task Who_has_claimed_outlasts_a_dead_network_a_busy_server_and_a_proxy_without_one()
    {
        Func<HttpResponseMessage>[] trouble =
        [
            .. Enumerable.Repeat<Func<HttpResponseMessage>>(() => throw new HttpRequestException("a tunnel"), 40),
            () => Of(ProblemType.TooManyRequests), () => Of(ProblemType.SharesUnavailable), () => new HttpResponseMessage(HttpStatusCode.BadGateway),
        ];
        using var network = new Network([.. trouble, () => Json(new LinkOpened([], [], 0, "", "")), .. trouble, () => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([7]) }]);
        using var api = Api(network);
        var waited = 0;
        api.Waits = () => waited++;

        Assert.True((await api.Claim(new LinkClaim([1], [2], [3]), Cancel)).TryGet(out _, out _));
        Assert.True((await api.File(new LinkFile([1], [2], [3], 0, 0, 1), Cancel)).TryGet(out var bytes, out _));

        Assert.Equal([7], bytes);
        Assert.Equal(2, network.Bodies.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(2, waited);
    }

    [Fact]
    public async Task Who_has_claimed_gives_up_after_five_minutes_and_at_once_when_refused()
    {
        using var network = new Network(() => Of(ProblemType.Unavailable));
        using var api = Api(network);
        Assert.False((await api.Claim(new LinkClaim([1], [2], [3]), Cancel)).TryGet(out _, out var problem));
        Assert.True(problem.Is(ProblemType.Unavailable));
        await Assert.ThrowsAsync<ServerUnreachableException>(() => api.Claim(new LinkClaim([1], [2], [3]), Cancel));
        Assert.InRange(network.Bodies.Count, 60, 70);
    }

    [Fact]
    public async Task Set_up_uses_its_code_once()
    {
        using var network = new Network();
        using var api = Api(network);
        var registration = new Registration("code", new OrganizationName(default, ""), new MemberName(default, "", ""), new KdfParameters([], 1, 1, 1), [], [], [], [], [], [], new PersonalGroup(default, [], [], []));
        await Assert.ThrowsAsync<ServerUnreachableException>(() => api.SetUp(registration, Cancel));
        Assert.Single(network.Bodies);
    }

    [Fact]
    public async Task Cookies_are_kept_sent_and_dropped_when_emptied()
    {
        using var network = new Network(
            () => Json(Created, "__Host-baton=token; path=/; secure; httponly; samesite=strict", "__Host-baton-device=d; path=/"),
            () => Json(Created),
            () => Json(Created, "__Host-baton=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/"));
        using var api = Api(network);
        for (var i = 0; i < 3; i++)
        {
            await api.Commit(default, Cancel);
        }

        Assert.Equal(["", "__Host-baton=token; __Host-baton-device=d", "__Host-baton=token; __Host-baton-device=d"], network.CookieHeaders, StringComparer.Ordinal);
        Assert.Equal(["__Host-baton-device"], api.Cookies.Values.Keys, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(200, "text/html", "<html>")]
    [InlineData(200, "application/json", "{\"unknown\":1}")]
    [InlineData(302, "text/html", "")]
    [InlineData(502, "text/html", "Bad Gateway")]
    [InlineData(404, "application/problem+json", "{\"type\":7}")]
    public async Task What_no_Baton_server_says_is_no_answer(int status, string type, string body)
    {
        using var network = new Network(() => new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, System.Text.Encoding.UTF8, type) });
        using var api = Api(network);
        await Assert.ThrowsAsync<ServerUnreachableException>(() => api.Instance(Cancel));
    }

    private static BatonApi Api(Network network)
    {
        Assert.True(ServerAddress.TryParse("baton.example", out var server));
        return new BatonApi(server, clock: new ImpatientClock(), handler: network);
    }

    private static HttpResponseMessage Json<T>(T value, params string[] cookies)
    {
        var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(JsonSerializer.Serialize(value, WireJson.Shared), System.Text.Encoding.UTF8, "application/json") };
        foreach (var cookie in cookies)
        {
            answer.Headers.Add("Set-Cookie", cookie);
        }

        return answer;
    }

    private static HttpResponseMessage Of(ProblemType problem) => new((HttpStatusCode)problem.Status)
    {
        Content = new StringContent(JsonSerializer.Serialize(problem.With(), WireJson.Shared), System.Text.Encoding.UTF8, "application/problem+json"),
    };

    /// <summary>A network that does what the test says, and is down when nothing is left to say.</summary>
    private sealed class Network(params Func<HttpResponseMessage>[] answers) : HttpMessageHandler
    {
        public List<string> Bodies { get; } = [];

        public List<string> CookieHeaders { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            CookieHeaders.Add(request.Headers.TryGetValues("Cookie", out var cookies) ? string.Join('|', cookies) : "");
            Bodies.Add(request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
            var answer = Bodies.Count <= answers.Length ? answers[Bodies.Count - 1]() : throw new HttpRequestException("down");
            answer.RequestMessage = request;
            return answer;
        }
    }

    /// <summary>Every wait is over at once.</summary>
    private sealed class ImpatientClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, period);
    }
}
