using Baton.Server.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests.VaultPages;

/// <summary>An agency's whole vault in one page.</summary>
public sealed class TenThousandTests(Chromium chromium)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_thousand_entries_open_scroll_and_are_searched_at_every_key_stroke()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var vault = new VaultDriver(visit);
        var page = visit.Page;
        await vault.SetUp(product.SetupCode);
        await vault.Lock();
        await Seed.Entries(product, 10_000, Cancel);
        await vault.App.Unlock();
        await vault.App.Heading("Vault").WaitForAsync();
        var opening = System.Diagnostics.Stopwatch.StartNew();
        await Expect(page.GetByText("10,000 entries", new() { Exact = true })).ToBeVisibleAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"10,000 entries open {opening.ElapsedMilliseconds} ms after the page");

        // 5 to 28 ms were seen on two cores with fifteen other busy processes: the median tells a slow search from a pause of the machine, and
        // a search that is slow is slow each time.
        var stroke = await Stroke(page);
        for (var again = 0; again < 20 && stroke >= 50; again++)
        {
            stroke = await Stroke(page);
        }

        Assert.True(stroke < 50, $"A key stroke takes {stroke} ms.");

        await page.EvaluateAsync("() => { document.getElementById('vault-rows').scrollTop = 300_000; }");
        await Expect(page.Locator(".vault-row[aria-posinset='5000']")).ToBeAttachedAsync();
        // Those that were in sight before may stand there until the list is drawn anew.
        await Eventually.Holds(async () => await page.Locator(".vault-row").CountAsync() is >= 5 and <= 60);
        await vault.Search.FillAsync("LACZE 777");
        await Expect(vault.Rows.First).ToContainTextAsync("Łącze 777");
        await vault.Rows.First.ClickAsync();
        await vault.Title("Łącze 777").WaitForAsync();
        Assert.Empty(visit.Complaints);
    }

    /// <summary>The median of the ms from a key stroke to the rows it leaves, without the painting.</summary>
    private static async Task<double> Stroke(IPage page)
    {
        var strokes = await page.EvaluateAsync<double[]>("""
            async () => {
              const input = document.getElementById("vault-search");
              const times = [];
              for (const text of ["l", "la", "lac", "lacz", "lacze", "lacze 9", "lacze 99", "klient12", "panel user", ""]) {
                const begun = performance.now();
                input.value = text;
                input.dispatchEvent(new InputEvent("input", { bubbles: true }));
                await new Promise(resolve => setTimeout(resolve, 0));
                times.push(performance.now() - begun);
              }
              return times;
            }
            """);
        TestContext.Current.TestOutputHelper?.WriteLine($"ms a key stroke: {string.Join(", ", strokes.Select(ms => ms.ToString("0", System.Globalization.CultureInfo.InvariantCulture)))}");
        return strokes.Order().ElementAt(strokes.Length / 2);
    }
}
