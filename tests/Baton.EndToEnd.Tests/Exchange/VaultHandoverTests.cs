using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests.Exchange;

/// <summary>From ticked entries to a link, to the next link, to what is left to do afterwards.</summary>
public sealed class VaultHandoverTests(Chromium chromium)
{
    [Fact]
    public async Task Twelve_ticked_entries_are_handed_over_and_followed_up()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var exchange = new ExchangeDriver(visit);
        await exchange.SetUp(product.SetupCode);
        await ImportTable(exchange, 12);
        await exchange.Tick("Entry 00001");
        await exchange.App.Button("All or none").ClickAsync();
        await exchange.App.Button("Hand over").ClickAsync();
        await exchange.App.Heading("New handover").WaitForAsync();
        await Expect(visit.Page.Locator(".entry")).ToHaveCountAsync(12);
        await Expect(visit.Page.Locator(".entries")).ToContainTextAsync("The handover holds a copy of each entry as it is now.");
        await Expect(visit.Page.Locator(".composer-side")).ToContainTextAsync("Only you see it in the history.");
        var (link, password) = await exchange.App.HandOver();

        await using var recipient = await Visit.To(product, chromium, 390);
        await Receive(recipient, link, password);
        await Expect(recipient.Page.Locator("article")).ToHaveCountAsync(12);
        await Expect(recipient.Page.GetByText("Entry 00012").First).ToBeVisibleAsync();

