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
        // A page that is still loading has nothing to look at: each of ours is there with its heading.
        await page.Locator("h1").First.WaitForAsync();
        foreach (var (width, height) in Sizes)
        {
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await page.SetViewportSizeAsync(width, height);
                await page.EmulateMediaAsync(new() { ColorScheme = scheme });
                var file = $"{name}-{width}-{(scheme == ColorScheme.Light ? "light" : "dark")}";
                await page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Screens, file + ".png"), FullPage = true });
                Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{file} is wider than its window.");
                if ((scheme == ColorScheme.Light) != (width == 390))
                {
                    continue;
                }

                // Every width and every scheme once: together they show what any of the four could.
                var found = await page.RunAxe();
                Assert.True(found.Violations.Length == 0, $"{file}: {string.Join("; ", found.Violations.Select(v => $"{v.Id} at {string.Join(", ", v.Nodes.Select(n => n.Target))}"))}");
            }
        }

        await page.SetViewportSizeAsync(1280, 900);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }
}
