using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests;

/// <summary>Lines that break, and a server that tells another story than the one that was signed.</summary>
public sealed class AppTroubleTests(Chromium chromium)
{
    [Fact]
    public async Task An_upload_that_broke_goes_on_with_the_same_bytes()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = await Composed(product, visit);
        await visit.Page.Locator(".entry-editor input[type=file]").SetInputFilesAsync(new FilePayload { Name = "plan.bin", MimeType = "application/octet-stream", Buffer = new byte[300_000] });
        await app.Field("Recipient").FillAsync("Jan");
        var sent = new List<string>();
        await visit.Page.RouteAsync("**/files/**", async route =>
        {
            sent.Add(new Uri(route.Request.Url).Segments[^1]);
            if (sent.Count == 3)
            {
                await route.FulfillAsync(new() { Status = 502, Body = "" });
                return;
            }

            await route.ContinueAsync();
        });
        await app.Button("Make the link").ClickAsync();
        await Expect(visit.Page.GetByText("go on with the same bytes, or cancel")).ToBeVisibleAsync();
        await app.Button("Go on").ClickAsync();
        await app.Result();
        Assert.Equal(["0", "1", "2", "2", "3", "4"], sent);
    }

    [Fact]
    public async Task Without_a_server_nothing_typed_is_lost()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = await Composed(product, visit);
        await app.Field("Recipient").FillAsync("Jan");
        await visit.Page.RouteAsync("**/api/handovers", route => route.AbortAsync());
        await app.Button("Make the link").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("what you entered is still here");
        await app.Button("Cancel").ClickAsync();
        await Expect(app.Field("Recipient")).ToHaveValueAsync("Jan");
        await visit.Page.UnrouteAllAsync();
        await app.Button("Make the link").ClickAsync();
        await app.Result();
    }

    [Fact]
    public async Task A_record_that_differs_from_what_was_signed_is_not_taken_for_a_handover()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = await Composed(product, visit);
        await app.Field("Recipient").FillAsync("Jan");
        await visit.Page.RouteAsync("**/api/handovers", async route =>
        {
            var answer = await route.FetchAsync();
            await route.FulfillAsync(new() { Response = answer, Body = (await answer.TextAsync()).Replace("\\\"life\\\":86400", "\\\"life\\\":86401", StringComparison.Ordinal) });
        });
        await app.Button("Make the link").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The server recorded something else than what was sent");
        await Expect(visit.Page.Locator(".link-text")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_confirmation_that_the_server_made_up_is_never_green()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = await Composed(product, visit);
        await app.HandOver();
        await Detail(visit.Page, """
            detail => {
              const created = JSON.parse(detail.entries[0].text);
              detail.summary.state = "confirmed";
              detail.replies = [{ seq: 1, statement: JSON.stringify({ seq: 1, items: created.items.map(commitment => ({ commitment, status: "works" })) }), reply: "A".repeat(200) }];
            }
            """);
        await app.Button("Watch it in the history").ClickAsync();
        await app.Button("Leave").ClickAsync();
        await Expect(visit.Page.GetByText("This receipt can't be verified.")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator(".state-line .chip.red")).ToHaveTextAsync("Confirmed");
        await Expect(visit.Page.Locator(".chip.green")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_display_that_the_server_made_up_is_never_green()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = await Composed(product, visit);
        await app.HandOver();
        await Detail(visit.Page, """
            detail => {
              detail.summary.state = "displayed";
              detail.entries.push({ text: detail.entries[0].text.replace('"created"', '"displayed"').replace('}', ',"proof":"' + "A".repeat(43) + '"}') });
            }
            """);
        await app.Button("Watch it in the history").ClickAsync();
        await app.Button("Leave").ClickAsync();
        await Expect(visit.Page.GetByText("Nothing proves that the recipient's page has shown it")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator(".state-line .chip.red")).ToHaveTextAsync("Displayed");
        await Expect(visit.Page.Locator(".chip.green")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("\\\"life\\\":86400", "\\\"life\\\":86401", "the signature")]
    [InlineData("\\\"kind\\\":\\\"created\\\"", "\\\"kind\\\":\\\"crafted\\\"", "the record can't be read")]
    public async Task A_changed_record_is_named_in_the_history(string what, string with, string named)
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = await Composed(product, visit);
        await app.HandOver();
        await visit.Page.RouteAsync("**/api/handovers/*", async route =>
        {
            var answer = await route.FetchAsync();
            await route.FulfillAsync(new() { Response = answer, Body = (await answer.TextAsync()).Replace(what, with, StringComparison.Ordinal) });
        });
        await app.Button("Watch it in the history").ClickAsync();
        await app.Button("Leave").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync($"({named})");
    }

    private static async Task<AppDriver> Composed(Product product, Visit visit)
    {
        var app = new AppDriver(visit);
        await app.SetUp(product.SetupCode);
        await app.AddLogin("Panel", "admin", "s3cret-pass");
        return app;
    }

    private static async Task Detail(IPage page, string change) =>
        await page.RouteAsync("**/api/handovers/*", async route =>
        {
            var answer = await route.FetchAsync();
            var changed = await page.EvaluateAsync<string>($"text => {{ const detail = JSON.parse(text); ({change})(detail); return JSON.stringify(detail); }}", await answer.TextAsync());
            await route.FulfillAsync(new() { Response = answer, Body = changed });
        });
}
