using Baton.Server.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests;

/// <summary>Pictures of every screen for people to look at, axe on each, and what the document gives away.</summary>
public sealed class RecipientPageLooksTests(Chromium chromium, Agency agency) : IClassFixture<Agency>
{
    private const string Password = "granite walrus copper lantern";

    [Theory]
    [InlineData(390, ColorScheme.Light, "en")]
    [InlineData(390, ColorScheme.Dark, "pl")]
    [InlineData(1280, ColorScheme.Light, "de")]
    [InlineData(1280, ColorScheme.Dark, "en")]
    public async Task Every_screen_is_clean_for_axe_and_has_its_picture(int width, ColorScheme scheme, string language)
    {
        await using var profile = await chromium.Profile(width, scheme, language);
        var (digits, _) = await agency.HandOver(RecipientPage.Draft(language: language));
        var (link, handover) = await agency.HandOver(RecipientPage.Draft(Password, language, RecipientPage.Login, RecipientPage.Server with { Files = null }, RecipientPage.Wifi));
        var page = await RecipientPage.At(profile, digits);
        await Expect(page.Field).ToBeVisibleAsync();
        await Look("digits");

        page = await RecipientPage.At(profile, link);
        await page.Tab.Locator("summary").ClickAsync();
        await Look("password");
        await page.Tab.Locator("summary").ClickAsync();
        await page.Open("wrong");
        await Expect(page.Alert).Not.ToBeEmptyAsync();
        await Look("wrong-password");
        await page.Open(Password);
        await page.Displayed();
        await page.Entries.First.Locator("dd:has(code) button").First.ClickAsync();
        await Look("shown");
        await page.Entries.First.Locator("input[value=works]").CheckAsync();
        await page.Entries.Nth(1).Locator("input[value=problem]").CheckAsync();
        await page.Tab.Locator("form > button[type=button]").ClickAsync();
        await page.Submit.ClickAsync();
        await Expect(page.Alert.GetByRole(AriaRole.Button)).ToBeVisibleAsync();
        await Look("confirmed");
        Assert.Equal("confirmed", await agency.State(handover));

        page = await RecipientPage.At(profile, link);
        await Expect(page.Tab.Locator("li")).ToHaveCountAsync(3);
        await Look("unavailable");
        page = await RecipientPage.At(profile, link[..^2]);
        await Expect(page.Tab.Locator("html")).ToHaveAttributeAsync("lang", language);
        await Expect(page.Heading).Not.ToHaveTextAsync("This page did not start");
        await Look("cut-link");

        async Task Look(string name)
        {
            await page.Tab.ScreenshotAsync(new() { Path = Path.Combine(Repository.Screens, $"recipient-{name}-{width}-{scheme.ToString().ToLowerInvariant()}.png"), FullPage = true });
            await Screens.IsClean(page.Tab, name);
            Assert.True(await Screens.Fits(page.Tab), name + " is wider than the screen");
            Assert.Equal([], page.Complaints);
        }
    }

    [Fact]
    public async Task Secrets_stand_in_no_attribute_no_storage_and_no_address()
    {
        var (link, _) = await agency.HandOver(RecipientPage.Draft(Password, "en", RecipientPage.Login, RecipientPage.Wifi, RecipientPage.Server with { Files = null }));
        await using var profile = await chromium.Profile();
        var page = await RecipientPage.At(profile, link);
        await page.Open(Password);
        await page.Displayed();
        var masked = page.Tab.Locator("button:has-text('Show')");
        while (await masked.CountAsync() > 0)
        {
            await masked.First.ClickAsync();
        }

        var text = await page.Tab.Locator("main").InnerTextAsync();
        Assert.All(RecipientPage.Secrets, secret => Assert.Contains(secret, text, StringComparison.Ordinal));

        var given = await page.Tab.EvaluateAsync<string>(
            """
            async () => JSON.stringify([
              [...document.querySelectorAll("*")].flatMap((e) => [...e.attributes].map((a) => a.value)),
              [...document.querySelectorAll("input")].map((e) => e.defaultValue),
              { ...localStorage }, { ...sessionStorage }, await indexedDB.databases(), await caches.keys(), document.cookie,
              location.href, history.state, document.title, name, performance.getEntriesByType("resource").map((e) => e.name),
            ])
            """);
        string[] never = [.. RecipientPage.Secrets, Password, "granite-walrus", link.Split('#')[1]];
        Assert.All(never, secret => Assert.DoesNotContain(secret, given, StringComparison.Ordinal));
        Assert.EndsWith("/h", page.Tab.Url, StringComparison.Ordinal);
        Assert.Empty(await profile.CookiesAsync());
        Assert.Equal([], page.Complaints);
    }

    [Fact]
    public async Task Inside_another_app_the_page_warns_and_shows_the_link_to_copy()
    {
        var (link, handover) = await agency.HandOver(RecipientPage.Draft());
        const string InApp = "Mozilla/5.0 (Linux; Android 14; Pixel 7; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0 Mobile Safari/537.36";
        await using var profile = await chromium.Profile(userAgent: InApp);
        var page = await RecipientPage.At(profile, link);
        await Expect(page.Tab.Locator(".bad")).ToContainTextAsync("Another app shows this page");
        await Expect(page.Tab.Locator("details code")).ToHaveTextAsync(link);
        Assert.Equal("waiting", await agency.State(handover));
    }

    [Fact]
    public async Task Without_script_the_text_beneath_says_that_nothing_was_opened()
    {
        var (link, handover) = await agency.HandOver(RecipientPage.Draft());
        await using var profile = await chromium.Profile();
        var page = await RecipientPage.In(profile);
        // A proxy that rewrites the page breaks the hash: the browser refuses the script.
        await page.Tab.RouteAsync("**/h", async route =>
        {
            var answer = await route.FetchAsync();
            await route.FulfillAsync(new() { Response = answer, Body = (await answer.TextAsync()).Replace("<script>", "<script>/* proxy */", StringComparison.Ordinal) });
        });
        await page.Tab.GotoAsync(link);
        await Expect(page.Heading).ToHaveTextAsync("This page did not start");
        await Eventually.Holds(() => page.Complaints.Count > 0);
        Assert.Equal("waiting", await agency.State(handover));
    }
}