        await exchange.App.Button("Watch it in the history").ClickAsync();
        await exchange.App.Button("Leave").ClickAsync();
        await Expect(visit.Page.Locator(".state-line")).ToContainTextAsync("Displayed");
        await Expect(visit.Page.Locator(".items .since")).ToHaveCountAsync(12);
        await Expect(visit.Page.Locator(".items .since").First).ToContainTextAsync("in the vault, unchanged");
        await visit.Page.GetByLabel("Password changed: Entry 00003").CheckAsync();
        await Expect(visit.Page.Locator(".follow-ups .ticked")).ToContainTextAsync("Ewa Nowak");
        await Expect(visit.Page.Locator(".timeline")).ToContainTextAsync("Password changed: Entry 00003");
        await visit.Page.GetByLabel("Our access removed: Entry 00003").CheckAsync();
        await Expect(visit.Page.Locator("#follow-title")).ToContainTextAsync("2 of 24");
        await visit.Page.GetByLabel("Password changed: Entry 00003").UncheckAsync();
        await Expect(visit.Page.Locator(".timeline")).ToContainTextAsync("Tick taken back: Entry 00003");
        Assert.Empty(visit.Complaints);
        Assert.Empty(recipient.Complaints);
    }

    [Fact]
    public async Task A_reissue_takes_the_entries_as_they_are_now_and_kills_the_old_link()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var exchange = new ExchangeDriver(visit);
        await exchange.SetUp(product.SetupCode);
        await ImportTable(exchange, 2);
        await exchange.Open("Entry 00001");
        await exchange.App.Button("Hand over").ClickAsync();
        var (old, _) = await exchange.App.HandOver();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Vault", Exact = true }).ClickAsync();
        await exchange.App.Button("Leave").ClickAsync();
        await exchange.Open("Entry 00001");
        await Expect(visit.Page.Locator(".last-handed")).ToContainTextAsync("Last handed over to Jan Kowalski");

        await exchange.App.Button("Edit").ClickAsync();
        await exchange.App.Field("Password").FillAsync("rotated-since-then");
        await exchange.App.Button("Save").ClickAsync();
        await Expect(visit.Page.Locator(".last-handed")).ToContainTextAsync("Changed since then");

        await visit.Page.Locator(".last-handed a").ClickAsync();
        await Expect(visit.Page.Locator(".items .since")).ToContainTextAsync("changed in the vault since");
        await exchange.App.Button("Re-issue").ClickAsync();
        var replacing = visit.Page.Locator(".replacing");
        await Expect(replacing).ToContainTextAsync("The old link works until this one is made");
        await Expect(replacing).ToContainTextAsync("Password changed");
        await Expect(replacing).Not.ToContainTextAsync("rotated-since-then");
        await exchange.App.Button("Make the new link").ClickAsync();
        var (link, password) = await exchange.App.Result();

        await using var late = await Visit.To(product, chromium, 390);
        await late.Go(old);
        await Expect(late.Page.GetByText("This link can’t be opened")).ToBeVisibleAsync();
        await using var recipient = await Visit.To(product, chromium, 390);
        await Receive(recipient, link, password);
        await Expect(recipient.Page.Locator("article")).ToHaveCountAsync(1);

        await exchange.App.Button("Watch it in the history").ClickAsync();
        await exchange.App.Button("Leave").ClickAsync();
        await Expect(visit.Page.Locator(".timeline")).ToContainTextAsync("Created as a re-issue");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Re-issue of an earlier handover" }).ClickAsync();
        await Expect(visit.Page.Locator(".timeline")).ToContainTextAsync("Re-issued; this link is dead");
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Re-issued: go to the new one" })).ToBeVisibleAsync();
        await Expect(exchange.App.Button("Re-issue")).ToHaveCountAsync(0);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_lost_link_is_replaced_right_after_the_result()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var exchange = new ExchangeDriver(visit);
        await exchange.App.SetUp(product.SetupCode);
        await exchange.App.AddLogin("Panel", "admin", "typed-on-the-spot");
        var (first, _) = await exchange.App.HandOver();
        await exchange.App.Button("Replace this link").ClickAsync();
        await exchange.App.Button("Make the new link").ClickAsync();
        var (second, password) = await exchange.App.Result();
        Assert.NotEqual(first, second);

        await using var late = await Visit.To(product, chromium, 390);
        await late.Go(first);
        await Expect(late.Page.GetByText("This link can’t be opened")).ToBeVisibleAsync();
        await using var recipient = await Visit.To(product, chromium, 390);
        await Receive(recipient, second, password);
        await Expect(recipient.Page.Locator("article")).ToHaveCountAsync(1);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Pictures_of_import_export_and_the_way_into_a_handover()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var exchange = new ExchangeDriver(visit);
        var page = visit.Page;
        await exchange.SetUp(product.SetupCode);
        await page.Locator(".vault-groups").GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await page.Locator("dialog summary").ClickAsync();
        await Keep("import-choose");
        var fixtures = Path.Combine(Repository.Folder, "web", "test", "import", "fixtures");
        await exchange.Choose(Path.Combine(fixtures, "agency-3.1-key.kdbx"), "wrong");
        await exchange.Dialog.Locator(".error").WaitForAsync();
        await Keep("import-password");
        await exchange.Dialog.Locator("input[type=file]").SetInputFilesAsync(Path.Combine(fixtures, "agency.keyx"));
        await exchange.Unseal("Łódź & co");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Groups", Exact = true }).CheckAsync();
        await page.Locator(".exchange-losses summary").First.ClickAsync();
        await Keep("import-groups");
        await exchange.Import();
        await Keep("import-done");
        await exchange.App.Button("Show them").ClickAsync();
        await page.Locator(".vault-groups").GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await exchange.Choose(await ExchangeDriver.Table(3));
        await exchange.App.Button("Look at 3 rows").WaitForAsync();
        await Keep("import-columns");
        await page.Keyboard.PressAsync("Escape");
        await page.Locator(".vault-groups").GetByRole(AriaRole.Button, new() { Name = "Export", Exact = true }).ClickAsync();
        await exchange.Dialog.WaitForAsync();
        await Keep("export");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Table (CSV)" }).CheckAsync();
        await Keep("export-table");
        await page.Keyboard.PressAsync("Escape");

        await page.Locator(".vault-groups .place").Filter(new() { HasText = "All" }).First.ClickAsync();
        await exchange.Tick("Admin panel");
        await exchange.Tick("Bank token");
        await exchange.App.Button("Hand over").ClickAsync();
        await exchange.App.Heading("New handover").WaitForAsync();
        await Keep("compose-from-vault");
        var (link, password) = await exchange.App.HandOver();
        await Keep("result-replace");
        await using var recipient = await Visit.To(product, chromium, 390);
        await Receive(recipient, link, password);
        await exchange.App.Button("Watch it in the history").ClickAsync();
        await exchange.App.Button("Leave").ClickAsync();
        await page.Locator(".follow-ups input").First.CheckAsync();
        await page.Locator(".follow-ups .ticked").WaitForAsync();
        await Keep("handover-follow-ups");
        Assert.Empty(visit.Complaints);

        async Task Keep(string name) => await Screens.Keep(page, $"app-{name}");
    }

    private static async Task ImportTable(ExchangeDriver exchange, int entries)
    {
        await exchange.OpenImport(await ExchangeDriver.Table(entries));
        await exchange.App.Button($"Look at {entries} rows").ClickAsync();
        await exchange.App.Field("Name of the group").FillAsync("Klienci");
        await exchange.Import();
        await exchange.App.Button("Show them").ClickAsync();
    }

    private static async Task Receive(Visit recipient, string link, string password)
    {
        await recipient.Go(link);
        await recipient.Page.GetByLabel("Access password").FillAsync(password);
        await recipient.Page.GetByRole(AriaRole.Button, new() { Name = "Open" }).ClickAsync();
        await recipient.Page.Locator("article").First.WaitForAsync();
    }
}
