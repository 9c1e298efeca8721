using System.Text.RegularExpressions;
using Baton.Server.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests;

/// <summary>The sender's main way: set up, import, hand over, follow it, take it back.</summary>
public sealed partial class AppHandOverTests(Chromium chromium)
{
    private static string Csv => File.ReadAllText(Path.Combine(Repository.Folder, "examples", "handover.csv"));

    [Fact]
    public async Task Twelve_logins_go_from_an_export_to_a_link_and_the_history_follows_them()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = new AppDriver(visit);
        await app.SetUp(product.SetupCode);
        await app.DropCsv(Csv);
        await Expect(visit.Page.Locator(".entry")).ToHaveCountAsync(12);
        // A TOTP seed stays here unless it is switched on.
        await Expect(visit.Page.Locator(".entry").Filter(new() { HasText = "left out: One-time code seed (TOTP)" })).Not.ToHaveCountAsync(0);

        var (link, password) = await app.HandOver();
        Assert.Matches(Link(), link);
        Assert.Equal(4, password.Split('-').Length);
        Assert.DoesNotContain(password, link, StringComparison.Ordinal);

        await Expect(visit.Page.Locator("[role=status].unseen")).ToHaveTextAsync("The link is ready");
        await app.LeaveForHistory();
        // What was said on the other page is not said again here; what happens to a handover may be.
        await Expect(visit.Page.Locator("[role=status].unseen")).Not.ToContainTextAsync("The link is ready");
        var row = visit.Page.Locator(".row");
        await Expect(row).ToContainTextAsync("Jan Kowalski");
        await Expect(row).ToContainTextAsync("12 entries");
        await Expect(row).ToContainTextAsync("Waiting");
        await row.ClickAsync();
        await Expect(visit.Page.GetByText("all 13 commitments fit")).ToBeVisibleAsync();

        await using var recipient = await Visit.To(product, chromium, 390);
        await recipient.Go(link);
        await recipient.Page.GetByLabel("Access password").FillAsync(password);
        await recipient.Page.GetByRole(AriaRole.Button, new() { Name = "Open" }).ClickAsync();

        // Live: nobody touches the sender's page.
        await Expect(visit.Page.Locator(".state-line")).ToContainTextAsync("Displayed");
        await Expect(visit.Page.Locator(".timeline")).ToContainTextAsync("Opened with the right link and access password");

        var entries = recipient.Page.Locator("article");
        await entries.First.Locator("input[value=problem]").CheckAsync();
        await entries.Nth(1).Locator("input[value=works]").CheckAsync();
        await recipient.Page.Locator("form > button[type=button]").ClickAsync();
        await recipient.Page.Locator("form > button:not([type])").ClickAsync();
        await Expect(visit.Page.Locator(".state-line .chip.green")).ToHaveTextAsync("Confirmed");
        var receipt = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Receipt" });
        await Expect(receipt).ToContainTextAsync("Genuine");
        await Expect(receipt.Locator(".receipt-item")).ToHaveCountAsync(12);
        await Expect(receipt.Locator(".receipt-item").First).ToContainTextAsync("Problem");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task An_entry_typed_in_arrives_with_its_fields_and_without_what_was_left_out()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = new AppDriver(visit);
        await app.SetUp(product.SetupCode);
        await visit.Page.GetByLabel("Type of the new entry").SelectOptionAsync("server");
        await app.AddLogin("web1", "deploy", "x7!kQ\"z");
        await app.Field("Port").FillAsync("2222");
        await app.Field("Notes").FillAsync("not for you");
        await visit.Page.GetByLabel("Hand over Notes").UncheckAsync();
        await visit.Page.Locator(".entry-editor input[type=file]").SetInputFilesAsync(new FilePayload { Name = "id_ed25519", MimeType = "text/plain", Buffer = new byte[150_000] });
        await visit.Page.GetByLabel("Recipient's language").SelectOptionAsync("pl");
        var (link, password) = await app.HandOver();

        await using var recipient = await Visit.To(product, chromium, 390, "pl-PL");
        await recipient.Go(link);
        await recipient.Page.GetByLabel("Hasło dostępu").FillAsync(password.ToUpperInvariant().Replace('-', ' '));
        await recipient.Page.GetByRole(AriaRole.Button, new() { Name = "Otwórz" }).ClickAsync();
        await Expect(recipient.Page.GetByText("web1").First).ToBeVisibleAsync();
        await Expect(recipient.Page.GetByText("2222")).ToBeVisibleAsync();
        await Expect(recipient.Page.GetByText("id_ed25519").First).ToBeVisibleAsync();
        await Expect(recipient.Page.GetByText("not for you")).ToHaveCountAsync(0);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_revoked_link_is_dead_and_the_dialog_says_what_dies()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = new AppDriver(visit);
        await app.SetUp(product.SetupCode);
        await app.AddLogin("Panel", "admin", "s3cret-pass");
        var (link, _) = await app.HandOver();
        await app.LeaveForHistory();
        await visit.Page.Locator(".row").ClickAsync();

