using Baton.EndToEnd.Tests;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Baton.EndToEnd.Tests;

/// <summary>One browser for all tests: the system's Chromium, driven with the Node.js that the Playwright package brings.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>How long anything may take, ms: long, because a slow machine is no fault of the product. Whoever wants a speed measures it.</summary>
    public const int Patience = 90_000;

    private static readonly SemaphoreSlim Clipboard = new(1, 1);

    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-background-networking"],
            Timeout = Patience,
        });
    }

    /// <summary>A profile of its own, as an incognito window has; 390 px wide unless told.</summary>
    public async Task<IBrowserContext> Profile(int width = 390, ColorScheme scheme = ColorScheme.Light, string language = "en", string? userAgent = null)
    {
        var profile = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = width < 600 ? 844 : 900 },
            ColorScheme = scheme,
            Locale = language,
            UserAgent = userAgent,
            ReducedMotion = ReducedMotion.Reduce,
        });
        profile.SetDefaultTimeout(Patience);
        return profile;
    }

    /// <summary>The browser has one clipboard for all profiles: a test that copies or pastes has it alone until it disposes of this.</summary>
    public static async Task<IDisposable> WithTheClipboard()
    {
        await Clipboard.WaitAsync(TestContext.Current.CancellationToken);
        return new Hold();
    }

    private sealed class Hold : IDisposable
    {
        public void Dispose() => Clipboard.Release();
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
