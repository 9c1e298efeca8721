using Baton.Protocol;
using Baton.Server.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests;

/// <summary>"This was not me", "I expected more": what a recipient tells the sender without an account.</summary>
public sealed class RecipientReportTests(Chromium chromium, Agency agency) : IClassFixture<Agency>
{
    private async Task<List<string>> Reasons(Id handover) =>
        [.. (await agency.Detail(handover)).Entries.Select(entry => entry.Text).Where(text => text.Contains("\"kind\":\"reported\"", StringComparison.Ordinal))
            .Select(text => text.Contains("\"reason\":\"not-me\"", StringComparison.Ordinal) ? "not-me" : "more")];

    /// <summary>Once there are any: a report is answered before it is written, so that nobody learns anything from the time it takes.</summary>
    private async Task<List<string>> Told(Id handover)
    {
        List<string> reasons = [];
        await Eventually.Holds(async () => (reasons = await Reasons(handover)).Count > 0);
        return reasons;
    }

    [Fact]
    public async Task Who_finds_a_link_dead_that_they_did_not_open_tells_the_sender()
    {
        var (link, handover) = await agency.HandOver(RecipientPage.Draft());
        await using var somebody = await chromium.Profile();
        var thief = await RecipientPage.At(somebody, link);
        await thief.OpenWithDigits();
        await thief.Displayed();

        await using var profile = await chromium.Profile();
        var page = await RecipientPage.At(profile, link);
        await page.IsDead();
        var question = "";
        page.Tab.Dialog += async (_, dialog) =>
        {
            question = dialog.Message;
            await dialog.AcceptAsync();
        };
        var report = page.Tab.GetByRole(AriaRole.Button, new() { Name = "This was not me" });
        await report.ClickAsync();
        await Expect(page.Status).ToHaveTextAsync("✓ The sender will hear of it.");
        await Expect(report).ToBeDisabledAsync();
        Assert.Equal("This was not me. The sender will hear of it.", question);
        Assert.Equal(["not-me"], await Told(handover));
        Assert.Equal([], page.Complaints);
    }

    [Fact]
    public async Task Who_expected_more_says_so_beside_the_receipt()
    {
        var (link, handover) = await agency.HandOver(RecipientPage.Draft());
        await using var profile = await chromium.Profile();
        var page = await RecipientPage.At(profile, link);
        await page.OpenWithDigits();
        await page.Displayed();
        page.Tab.Dialog += async (_, dialog) => await dialog.AcceptAsync();
        await page.Tab.GetByRole(AriaRole.Button, new() { Name = "I expected more" }).ClickAsync();
        await Expect(page.Status).ToHaveTextAsync("✓ The sender will hear of it.");
        Assert.Equal(["more"], await Told(handover));
    }

    [Fact]
    public async Task A_scanner_that_presses_every_button_reports_nothing()
    {
        var (link, handover) = await agency.HandOver(RecipientPage.Draft());
        await agency.Revoke(handover);
        await using var profile = await chromium.Profile();
        var page = await RecipientPage.At(profile, link);
        await page.IsDead();
        await Expect(page.Tab.GetByRole(AriaRole.Button, new() { Name = "This was not me" })).ToBeVisibleAsync();
        foreach (var button in await page.Tab.Locator("button").AllAsync())
        {
            // Nobody listens to dialogs here, so the browser dismisses them.
            await button.ClickAsync();
        }

        Assert.Equal(["lookup"], page.Calls);
        Assert.Equal([], await Reasons(handover));
    }

    [Fact]
    public async Task Without_a_link_there_is_nothing_to_report()
    {
        await using var profile = await chromium.Profile();
        var page = await RecipientPage.At(profile, agency.Origin.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + "/h");
        await page.IsDead();
        await Expect(page.Tab.Locator("button")).ToHaveCountAsync(0);
    }
}
