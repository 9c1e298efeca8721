using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests;

/// <summary>Open sign-up, the trial it starts with, and what its end leaves.</summary>
public sealed class TrialTests(Chromium chromium)
{
    [Fact]
    public async Task Anybody_makes_an_organization_where_sign_up_is_open_and_sees_how_long_the_trial_goes_on()
    {
        await using var product = await Product.Start("--sign-up", "open");
        await using var first = await Visit.To(product, chromium);
        await new AppDriver(first).SetUp(product.SetupCode);
        await using var visit = await Visit.To(product, chromium);
        var driver = new OfficeDriver(visit);
        await visit.Go("/");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "New here? Make an organization" }).ClickAsync();
        await driver.App.Heading("Make an organization").WaitForAsync();
        await Expect(driver.App.Field("Set-up code")).ToHaveCountAsync(0);
        await SignUp(driver, AppDriver.Email);
        await driver.App.ConfirmRecoveryKey();
        await Expect(visit.Page.GetByText("There is an account with this e-mail already.")).ToBeVisibleAsync();
        await driver.App.Field("E-mail").FillAsync("jan@biuro.example");
        await driver.App.Button("Create organization").ClickAsync();
        await driver.App.ConfirmRecoveryKey();
        await driver.App.Heading("Vault").WaitForAsync();
        await Expect(visit.Page.GetByText("Trial: 30 days left.")).ToBeVisibleAsync();
        await driver.ToMembers();
        await Expect(visit.Page.Locator(".person")).ToHaveCountAsync(1);
        await Expect(first.Page.GetByText("Trial:")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Where_sign_up_is_closed_it_says_so()
    {
        await using var product = await Product.Start();
        await using var first = await Visit.To(product, chromium);
        await new AppDriver(first).SetUp(product.SetupCode);
        await using var visit = await Visit.To(product, chromium);
        await visit.Go("/sign-up");
        await Expect(new AppDriver(visit).Heading("Sign-up is closed here")).ToBeVisibleAsync();
        await visit.Go("/");
        await Expect(visit.Page.GetByText("New here?")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task After_the_trial_everything_is_read_and_nothing_offered_that_changes()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var driver = new OfficeDriver(visit);
        await driver.App.SetUp(product.SetupCode);
        await driver.ToGroups();
        await driver.MakeGroup("Klient Orzeł");
        // The day of its end, as the server tells of it.
        await visit.Page.RouteAsync("**/api/session", async route =>
        {
            var answer = await route.FetchAsync();
            var over = (await answer.TextAsync()).Replace("\"readOnly\":false", "\"readOnly\":true", StringComparison.Ordinal);
            await route.FulfillAsync(new() { Response = answer, Body = over });
        });
        await visit.Page.ReloadAsync();
        await driver.App.Unlock();
        await Expect(visit.Page.GetByText("The trial is over.")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("Klient Orzeł").First).ToBeVisibleAsync();
        await Expect(driver.App.Button("New group")).ToHaveCountAsync(0);
        await Expect(visit.Page.Locator(".matrix select")).ToHaveCountAsync(0);
        await driver.ToMembers();
        await Expect(driver.App.Button("Invite")).ToHaveCountAsync(0);
        await driver.ToPolicy();
        await Expect(driver.App.Button("Sign and save")).ToHaveCountAsync(0);
    }

    private static async Task SignUp(OfficeDriver driver, string email)
    {
        await driver.App.Field("Organization").FillAsync("Biuro Jana");
        await driver.App.Field("Your name").FillAsync("Jan Kowalski");
        await driver.App.Field("E-mail").FillAsync(email);
        await driver.App.Field("Master password").FillAsync(AppDriver.Password);
        await driver.App.Field("Master password again").FillAsync(AppDriver.Password);
        await driver.App.Button("Create organization").ClickAsync();
    }
}
