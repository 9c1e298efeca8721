using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Baton.EndToEnd.Tests;

/// <summary>One person in front of one page, in a profile of their own: no cookies, no storage.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> complaints = new();
    private readonly IBrowserContext profile;
    private readonly Uri address;

    private Visit(IBrowserContext profile, IPage page, Uri address)
    {
        this.profile = profile;
        this.address = address;
        Page = page;
        page.PageError += (_, error) => complaints.Enqueue(error);
        page.Console += (_, message) =>
        {
            // The browser itself reports refused requests; those are told by the page, and many tests want them.
            if (message.Type is "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                complaints.Enqueue(message.Text);
            }
        };
    }

    public IPage Page { get; }

    /// <summary>Exceptions of the page and everything that its security policy refused.</summary>
    public IReadOnlyCollection<string> Complaints => complaints;

    public static async Task<Visit> To(Product product, Chromium chromium, int width = 1280, string language = "en-GB")
    {
        var own = await chromium.Profile(width, language: language);
        await own.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        own.SetDefaultTimeout(Chromium.Patience);
        return new Visit(own, await own.NewPageAsync(), product.Address);
    }

    public Task Go(string path) => Page.GotoAsync(new Uri(address, path).ToString());

    /// <summary>Another tab of the same browser: the same cookies and storage. It goes with the first.</summary>
    public async Task<Visit> Tab() => new(profile, await profile.NewPageAsync(), address);

    /// <summary>The server no longer knows this browser, as after its idle time.</summary>
    public Task EndSession() => profile.ClearCookiesAsync();

    /// <summary>Neither the document nor any field has one of these in it.</summary>
    public async Task HoldsNothingOf(params string[] secrets)
    {
        var held = await Page.EvaluateAsync<string>("document.documentElement.outerHTML + [...document.querySelectorAll('input, textarea')].map(e => e.value).join('\\n')");
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(secret, held, StringComparison.Ordinal);
        }
    }

    public async ValueTask DisposeAsync() => await profile.DisposeAsync();
}
