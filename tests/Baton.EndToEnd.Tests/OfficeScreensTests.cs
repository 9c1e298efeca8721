using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests;

/// <summary>Pictures of the organization's pages for people to look at; axe on each, nothing wider than its window.</summary>
public sealed class OfficeScreensTests(Chromium chromium)
{
    [Fact]
    public async Task Every_page_of_the_organization_is_clean_for_axe_and_has_its_pictures()
    {
        await using var product = await Product.Start();
        await using var here = await Visit.To(product, chromium);
        await using var there = await Visit.To(product, chromium);
        var (ewa, ola) = (new OfficeDriver(here), new OfficeDriver(there));
        var page = here.Page;
        await ewa.App.SetUp(product.SetupCode);
        await ewa.ToGroups();
        await Keep("groups-empty");
        await ewa.App.Button("New group").First.ClickAsync();
        await Keep("group-new");
        await ewa.InDialog("Cancel").ClickAsync();
        await ewa.MakeGroup("Klient Orzeł");
        await ewa.MakeGroup("Sklep „Pod Lipą”");
        await ewa.ToMembers();
        await ewa.App.Button("Invite").ClickAsync();
        await Keep("invite");
        await ewa.InDialog("Make the link").ClickAsync();
        await page.Locator(".link-text").WaitForAsync();
        await Keep("invite-link");
        await ewa.InDialog("Done").ClickAsync();
        var link = await ewa.Invite(group: "Klient Orzeł");

        await there.Page.GotoAsync(link);
        await ola.App.Heading("You are invited").WaitForAsync();
        await Screens.Keep(there.Page, "join");
        await ola.Join(link);
        await there.Page.Locator(".fingerprint").WaitForAsync();
        await Screens.Keep(there.Page, "join-pending");
        await Keep("members-waiting");
        await ewa.App.Button("Look and approve").ClickAsync();
        await ewa.Dialog.GetByRole(AriaRole.Button, new() { Name = "Show fingerprint" }).ClickAsync();
        await ewa.Dialog.Locator(".fingerprint").WaitForAsync();
        await Keep("approve");
        await ewa.InDialog("Approve").ClickAsync();
        await ewa.Person("Ola Lis").WaitForAsync();
        await ola.App.Heading("Vault").WaitForAsync();
        await ewa.Open("Ewa Nowak");
        await ewa.Open("Ola Lis");
        await Keep("members");
        await page.GetByRole(AriaRole.Button, new() { Name = "Hand over ownership …" }).ClickAsync();
        await Keep("transfer");
        await ewa.InDialog("Cancel").ClickAsync();

        await ewa.ToGroups();
        await ewa.Right("Ola Lis", "Klient Orzeł").WaitForAsync();
        await Keep("groups");
        await page.SetViewportSizeAsync(1280, 900);
        await page.GetByRole(AriaRole.Button, new() { Name = "Settings of Klient Orzeł" }).ClickAsync();
        await Keep("group");
        await ewa.InDialog("Give to somebody else …").ClickAsync();
        await Keep("group-hand-on");
        await ewa.InDialog("Cancel").ClickAsync();
        await ewa.InDialog("Delete …").ClickAsync();
        await Keep("group-delete");
        await ewa.InDialog("Cancel").ClickAsync();
        await ewa.InDialog("Done").ClickAsync();

        await ewa.ToPolicy();
        await Keep("policy");
        await ola.ToPolicy();
        await Screens.Keep(there.Page, "office-policy-member");
        await ewa.ToAccount();
        await page.Locator(".session-list li").First.WaitForAsync();
        await Keep("account");
        await ewa.App.Button("Change master password").ClickAsync();
        await Keep("account-password");
        await ewa.InDialog("Cancel").ClickAsync();
        await ola.ToAccount();
        await ola.App.Button("Delete my account").ClickAsync();
        await Screens.Keep(there.Page, "office-account-delete");
        await ola.InDialog("Cancel").ClickAsync();

        await ewa.ToMembers();
        await (await ewa.Open("Ola Lis")).GetByRole(AriaRole.Button, new() { Name = "Remove …" }).ClickAsync();
        await Keep("remove");
        await ewa.InDialog("Remove").ClickAsync();
        await Expect(ewa.Dialog).ToContainTextAsync("Ola Lis is removed");
        await Keep("removed");
        await ewa.InDialog("Done").ClickAsync();
        await there.Page.GotoAsync(link);
        await ola.App.Heading("This invitation can't be used").WaitForAsync();
        await Screens.Keep(there.Page, "join-dead");
        Assert.Empty(here.Complaints);
        Assert.Empty(there.Complaints);

        async Task Keep(string name) => await Screens.Keep(page, $"office-{name}");
    }

    [Theory]
    [InlineData("pl-PL", "Organizacja", "Grupy i prawa", "Zasady", "Zaproś")]
    [InlineData("de-DE", "Organisation", "Gruppen und Rechte", "Richtlinie", "Einladen")]
    public async Task Polish_and_German_fit_every_width(string language, string organization, string groups, string policy, string invite)
    {
        await using var product = await Product.Start();
        await using var english = await Visit.To(product, chromium);
        var ewa = new OfficeDriver(english);
        await ewa.App.SetUp(product.SetupCode);
        await ewa.ToGroups();
        await ewa.MakeGroup("Klient Orzeł");
        await using var visit = await Visit.To(product, chromium, 390, language);
        var driver = new AppDriver(visit);
        var page = visit.Page;
        var suffix = language[..2];
        await visit.Go("/");
        await page.Locator("input[type=email]").FillAsync(AppDriver.Email);
        await page.Locator("input[type=password]").FillAsync(AppDriver.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Link, new() { Name = organization, Exact = true }).ClickAsync();
        await driver.Button(invite).WaitForAsync();
        await Screens.Keep(page, $"office-members-{suffix}");
        await driver.Button(invite).ClickAsync();
        await Screens.Keep(page, $"office-invite-{suffix}");
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Link, new() { Name = groups, Exact = true }).ClickAsync();
        await driver.Heading(groups).WaitForAsync();
        await Screens.Keep(page, $"office-groups-{suffix}");
        await page.GetByRole(AriaRole.Link, new() { Name = policy, Exact = true }).ClickAsync();
        await driver.Heading(policy).WaitForAsync();
        await Screens.Keep(page, $"office-policy-{suffix}");
        Assert.Empty(visit.Complaints);
    }
}
