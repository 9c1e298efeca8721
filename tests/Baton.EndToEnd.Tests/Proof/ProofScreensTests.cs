using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests.Proof;

/// <summary>Pictures of everything that proves something; axe on each, nothing wider than its window.</summary>
public sealed class ProofScreensTests(Chromium chromium)
{
    [Fact]
    public async Task Evidence_and_the_Verify_page_have_their_pictures()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        await using var recipient = await Visit.To(product, chromium, 390);
        var proof = new ProofDriver(visit);
        var page = visit.Page;
        await proof.App.SetUp(product.SetupCode);
        var (link, password) = await proof.HandOver("Jan Kowalski", "Panel administracyjny", "Serwer produkcyjny", "Wi-Fi w biurze");
        await ProofDriver.Receive(recipient, link, password);
        await Expect(page.Locator(".state-line")).ToContainTextAsync("Confirmed");
        await Screens.Keep(page, "proof-handover");
        await proof.App.Button("Evidence").ClickAsync();
        await proof.InDialog("Make the file").WaitForAsync();
        await Screens.Keep(page, "proof-evidence");
        var (name, bytes) = await proof.Saved(proof.InDialog("Make the file"));
        await proof.Dialog.Locator(".notice.good").WaitForAsync();
        await Screens.Keep(page, "proof-evidence-made");
        var key = await proof.Dialog.Locator(".vkey").InnerTextAsync();
        await proof.InDialog("Close").ClickAsync();
        await proof.ToComposer();
        await proof.HandOver("Anna Nowak", "Domena");
        await proof.ToHistory();
        await proof.App.Button("Select").ClickAsync();
        await proof.App.Button("Select all").ClickAsync();
        await Screens.Keep(page, "proof-history-select");

        await visit.Go("/verify");
        var verify = new VerifyPage(page);
        await Screens.Keep(page, "verify-empty");
        await verify.Choose(name, bytes);
        await verify.Says("Valid, but the key is not known to you");
        await Screens.Keep(page, "verify-unknown");
        await verify.GiveKey(key);
        await verify.Says("The evidence holds");
        await Screens.Keep(page, "verify-holds");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.PdfAsync(new() { Path = Path.Combine(Repository.Screens, "verify-holds.pdf"), Format = "A4" });
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
        bytes[^200] ^= 1;
        await verify.Choose(name, bytes);
        await verify.Says("The evidence does not hold");
        await Screens.Keep(page, "verify-failed");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task The_organizations_pages_have_their_pictures()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var proof = new ProofDriver(visit);
        var page = visit.Page;
        await proof.App.SetUp(product.SetupCode);
        await proof.HandOver();
        await proof.ToOrganization("Ledger");
        await page.Locator(".verified").WaitForAsync();
        await page.GetByText("The signed checkpoint").ClickAsync();
        await Screens.Keep(page, "proof-ledger");
        await proof.ToOrganization("Audit");
        await page.Locator(".audit-entry").First.WaitForAsync();
        await page.Locator(".audit-entry summary").First.ClickAsync();
        await Screens.Keep(page, "proof-audit");
        await proof.App.Button("Save as a file").ClickAsync();
        await proof.InDialog("Save").WaitForAsync();
        await Screens.Keep(page, "proof-audit-save");
        await proof.InDialog("Cancel").ClickAsync();
        await proof.ToOrganization("Personal data");
        await page.GetByLabel("Recipient", new() { Exact = true }).FillAsync("kowalski");
        await proof.App.Button("Look").ClickAsync();
        await page.Locator(".holdings li").First.WaitForAsync();
        await Screens.Keep(page, "proof-data");
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData("pl-PL", "Organizacja", "Audyt", "Rejestr", "Dane osobowe")]
    [InlineData("de-DE", "Organisation", "Revision", "Protokoll", "Persönliche Daten")]
    public async Task Polish_and_German_fit_every_width(string language, string organization, string audit, string ledger, string data)
    {
        await using var product = await Product.Start();
        await using var english = await Visit.To(product, chromium);
        await new ProofDriver(english).App.SetUp(product.SetupCode);
        await using var visit = await Visit.To(product, chromium, 390, language);
        var app = new AppDriver(visit);
        var page = visit.Page;
        var suffix = language[..2];
        await visit.Go("/");
        await page.Locator("input[type=email]").FillAsync(AppDriver.Email);
        await page.Locator("input[type=password]").FillAsync(AppDriver.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Link, new() { Name = organization, Exact = true }).ClickAsync();
        foreach (var (name, file) in new[] { (ledger, "ledger"), (audit, "audit"), (data, "data") })
        {
            await page.Locator(".subnav").GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).ClickAsync();
            await app.Heading(name).WaitForAsync();
            await Expect(page.Locator("progress")).ToHaveCountAsync(0);
            await Screens.Keep(page, $"proof-{file}-{suffix}");
        }

        await visit.Go("/verify");
        await page.Locator(".drop").WaitForAsync();
        await Screens.Keep(page, $"verify-{suffix}");
        Assert.Empty(visit.Complaints);
    }
}
