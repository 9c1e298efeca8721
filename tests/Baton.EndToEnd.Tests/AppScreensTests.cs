using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests;

/// <summary>Pictures of every screen for people to look at; axe on each, nothing wider than its window.</summary>
public sealed partial class AppScreensTests(Chromium chromium)
{
    private static string Csv => File.ReadAllText(Path.Combine(Repository.Folder, "examples", "handover.csv"));

    [Fact]
    public async Task Every_screen_is_clean_for_axe_and_has_its_pictures()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = new AppDriver(visit);
        var page = visit.Page;
        await visit.Go("/");
        await Keep("setup");
        await app.Button("Create organization").ClickAsync();
        await Keep("setup-errors");
        await app.FillSetUp(product.SetupCode);
        await app.Heading("Keep your recovery key").WaitForAsync();
        await Keep("recovery-key");
        await app.ConfirmRecoveryKey();
        await app.ToComposer();
        await Keep("compose-empty");
        await app.Button("Import CSV").ClickAsync();
        await Keep("import");
        await app.Field("or paste the table").FillAsync(Csv);
        await app.Button("Read pasted text").ClickAsync();
        var take = page.GetByRole(AriaRole.Button, new() { NameRegex = Take() });
        await take.WaitForAsync();
        await Keep("import-preview");
        await take.ClickAsync();
        await app.Button("Make the link").ClickAsync();
        await page.Locator(".entry-toggle").First.ClickAsync();
        await Keep("compose-errors");
        await app.Field("Recipient").FillAsync("Jan Kowalski");
        await page.Locator(".entry-toggle").Nth(1).ClickAsync();
        await Keep("compose");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Own" }).CheckAsync();
        await Keep("compose-own-password");
        await page.GetByRole(AriaRole.Radio, new() { Name = "None" }).CheckAsync();
        await Keep("compose-no-password");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Words" }).CheckAsync();
        await app.HandOver();
        await app.Button("QR code").ClickAsync();
        await page.Locator("canvas").WaitForAsync();
        await Keep("result");
        await page.GetByRole(AriaRole.Link, new() { Name = "History", Exact = true }).ClickAsync();
        await Keep("leave");
        await app.Button("Leave").ClickAsync();
        await page.Locator(".row").WaitForAsync();
        await Keep("history");
        await page.GetByRole(AriaRole.Searchbox).FillAsync("no such thing");
        await Keep("history-no-match");
        await app.Button("Clear search and filters").ClickAsync();
        await page.Locator(".row").ClickAsync();
        await page.GetByText("commitments fit").WaitForAsync();
        await Keep("handover");
        await app.Button("Extend").ClickAsync();
        await Keep("extend");
        await app.Button("Cancel").ClickAsync();
        await app.Button("Revoke").ClickAsync();
        await Keep("revoke");
        await app.Button("Cancel").ClickAsync();
        await page.Locator(".menu summary").ClickAsync();
        await Keep("menu");
        await app.Button("Lock now").First.ClickAsync();
        await app.Heading("Locked").WaitForAsync();
        await Keep("locked");
        await app.Button("Sign in as someone else").ClickAsync();
        await app.Heading("Sign in").WaitForAsync();
        await Keep("sign-in");
        await page.GetByRole(AriaRole.Link, new() { Name = "Lost the master password?" }).ClickAsync();
        await Keep("recover");
        Assert.Empty(visit.Complaints);

