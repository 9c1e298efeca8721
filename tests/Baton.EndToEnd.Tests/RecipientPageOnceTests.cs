using System.Security.Cryptography;
using Baton.Protocol.Encoding;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests;

/// <summary>Once means once: whatever the recipient, a scanner or the network does.</summary>
public sealed class RecipientPageOnceTests(Chromium chromium, Agency agency) : IClassFixture<Agency>
{
    private const string Password = "granite walrus copper lantern";

    private async Task<(RecipientPage Page, string Link)> Shown(IBrowserContext profile)
    {
        var (link, _) = await agency.HandOver(RecipientPage.Draft());
        var page = await RecipientPage.At(profile, link);
        await page.OpenWithDigits();
        await page.Displayed();
        return (page, link);
    }

    [Fact]
    public async Task After_a_reload_there_is_nothing()
    {
        await using var profile = await chromium.Profile();
        var (page, _) = await Shown(profile);
        page.Tab.Dialog += async (_, dialog) => await dialog.AcceptAsync();
        await page.Tab.ReloadAsync();
        await page.IsDead();
        await Expect(page.Entries).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Leaving_is_warned_of_as_long_as_something_would_be_lost()
    {
        await using var profile = await chromium.Profile();
        var (page, _) = await Shown(profile);
        var warned = new TaskCompletionSource<string>();
        page.Tab.Dialog += async (_, dialog) =>
        {
            warned.TrySetResult(dialog.Type);
            await dialog.DismissAsync();
        };
        await page.Tab.CloseAsync(new() { RunBeforeUnload = true });
        Assert.Equal("beforeunload", await warned.Task.WaitAsync(TimeSpan.FromMilliseconds(Chromium.Patience), TestContext.Current.CancellationToken));
        await Expect(page.Entries).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task After_going_back_there_is_nothing()
    {
        await using var profile = await chromium.Profile();
        var (page, _) = await Shown(profile);
        page.Tab.Dialog += async (_, dialog) => await dialog.AcceptAsync();
        await page.Tab.GotoAsync(agency.Origin + "/healthz/live");
        await page.Tab.GoBackAsync();
        await page.IsDead();
        await Expect(page.Entries).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_page_that_is_hidden_for_the_back_forward_cache_is_emptied_and_reloads_when_it_comes_back()
    {
        await using var profile = await chromium.Profile();
        var (page, _) = await Shown(profile);
        await page.Tab.EvaluateAsync("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))");
        Assert.Equal("", await page.Tab.EvaluateAsync<string>("document.body.textContent"));
        page.Tab.Dialog += async (_, dialog) => await dialog.AcceptAsync();
        await page.Tab.EvaluateAsync("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
        await page.IsDead();
    }

    [Fact]
    public async Task In_a_second_tab_and_in_another_browser_there_is_nothing()
    {
        await using var profile = await chromium.Profile();
        var (_, link) = await Shown(profile);
        await using var other = await chromium.Profile();
        foreach (var place in new[] { profile, other })
        {
            var second = await RecipientPage.At(place, link);
            await second.IsDead();
            Assert.Equal(["lookup"], second.Calls);
        }
    }

    [Fact]
    public async Task Of_two_tabs_that_wait_only_the_first_to_open_shows_it()
    {
        var (link, _) = await agency.HandOver(RecipientPage.Draft());
        await using var profile = await chromium.Profile();
        var first = await RecipientPage.At(profile, link);
        var second = await RecipientPage.At(profile, link);
        await Expect(second.Field).ToBeVisibleAsync();
        await first.OpenWithDigits();
        await first.Displayed();
        await second.OpenWithDigits();
        await second.IsDead();
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(55, 1)]
    public async Task A_cut_link_is_recognized_before_any_request(int start, int length)
    {
        var (link, handover) = await agency.HandOver(RecipientPage.Draft());
        var at = link.IndexOf('#', StringComparison.Ordinal) + 1;
        await using var profile = await chromium.Profile();
        var page = await RecipientPage.At(profile, link.Remove(at + start, length));
        await Expect(page.Heading).ToHaveTextAsync("This link is not complete");
        Assert.Empty(page.Calls);
        Assert.Equal("waiting", await agency.State(handover));
    }

    [Fact]
    public async Task A_mistyped_link_is_recognized_before_any_request_and_an_upper_case_one_opens()
    {
        var (link, _) = await agency.HandOver(RecipientPage.Draft());
        var parts = link.Split('#');
        var mistyped = parts[1][..20] + (parts[1][20] == '7' ? '8' : '7') + parts[1][21..];
        await using var profile = await chromium.Profile();
        var page = await RecipientPage.At(profile, parts[0] + "#" + mistyped);
        await Expect(page.Heading).ToHaveTextAsync("This link is not complete");
        Assert.Empty(page.Calls);
        // The right one pasted over it in the same tab: only the fragment changes, the page loads itself anew.
        await page.Tab.GotoAsync(parts[0] + "#" + parts[1].ToUpperInvariant());
        await Expect(page.Field).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Password)]
    public async Task A_scanner_that_runs_scripts_and_presses_every_button_burns_nothing(string? password)
    {
        var (link, handover) = await agency.HandOver(RecipientPage.Draft(password));
        using var clipboard = await Chromium.WithTheClipboard();
        await using var scanner = await chromium.Profile(userAgent: "Mozilla/5.0 (compatible; SafeLinksScanner/1.0)");
        var page = await RecipientPage.At(scanner, link);
        await Expect(page.Field).ToBeVisibleAsync();
        for (var round = 0; round < 2; round++)
        {
            foreach (var button in await page.Tab.Locator("summary, button, input").AllAsync())
            {
                if (await button.IsVisibleAsync())
                {
                    await button.ClickAsync();
                }
            }

            await page.Field.PressAsync("Enter");
        }

        Assert.Equal(["lookup"], page.Calls);
        Assert.Equal("waiting", await agency.State(handover));
        await using var profile = await chromium.Profile();
        var recipient = await RecipientPage.At(profile, link);
        await Expect(recipient.Field).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_wrong_password_burns_a_guess_and_the_tenth_everything()
    {
        var (link, handover) = await agency.HandOver(RecipientPage.Draft(Password));
        await using var profile = await chromium.Profile();
        var page = await RecipientPage.At(profile, link);
        for (var left = 9; left > 0; left--)
        {
            await page.Open("wrong " + left);
            await Expect(page.Alert).ToHaveTextAsync($"This access password is wrong. Tries left: {left}");
        }

        await page.Open("wrong for the last time");
        await page.IsDead();
        await Expect(page.Tab.Locator("main")).ToContainTextAsync("Too many wrong passwords");
        Assert.Equal("locked", await agency.State(handover));
        Assert.Equal([], page.Complaints);
    }

    [Fact]
    public async Task Unknown_revoked_and_used_links_show_the_same_page()
    {
        var (revoked, handover) = await agency.HandOver(RecipientPage.Draft());
        await agency.Revoke(handover);
        await using var profile = await chromium.Profile();
        var (_, used) = await Shown(profile);
        var pages = new List<string>();
        var unknown = revoked.Split('#')[0] + "#" + Code.Encode(CodeKind.Link, RandomNumberGenerator.GetBytes(32));
        foreach (var link in new[] { revoked, used, unknown })
        {
            var page = await RecipientPage.At(profile, link);
            await page.IsDead();
            pages.Add(await page.Tab.Locator("body").InnerHTMLAsync());
        }

        Assert.Single(pages.Distinct(StringComparer.Ordinal));
    }
}
