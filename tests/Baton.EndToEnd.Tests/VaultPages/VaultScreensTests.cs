using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests.VaultPages;

/// <summary>Pictures of the vault for people to look at; axe on each, nothing wider than its window.</summary>
public sealed class VaultScreensTests(Chromium chromium)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_screen_of_the_vault_is_clean_for_axe_and_has_its_pictures()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var vault = new VaultDriver(visit);
        var page = visit.Page;
        await vault.SetUp(product.SetupCode);
        await Keep("empty");
        await vault.App.Button("New").ClickAsync();
        await vault.App.Button("Save").ClickAsync();
        await Keep("new-errors");
        await vault.App.Field("Title").FillAsync("Panel Łódź");
        await vault.App.Field("User name").FillAsync("admin");
        await vault.App.Button("Generate").ClickAsync();
        await page.Locator(".generated .secret").WaitForAsync();
        await Keep("generator");
        await vault.App.Button("Use this password").ClickAsync();
        await vault.App.Field("One-time code seed (TOTP) · optional").FillAsync("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        await vault.App.Field("Notes").FillAsync("Wejście od podwórza.");
        await vault.App.Field("Change password by").FillAsync("2020-01-01");
        await vault.App.Button("Add field").ClickAsync();
        await vault.App.Field("Field name").FillAsync("PIN");
        await vault.App.Field("Value").FillAsync("1234");
        await Keep("edit");
        await vault.Save("Panel Łódź");
        await Seed.Entries(product, 40, Cancel);
        await Expect(page.GetByText("41 entries", new() { Exact = true })).ToBeVisibleAsync();
        await vault.App.Button("Show: Password").ClickAsync();
        await vault.App.Button("Spell Password").ClickAsync();
        await Keep("entry");
        await vault.Place("All entries").ClickAsync();
        await Keep("list");
        await vault.App.Button("Tick several").ClickAsync();
        await vault.Rows.First.ClickAsync();
        await vault.Rows.Nth(2).ClickAsync();
        await Keep("ticked");
        await vault.App.Button("Move").ClickAsync();
        await Keep("move");
        await page.Keyboard.PressAsync("Escape");
        await vault.App.Button("Tag").ClickAsync();
        await Keep("tag");
        await page.Keyboard.PressAsync("Escape");
        await vault.App.Button("Move to bin").ClickAsync();
        await Keep("bin-ask");
        await vault.Dialog.GetByRole(AriaRole.Button, new() { Name = "Move to bin" }).ClickAsync();
        await vault.Place("Bin").ClickAsync();
        await vault.Rows.First.ClickAsync();
        await Keep("bin");
        await page.SetViewportSizeAsync(390, 844);
        await vault.App.Button("Back").ClickAsync();
        await vault.App.Button("Groups").ClickAsync();
        await Screens.Keep(page, "vault-groups");
        Assert.Empty(visit.Complaints);

        Task Keep(string name) => Screens.Keep(page, $"vault-{name}");
    }

    [Theory]
    [InlineData("pl-PL", "Nowy wpis", "Zapisz")]
    [InlineData("de-DE", "Neuer Eintrag", "Speichern")]
    public async Task Polish_and_German_fit_every_width(string language, string add, string save)
    {
        await using var product = await Product.Start();
        await using var english = await Visit.To(product, chromium);
        await new VaultDriver(english).SetUp(product.SetupCode);
        await using var visit = await Visit.To(product, chromium, 1280, language);
        var page = visit.Page;
        await visit.Go("/");
        await page.Locator("input[type=email]").FillAsync(AppDriver.Email);
        await page.Locator("input[type=password]").FillAsync(AppDriver.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = add }).ClickAsync();
        await page.Locator(".entry-form input").First.FillAsync("Panel administracyjny");
        await page.Locator(".entry-form input[type=password]").First.FillAsync("s3cret-pass");
        await Screens.Keep(page, $"vault-edit-{language[..2]}");
        await page.GetByRole(AriaRole.Button, new() { Name = save, Exact = true }).ClickAsync();
        await page.Locator("#entry-title").WaitForAsync();
        await Screens.Keep(page, $"vault-entry-{language[..2]}");
        Assert.Empty(visit.Complaints);
    }
}
