using System.Net;
using System.Text.RegularExpressions;
using Baton.Server.Operations;
using Baton.Server.Storage;
using Baton.Server.Tests.Handovers;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Watch;

/// <summary>/metrics: what it counts, that its labels are few and tell nothing, and that it is nowhere but on its own listener.</summary>
public sealed partial class MetricsTests : HandoverTests
{
    protected override string[] Settings => ["--metrics-listen", "http://127.0.0.1:0"];

    [Fact]
    public async Task Requests_are_counted_by_route_method_and_status_and_entries_by_kind()
    {
        var handover = await Sender.Waiting();
        await Open(Page, handover);
        await Expect(HttpStatusCode.NoContent, Page.Displayed(handover));
        await Expect(HttpStatusCode.NotFound, Page.Lookup(TestHandover.New(Sender.Group)));

        // The answer is on its way before the request is counted.
        await Eventually.Holds(async () => (await Scraped.From(Server)).Or0(Count("POST", "/api/link/lookup", 404)) == 1);
        var said = await Scraped.From(Server);
        Assert.Equal(1, said[Count("POST", "/api/handovers/", 201)]);
        Assert.Equal(1, said[Count("POST", "/api/link/claim", 200)]);
        Assert.Equal(1, said[Count("POST", "/api/link/displayed", 204)]);
        Assert.Equal(1, said["http_server_request_duration_seconds_bucket{http_request_method=\"POST\",http_route=\"/api/link/claim\",http_response_status_code=\"200\",le=\"+Inf\"}"]);
        foreach (var kind in new[] { "created", "claimed", "displayed" })
        {
            Assert.Equal(1, said[$"baton_entries_total{{kind=\"{kind}\"}}"]);
        }

        Assert.Equal(("histogram", "counter", "gauge"), (said.TypeOf("http_server_request_duration_seconds"), said.TypeOf("baton_entries_total"), said.TypeOf("baton_log_size")));
        Assert.True(said["dotnet_process_memory_working_set_bytes"] > 1 << 20);
        Assert.Equal(1, said[$"baton_build{{version=\"{BatonHost.Version}\"}}"]);
    }