        await app.Button("Extend").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Radio, new() { Name = "7 days" }).CheckAsync();
        await visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Extend" }).ClickAsync();
        await Expect(visit.Page.Locator(".timeline")).ToContainTextAsync("Extended until");

        await app.Button("Revoke").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("The link dies at once, for Jan Kowalski too");
        await visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await Expect(visit.Page.Locator(".state-line")).ToContainTextAsync("Revoked");
        await Expect(app.Button("Revoke")).ToHaveCountAsync(0);

        await using var recipient = await Visit.To(product, chromium);
        await recipient.Go(link);
        await Expect(recipient.Page.GetByText("This link can’t be opened")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Going_without_an_access_password_takes_a_deliberate_step()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = new AppDriver(visit);
        await app.SetUp(product.SetupCode);
        await app.AddLogin("Panel", "admin", "s3cret-pass");
        await app.Field("Recipient").FillAsync("Jan");
        await visit.Page.GetByRole(AriaRole.Radio, new() { Name = "None" }).CheckAsync();
        await app.Button("Make the link").ClickAsync();
        await Expect(visit.Page.GetByText("Tick this, or choose an access password.")).ToBeVisibleAsync();
        await visit.Page.GetByLabel("I hand over without an access password").CheckAsync();
        await app.Button("Make the link").ClickAsync();
        await app.Heading("The link is ready").WaitForAsync();
        await Expect(app.Button("Copy password")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Without_the_words_of_its_access_password_nothing_is_handed_over()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = new AppDriver(visit);
        await visit.Page.RouteAsync("**/assets/diceware-*", route => route.AbortAsync());
        await app.SetUp(product.SetupCode);
        await app.AddLogin("Panel", "admin", "s3cret-pass");
        await app.Field("Recipient").FillAsync("Jan");
        await app.Button("Make the link").ClickAsync();
        await Expect(visit.Page.Locator(".send-bar").GetByRole(AriaRole.Alert)).ToContainTextAsync("The server can't be reached");
        await visit.Page.UnrouteAllAsync();
        await app.Button("Make the link").ClickAsync();
        Assert.Equal(4, (await app.Result()).Password.Split('-').Length);
    }

    [Fact]
    public async Task A_weak_own_password_and_one_that_is_handed_over_are_refused()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = new AppDriver(visit);
        await app.SetUp(product.SetupCode);
        await app.AddLogin("Panel", "admin", "Trzy.Niebieskie.Hulajnogi");
        await app.Field("Recipient").FillAsync("Jan");
        await visit.Page.GetByRole(AriaRole.Radio, new() { Name = "Own" }).CheckAsync();
        await app.Field("Own access password").FillAsync("PASSWORD-1");
        await app.Button("Make the link").ClickAsync();
        await Expect(visit.Page.GetByText("Too easy to guess. Take words, or let Baton make one.")).ToBeVisibleAsync();
        await app.Field("Own access password").FillAsync("trzy niebieskie hulajnogi");
        await Expect(visit.Page.GetByText("It must not be one of the passwords you hand over.")).ToBeVisibleAsync();
        await app.Field("Own access password").FillAsync("mokra papuga liczy chmury");
        await app.Button("Make the link").ClickAsync();
        Assert.Equal("mokra papuga liczy chmury", (await app.Result()).Password);
    }

    [Fact]
    public async Task Entries_beyond_the_server_s_limit_are_refused_with_that_limit()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        await visit.Page.RouteAsync("**/api/instance", async route =>
        {
            var answer = await route.FetchAsync();
            await route.FulfillAsync(new() { Response = answer, Body = (await answer.TextAsync()).Replace("\"sealedBytes\":1048576", "\"sealedBytes\":65536", StringComparison.Ordinal) });
        });
        var app = new AppDriver(visit);
        await app.SetUp(product.SetupCode);
        await app.AddLogin("Panel", "admin", new string('x', 70_000));
        await app.Field("Recipient").FillAsync("Jan Kowalski");
        await app.Button("Make the link").ClickAsync();
        await Expect(visit.Page.GetByText("larger than one handover holds (64 kB)")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_second_link_comes_from_the_same_content_with_another_key_and_password()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = new AppDriver(visit);
        await app.SetUp(product.SetupCode);
        await app.AddLogin("Panel", "admin", "s3cret-pass");
        var first = await app.HandOver();
        await app.Button("Make a second link from this content").ClickAsync();
        await Expect(visit.Page.Locator(".generated output")).Not.ToHaveTextAsync(first.Password);
        await app.Button("Make the link").ClickAsync();
        var second = await app.Result();
        Assert.NotEqual(first.Link, second.Link);
        Assert.NotEqual(first.Password, second.Password);
        await app.LeaveForHistory();
        await Expect(visit.Page.Locator(".row")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Link_and_password_are_copied_apart_and_the_clipboard_is_cleared_after_a_minute()
    {
        using var clipboard = await Chromium.WithTheClipboard();
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        await visit.Page.Clock.InstallAsync();
        var app = new AppDriver(visit);
        await app.SetUp(product.SetupCode);
        await app.AddLogin("Panel", "admin", "s3cret-pass");
        var (link, password) = await app.HandOver();
        await app.Button("Copy link").ClickAsync();
        await Eventually.Holds(async () => await Clipboard(visit.Page) == link);
        await app.Button("Copy password").ClickAsync();
        await Eventually.Holds(async () => await Clipboard(visit.Page) == password);
        await visit.Page.Clock.FastForwardAsync(61_000);
        await Expect(visit.Page.GetByText("Clipboard cleared.")).ToBeVisibleAsync();
        Assert.Equal("", await Clipboard(visit.Page));
    }

    /// <summary>The product's own policy forbids pages to read the clipboard; a page without one reads it for the test.</summary>
    private static async Task<string> Clipboard(IPage page)
    {
        var reader = await page.Context.NewPageAsync();
        await reader.SetContentAsync("<textarea></textarea>");
        await reader.Locator("textarea").FocusAsync();
        await reader.Keyboard.PressAsync("Control+V");
        var text = await reader.Locator("textarea").InputValueAsync();
        await reader.CloseAsync();
        await page.BringToFrontAsync();
        return text;
    }

    [GeneratedRegex(@"^http://[^/]+/h#[0-9a-hjkmnp-tv-z]{56}$", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
