using System.Diagnostics;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Baton.EndToEnd.Tests;

/// <summary>Pictures for people to look at, and what axe says of the same pages.</summary>
internal static class Screens
{
    private static readonly (int Width, int Height)[] Sizes = [(390, 844), (1280, 900)];

    /// <summary>Writes artifacts/screens/NAME-WIDTH-SCHEME.png; nothing may be cut at the side and axe must find nothing.</summary>
    public static async Task Keep(IPage page, string name)
    {
        // A page that is still loading has nothing to look at: each of ours is there with its heading, and no bar runs.
        await page.Locator("h1").First.WaitForAsync();
        await Assertions.Expect(page.Locator("progress:visible")).ToHaveCountAsync(0);
        foreach (var (width, height) in Sizes)
        {
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await page.SetViewportSizeAsync(width, height);
                await page.EmulateMediaAsync(new() { ColorScheme = scheme });
                var file = $"{name}-{width}-{(scheme == ColorScheme.Light ? "light" : "dark")}";
                await page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Screens, file + ".png"), FullPage = true });
                Assert.True(await Fits(page), $"{file} is wider than its window.");
                if ((scheme == ColorScheme.Light) != (width == 390))
                {
                    continue;
                }

                // Every width and every scheme once: together they show what any of the four could.
                await IsClean(page, file);
            }
        }

        await page.SetViewportSizeAsync(1280, 900);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }

    /// <summary>Axe finds nothing. A page that still draws itself is not what people see: what axe finds there is looked for again.</summary>
    public static async Task IsClean(IPage page, string name)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var found = string.Join("; ", (await page.RunAxe()).Violations.Select(violation => $"{violation.Id} at {string.Join(", ", violation.Nodes.Select(node => $"{node.Target} {node.Html}"))}"));
            if (found.Length == 0)
            {
                return;
            }

            Assert.True(waited.ElapsedMilliseconds < Chromium.Patience, $"{name}: {found}");
        }
    }

    /// <summary>Nothing is cut at the side, once the browser has laid the page out for its new width.</summary>
    public static async Task<bool> Fits(IPage page)
    {
        try
        {
            await page.WaitForFunctionAsync("() => document.documentElement.scrollWidth <= innerWidth");
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