    [Fact]
    public async Task A_flood_of_unknown_paths_methods_and_locators_makes_no_new_series()
    {
        using var client = Server.Client();

        // Both stores have been written to, so that their series are there.
        await Sender.Waiting();
        await Flood(1);
        var before = await Settled();

        await Flood(300);

        Assert.Equal(OfRequests(before), OfRequests(await Settled()));

        async Task Flood(int times)
        {
            for (var i = 0; i < times; i++)
            {
                using var page = await client.GetAsync($"/{BatonServer.NewId()}", Cancel);
                using var api = await client.GetAsync($"/api/{BatonServer.NewId()}?q={i}", Cancel);
                using var handover = await Sender.Get($"/api/handovers/{BatonServer.NewId()}");
                using var request = new HttpRequestMessage(new HttpMethod("X" + Convert.ToHexString(BatonServer.NewId().ToBytes())), "/api/instance");
                using var method = await client.SendAsync(request, Cancel);
                using var lookup = await Page.Lookup(TestHandover.New(Sender.Group));
            }
        }

        // What the runtime tells of itself is of the whole process, and other tests run in it.
        static IEnumerable<string> OfRequests(Scraped said) => said.Series.Where(series => !series.StartsWith("dotnet_", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

        // The last request is counted a moment after its answer.
        async Task<Scraped> Settled()
        {
            await Eventually.Holds(async () => (await Scraped.From(Server))["http_server_active_requests"] == 0);
            return await Scraped.From(Server);
        }
    }

    [Fact]
    public async Task No_label_tells_an_id_an_address_or_a_name()
    {
        var handover = await Sender.Waiting();
        await Open(Page, handover);
        await Sender.Detail(handover);
        await Eventually.Holds(async () => (await Scraped.From(Server)).Or0(Count("GET", "/api/handovers/{handover}", 200)) == 1);
        var said = (await Scraped.From(Server)).Text;
        foreach (var secret in new[] { handover.Id.ToString(), Sender.Member.Member.ToString(), Sender.Member.Organization.ToString(), Sender.Group.ToString(), "Ewa", "127.0.0.1", "Studio" })
        {
            Assert.DoesNotContain(secret, said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task It_is_on_its_own_listener_which_answers_nothing_else()
    {
        using var own = Server.Client();
        using var published = await own.GetAsync("/metrics", Cancel);
        Assert.DoesNotContain("baton_", await published.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var other = new HttpClient { BaseAddress = Server.Services.GetRequiredService<MetricsListener>().Address };
        foreach (var path in new[] { "/", "/api/instance", "/healthz/live", "/metrics/", "/Metrics" })
        {
            using var nothing = await other.GetAsync(path, Cancel);
            Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
        }

        using var posted = await other.PostAsync("/metrics", null, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, posted.StatusCode);
    }

    [Fact]
    public async Task A_part_at_fault_is_named_with_its_time_by_readiness_and_is_down_in_the_metrics()
    {
        using var client = Server.Client();
        Assert.Equal((HttpStatusCode.OK, """{"status":"ok"}"""), await Ready());
        Assert.Equal(1, (await Scraped.From(Server))["baton_part_up{part=\"shares\"}"]);
        var began = Server.Clock.GetUtcNow();
        using (var shares = Server.Store.OpenShares())
        {
            shares.Script("ALTER TABLE shares RENAME TO away");
            var expected = $$$"""{"status":"not ready","reasons":[{"part":"shares","what":"out of reach","since":"{{{began.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}}}"}]}""";
            Assert.Equal((HttpStatusCode.ServiceUnavailable, expected), await Ready());
            Server.Clock.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal((HttpStatusCode.ServiceUnavailable, expected), await Ready());
            var said = await Scraped.From(Server);
            Assert.Equal((0, 1), (said["baton_part_up{part=\"shares\"}"], said["baton_part_up{part=\"database\"}"]));
            shares.Script("ALTER TABLE away RENAME TO shares");
        }

        await Eventually.Holds(async () => await Ready() == (HttpStatusCode.OK, """{"status":"ok"}"""));

        async Task<(HttpStatusCode, string)> Ready()
        {
            using var answer = await client.GetAsync("/healthz/ready", Cancel);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
        }
    }

    [Fact]
    public async Task A_log_that_lags_is_told_and_is_no_reason_to_serve_nobody()
    {
        using var client = Server.Client();
        using (new Log.StuckLog(Server))
        {
            await Sender.Waiting();
            Server.Clock.Step(TimeSpan.FromSeconds(40));
            await Eventually.Holds(async () => (await Scraped.From(Server))["baton_log_behind_seconds"] is >= 40 and <= 41);
            using var late = await client.GetAsync("/healthz/ready", Cancel);
            Assert.Equal(HttpStatusCode.OK, late.StatusCode);
            Assert.StartsWith("""{"status":"late","reasons":[{"part":"log","what":"behind""", await late.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Dashboard_and_alerts_ask_for_series_that_there_are()
    {
        await Sender.Waiting();
        await Eventually.Holds(async () => (await Scraped.From(Server)).Or0(Count("POST", "/api/handovers/", 201)) == 1);
        var said = await Scraped.From(Server);
        var known = said.Names.Concat(Label().Matches(said.Text).Select(label => label.Groups[1].Value)).ToHashSet(StringComparer.Ordinal);
        foreach (var file in new[] { "deploy/grafana/baton.json", "deploy/prometheus/alerts.yml" })
        {
            var asked = Asked().Matches(Repository.Read(file)).Select(name => name.Value).ToHashSet(StringComparer.Ordinal);
            Assert.NotEmpty(asked);
            Assert.Empty(asked.Except(known));
        }

        foreach (var row in Repository.TableRows("docs/operate.md").Where(row => row[0].StartsWith("baton_", StringComparison.Ordinal) || row[0].StartsWith("http_", StringComparison.Ordinal)))
        {
            foreach (var name in row[0].Split(", "))
            {
                Assert.True(known.Contains(name.Trim('`')) || known.Contains(name.Trim('`') + "_count"), name);
            }
        }
    }

    [Fact]
    public async Task A_listener_that_is_taken_is_refused_with_the_remedy()
    {
        var taken = Server.Services.GetRequiredService<MetricsListener>().Address;
        using var store = Store.New();
        var refused = await Assert.ThrowsAsync<RefusedToStartException>(() => BatonServer.StartIn(store, new ManualClock(), "--metrics-listen", $"http://127.0.0.1:{taken.Port}"));
        Assert.StartsWith($"--metrics-listen 127.0.0.1:{taken.Port} can't be listened on", refused.Message, StringComparison.Ordinal);
    }

    [GeneratedRegex("[{,]([a-z_]+)=\"")]
    private static partial Regex Label();

    [GeneratedRegex(@"\b(baton|http|dotnet)_[a-z_]+")]
    private static partial Regex Asked();

    private static string Count(string method, string route, int status) =>
        $"http_server_request_duration_seconds_count{{http_request_method=\"{method}\",http_route=\"{route}\",http_response_status_code=\"{status}\"}}";
}