        async Task Keep(string name) => await Screens.Keep(page, $"app-{name}");
    }

    [Theory]
    [InlineData("pl-PL", "Nowe przekazanie", "Utwórz link", "Historia", "Opuść")]
    [InlineData("de-DE", "Neue Übergabe", "Link erstellen", "Verlauf", "Verlassen")]
    public async Task Polish_and_German_fit_every_width(string language, string compose, string send, string history, string leave)
    {
        await using var product = await Product.Start();
        await using var english = await Visit.To(product, chromium);
        await new AppDriver(english).SetUp(product.SetupCode);
        await using var visit = await Visit.To(product, chromium, 390, language);
        var app = new AppDriver(visit);
        var page = visit.Page;
        var suffix = language[..2];
        await visit.Go("/new");
        await Screens.Keep(page, $"app-sign-in-{suffix}");
        await page.Locator("input[type=email]").FillAsync(AppDriver.Email);
        await page.Locator("input[type=password]").FillAsync(AppDriver.Password);
        await page.Keyboard.PressAsync("Enter");
        await app.Heading(compose).WaitForAsync();
        await page.Locator(".add-entry button").ClickAsync();
        await page.Locator(".entry-editor input").First.FillAsync("Panel administracyjny");
        await page.Locator(".entry-editor input[type=password]").First.FillAsync("s3cret-pass");
        await app.Button(send).ClickAsync();
        await Screens.Keep(page, $"app-compose-{suffix}");
        await page.Locator("section[aria-labelledby=to-title] input").First.FillAsync("Jan Kowalski");
        await app.Button(send).ClickAsync();
        await page.Locator(".link-text").WaitForAsync();
        await Screens.Keep(page, $"app-result-{suffix}");
        await page.GetByRole(AriaRole.Link, new() { Name = history, Exact = true }).ClickAsync();
        await app.Button(leave).ClickAsync();
        await page.Locator(".row").ClickAsync();
        await page.Locator(".timeline").WaitForAsync();
        await Screens.Keep(page, $"app-handover-{suffix}");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Ten_thousand_handovers_do_not_freeze_the_history()
    {
        // A page that freezes does so each time, a machine that is busy elsewhere doesn't: 190 to 780 ms were seen on two cores with twenty
        // other busy processes.
        var longest = await LongestTask();
        for (var again = 0; again < 3 && longest >= 1_500; again++)
        {
            longest = await LongestTask();
        }

        Assert.True(longest < 1_500, $"The page stood still for {longest} ms.");
    }

    private async Task<double> LongestTask()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = new AppDriver(visit);
        await app.SetUp(product.SetupCode);
        await app.AddLogin("Panel", "admin", "s3cret-pass");
        await app.HandOver();

        // The one real handover, ten thousand times under other ids: their details don't open, which costs as much as opening.
        await visit.Page.RouteAsync("**/api/handovers?*", async route =>
        {
            var answer = await route.FetchAsync(new() { Url = route.Request.Url.Split('&')[0] });
            var before = new Uri(route.Request.Url).Query.Split("before=") is [_, var next] ? int.Parse(next, System.Globalization.CultureInfo.InvariantCulture) : 0;
            var many = await visit.Page.EvaluateAsync<string>("""
                ([text, before]) => {
                  const [one] = JSON.parse(text).handovers;
                  const handovers = Array.from({ length: 200 }, (_, i) => ({ ...one, handover: String(before * 200 + i).padStart(21, "A") + "A", createdAt: one.createdAt - before * 200 - i }));
                  return JSON.stringify({ handovers, ...(before < 49 && { next: String(before + 1) }) });
                }
                """, new object[] { await answer.TextAsync(), before });
            await route.FulfillAsync(new() { Response = answer, Body = many });
        });
        await visit.Page.EvaluateAsync("""
            () => {
              globalThis.longest = 0;
              new PerformanceObserver(list => list.getEntries().forEach(task => (globalThis.longest = Math.max(globalThis.longest, task.duration)))).observe({ type: "longtask" });
            }
            """);
        await app.LeaveForHistory();
        await Expect(visit.Page.GetByText("10,000 handovers", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(visit.Page.Locator(".row").First).ToBeVisibleAsync();
        Assert.InRange(await visit.Page.Locator(".row").CountAsync(), 1, 100);
        await visit.Page.GetByRole(AriaRole.Searchbox).FillAsync("nowak");
        await Expect(visit.Page.Locator(".row").First).ToBeVisibleAsync();
        var longest = await visit.Page.EvaluateAsync<double>("globalThis.longest");
        TestContext.Current.TestOutputHelper?.WriteLine($"longest task: {longest} ms");
        return longest;
    }

    [GeneratedRegex(@"^Take \d+ entr", RegexOptions.None, 1000)]
    private static partial Regex Take();
}
