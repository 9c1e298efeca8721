using System.Net.Http.Headers;
using System.Security.Cryptography;
using Baton.Client.Keys;
using Baton.Client.Sealing;
using Microsoft.Playwright;

namespace Baton.Benchmarks;

/// <summary>
/// The recipient's page in Chromium, from navigation until twelve logins are in the page: what went over the wire and how long it took.
/// The three digits are typed the moment the field is there, so that no human's time is measured.
/// </summary>
internal static class RecipientPage
{
    private const int Runs = 7;

    private const string TypeDigitsAndWatch = """
        new MutationObserver(() => {
          const field = document.querySelector("#key");
          if (field && !window.typed) {
            window.typed = true;
            field.value = field.closest("label").textContent.replace(/\D/g, "");
            queueMicrotask(() => field.form.requestSubmit());
          }
          if (!window.shownAt && document.querySelector("article")) window.shownAt = performance.now();
        }).observe(document, { childList: true, subtree: true });
        """;

    public static async Task Measure(ServerProcess server, UnlockedMember member)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-background-networking"],
        });
        await Open(browser, await HandOver(server, member), slow: false);
        var fast = await Repeat(slow: false);
        var slow = await Repeat(slow: true);
        var (bytes, calls) = (fast[0].Bytes, fast[0].Calls);
        Report.Row("recipient's page", $"{bytes} bytes compressed", "≤ 11 KB", bytes <= 11_000);
        Report.Row("  calls until it shows", $"{calls}", "lookup, claim", calls == 2);
        Report.Row("  on loopback", $"{Median(fast):0} ms (median of {Runs}, best {fast.Min(run => run.Milliseconds):0})", "≤ 220", Median(fast) <= 220);
        Report.Row("  1.6 Mbit/s, 150 ms", $"{Median(slow):0} ms (median of {Runs}, best {slow.Min(run => run.Milliseconds):0})", "≤ 650", Median(slow) <= 650);

        async Task<List<Opening>> Repeat(bool slow)
        {
            var openings = new List<Opening>();
            for (var run = 0; run < Runs; run++)
            {
                openings.Add(await Open(browser, await HandOver(server, member), slow));
            }

            return openings;
        }
    }

    private static double Median(List<Opening> openings) => openings.Select(opening => opening.Milliseconds).Order().ElementAt(openings.Count / 2);

    private static async Task<Opening> Open(IBrowser browser, string link, bool slow)
    {
        await using var profile = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 390, Height = 844 } });
        var tab = await profile.NewPageAsync();
        var calls = 0;
        tab.Request += (_, request) => calls += request.Method == "POST" && !request.Url.EndsWith("/displayed", StringComparison.Ordinal) ? 1 : 0;
        if (slow)
        {
            var session = await profile.NewCDPSessionAsync(tab);
            await session.SendAsync("Network.enable");
            await session.SendAsync("Network.emulateNetworkConditions", new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["offline"] = false, ["latency"] = 150, ["downloadThroughput"] = 200_000, ["uploadThroughput"] = 200_000,
            });
        }

        await tab.AddInitScriptAsync(TypeDigitsAndWatch);
        await tab.GotoAsync(link);
        await tab.WaitForFunctionAsync("() => window.shownAt");
        return new Opening(
            await tab.EvaluateAsync<double>("window.shownAt"),
            await tab.EvaluateAsync<int>("performance.getEntriesByType('navigation')[0].encodedBodySize"), calls);
    }

    private static async Task<string> HandOver(ServerProcess server, UnlockedMember member)
    {
        var entries = Enumerable.Range(1, 12).Select(number => new Entry(
            "login", $"Login {number}", RandomNumberGenerator.GetBytes(16), $"https://host-{number}.example", "ewa", Convert.ToHexString(RandomNumberGenerator.GetBytes(8)), null, "Two lines\nof notes."));
        var draft = new HandoverDraft([.. entries], [], null, "none", 3600, "Bench");
        using var handover = draft.Seal(member, member.Personal!.Newest, $"http://localhost:{server.Endpoint.Port}", "bench");
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Endpoint.Port}") };
        client.DefaultRequestHeaders.Add("Cookie", server.Cookie);
        using var body = new ByteArrayContent(handover.Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var created = await client.PostAsync(new Uri("/api/handovers", UriKind.Relative), body);
        created.EnsureSuccessStatusCode();
        return handover.Link;
    }

    private sealed record Opening(double Milliseconds, int Bytes, int Calls);
}
