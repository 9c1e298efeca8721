using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Baton.Benchmarks;

/// <summary>Ten thousand entries in Chromium: until all are open, each key stroke of a search, and an import of as many.</summary>
internal static partial class VaultInBrowser
{
    // Every key stroke until the list is painted: the browser's own wait for its next frame, up to 16 ms, included.
    private const string Type = """
        async text => {
          const input = document.querySelector("#vault-search");
          const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
          const times = [];
          for (let length = 1; length <= text.length; length++) {
            const from = performance.now();
            set.call(input, text.slice(0, length));
            input.dispatchEvent(new Event("input", { bubbles: true }));
            await new Promise((painted) => requestAnimationFrame(() => {
              const channel = new MessageChannel();
              channel.port1.onmessage = painted;
              channel.port2.postMessage(0);
            }));
            times.push(performance.now() - from);
          }
          return times;
        }
        """;

    public static async Task Measure(ServerProcess server, string database)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-background-networking"],
        });
        await using var profile = await browser.NewContextAsync(new() { Locale = "en-US", ViewportSize = new() { Width = 1280, Height = 900 } });
        profile.SetDefaultTimeout(300_000);
        var page = await profile.NewPageAsync();
        await page.GotoAsync($"http://localhost:{server.Endpoint.Port}/");
        await page.GetByLabel("E-mail", new() { Exact = true }).FillAsync(ServerProcess.Email);
        await page.GetByLabel("Master password", new() { Exact = true }).FillAsync(ServerProcess.MasterPassword);
        var watch = Stopwatch.StartNew();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Vault", Level = 1 }).WaitForAsync();
        var unlocked = watch.Elapsed;
        await page.GetByText(All()).First.WaitForAsync();
        var opened = watch.Elapsed;

        var strokes = new List<double>();
        foreach (var text in new[] { "client7 entry 00007", "host4242", "zażółć" })
        {
            strokes.AddRange(await page.EvaluateAsync<double[]>(Type, text));
            await page.EvaluateAsync(Type, " ");
        }

        strokes.Sort();
        Report.Row($"{VaultInTerminal.Entries} entries, Chromium", $"signed in {unlocked.TotalSeconds:0.0} s, all open {opened.TotalSeconds:0.0} s");
        Report.Row(
            "  a key stroke", $"p50 {strokes[strokes.Count / 2]:0} ms  p95 {strokes[strokes.Count * 95 / 100]:0} ms  max {strokes[^1]:0} ms ({strokes.Count} strokes, until painted)",
            "each ≤ 50", strokes[^1] <= 50);
        Report.Row("  import from KeePass", $"{(await Import(page, database)).TotalSeconds:0.0} s (read, sealed, sent)");
    }

    private static async Task<TimeSpan> Import(IPage page, string database)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.Locator(".vault-groups").GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await dialog.Locator("input[type=file]").SetInputFilesAsync(database);
        await page.GetByLabel("Password of this file", new() { Exact = true }).FillAsync(ServerProcess.MasterPassword);
        var watch = Stopwatch.StartNew();
        await page.GetByRole(AriaRole.Button, new() { Name = "Open", Exact = true }).ClickAsync();
        await page.GetByLabel("Name of the group", new() { Exact = true }).FillAsync("Bench");
        await dialog.GetByRole(AriaRole.Button, new() { NameRegex = ImportEntries() }).ClickAsync();
        await dialog.GetByText("imported.").WaitForAsync();
        return watch.Elapsed;
    }

    [GeneratedRegex(@"^10[,. ]?000 entries", RegexOptions.None, 1000)]
    private static partial Regex All();

    [GeneratedRegex(@"^Import \d", RegexOptions.None, 1000)]
    private static partial Regex ImportEntries();
}
