using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests.Exchange;

/// <summary>The organization's rules in the composer: what isn't allowed isn't offered, and the page says why.</summary>
public sealed class PolicyInComposerTests(Chromium chromium)
{
    [Fact]
    public async Task What_the_policy_forbids_is_not_offered_and_a_weak_password_is_refused()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var exchange = new ExchangeDriver(visit);
        var (app, page) = (exchange.App, visit.Page);
        await exchange.SetUp(product.SetupCode);
        await page.GetByRole(AriaRole.Link, new() { Name = "Organization", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Policy", Exact = true }).ClickAsync();
        await app.Field("Longest life, hours").FillAsync("24");
        await app.Field("Every handover needs one").CheckAsync();
        await app.Field("Least strength of one chosen by hand, bits").FillAsync("60");
        await app.Field("Handovers may carry attachments").UncheckAsync();
        await app.Button("Sign and save").ClickAsync();
        await Expect(page.Locator("[role=status].unseen")).ToHaveTextAsync("The policy is in force");

        await page.GetByRole(AriaRole.Link, new() { Name = "New handover", Exact = true }).ClickAsync();
        await app.AddLogin("Panel", "admin", "s3cret-pass");
        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "3 days" })).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "None" })).ToHaveCountAsync(0);
        await Expect(page.GetByText("Your organization allows 1 day at most.")).ToBeVisibleAsync();
        await Expect(page.GetByText("at least 60 bits")).ToBeVisibleAsync();
        await Expect(page.Locator(".entry-editor button").Filter(new() { HasText = "Attach file" })).ToBeDisabledAsync();
        await Expect(page.GetByText("doesn't allow attachments in handovers")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Radio, new() { Name = "Own" }).CheckAsync();
        await app.Field("Own access password").FillAsync("turquoise harbour");
        await app.Field("Recipient").FillAsync("Jan Kowalski");
        await Expect(page.Locator("meter")).ToHaveJSPropertyAsync("value", 4);
        await app.Button("Make the link").ClickAsync();
        await Expect(page.GetByText("Your organization requires 60 bits; this has about")).ToBeVisibleAsync();
        await Screens.Keep(page, "app-compose-policy");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Words" }).CheckAsync();
        var (_, password) = await app.HandOver();
        Assert.Equal(5, password.Split('-').Length);
        Assert.Empty(visit.Complaints);
    }
}
