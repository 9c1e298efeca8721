using System.Security.Cryptography;
using System.Text.Json;
using Baton.Client.Sealing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests;

/// <summary>What a recipient does with a link that is in order.</summary>
public sealed class RecipientPageOpensTests(Chromium chromium, Agency agency) : IClassFixture<Agency>
{
    private const string Password = "granite walrus copper lantern";

    [Fact]
    public async Task A_link_opens_with_the_access_password_and_what_arrived_is_confirmed_item_by_item()
    {
        var (link, handover) = await agency.HandOver(RecipientPage.Draft(Password));
        await using var profile = await chromium.Profile();
        var page = await RecipientPage.At(profile, link);
        await Expect(page.Heading).ToHaveTextAsync("Access data from Studio Północ");
        await Expect(page.Tab.Locator("main")).ToContainTextAsync("sent by Ewa Nowak");
        await page.Open("  Granite–Walrus copper.LANTERN ");
        await page.Displayed();
        Assert.Equal("displayed", await agency.State(handover));

        await Expect(page.Entries).ToHaveCountAsync(2);
        await Expect(page.Tab.GetByRole(AriaRole.Link)).ToHaveAttributeAsync("rel", "noopener noreferrer");
        var secret = page.Entries.First.Locator("dd:has(code)").First;
        await Expect(secret.Locator("code")).Not.ToContainTextAsync(RecipientPage.Secrets[0]);
        await secret.GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(secret.Locator("code")).ToHaveTextAsync(RecipientPage.Secrets[0]);
        await Expect(secret.Locator(".digit").First).ToHaveTextAsync("1");

        await page.Submit.ClickAsync();
        await Expect(page.Alert).ToHaveTextAsync("Not marked yet: 2");
        await page.Entries.First.GetByLabel("works").CheckAsync();
        await page.Entries.Last.GetByLabel("problem").CheckAsync();
        await page.Entries.Last.GetByLabel("What is wrong?").FillAsync("hasło nie działa");
        await page.Tab.GetByLabel("Your name").FillAsync("Jan Kowalski");
        await page.Submit.ClickAsync();
        await Expect(page.Alert).ToContainTextAsync("✓ Confirmed");
        Assert.Equal("confirmed", await agency.State(handover));

        var (name, notes, statement) = await agency.Reply(handover);
        Assert.Equal("Jan Kowalski", name);
        Assert.Equal(["", "hasło nie działa"], notes);
        var statuses = JsonDocument.Parse(statement).RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("status").GetString());
        Assert.Equal(["works", "problem"], statuses);

        Assert.Equal([], page.Complaints);
    }

    [Fact]
    public async Task Without_a_password_three_digits_are_typed()
    {
        var (link, handover) = await agency.HandOver(RecipientPage.Draft());
        await using var profile = await chromium.Profile();
        var page = await RecipientPage.At(profile, link);
        await page.Open("12");
        await Expect(page.Alert).ToContainTextAsync("type these digits");
        Assert.Equal("waiting", await agency.State(handover));
        await page.OpenWithDigits();
        await page.Displayed();
        Assert.Equal(["lookup", "claim", "displayed"], page.Calls);
        Assert.Equal([], page.Complaints);
    }

    [Fact]
    public async Task One_time_codes_run()
    {
        // RFC 6238, appendix B: the same seed at 1111111109 and, one period on, at 1111111111.
        const string Seed = "otpauth://totp/rfc?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&digits=8";
        var (link, _) = await agency.HandOver(RecipientPage.Draft(entries: [RecipientPage.Wifi with { Totp = Seed }]));
        using var clipboard = await Chromium.WithTheClipboard();
        await using var profile = await chromium.Profile();
        await profile.GrantPermissionsAsync(["clipboard-write"]);
        var page = await RecipientPage.In(profile);
        // An hour before: the clock runs while the page loads, however long that takes.
        await page.Tab.Clock.InstallAsync(new() { TimeDate = DateTime.UnixEpoch.AddSeconds(1_111_107_509) });
        await page.Tab.GotoAsync(link);
        await page.OpenWithDigits();
        await page.Displayed();
        await page.Tab.Clock.PauseAtAsync(DateTime.UnixEpoch.AddSeconds(1_111_111_109));
        var row = page.Entries.First.Locator("dd:has(meter)");
        await Expect(row.Locator("code")).ToHaveTextAsync("07081804");
        await row.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(row.GetByRole(AriaRole.Button)).ToContainTextAsync("✓ Copied");
        await page.Tab.GetByLabel("Your name").PressAsync("Control+v");
        await Expect(page.Tab.GetByLabel("Your name")).ToHaveValueAsync("07081804");
        await page.Tab.Clock.RunForAsync(2_000);
        await Expect(row.Locator("code")).ToHaveTextAsync("14050471");
    }

    [Fact]
    public async Task Files_and_keys_are_saved_byte_for_byte_under_harmless_names()
    {
        var bytes = RandomNumberGenerator.GetBytes(700_001);
        var draft = RecipientPage.Draft(entries: [RecipientPage.Server]) with
        {
            Attachments = [Attachment.Of("..\\../umowa\u202Efdp.exe", bytes), Attachment.Of("empty.txt", [])],
        };
        var (link, handover) = await agency.HandOver(draft);
        await using var profile = await chromium.Profile();
        var page = await RecipientPage.At(profile, link);
        await page.OpenWithDigits();
        await page.Displayed();
        Assert.Equal("displayed", await agency.State(handover));

        var saved = await page.Tab.RunAndWaitForDownloadAsync(() => page.Entries.First.Locator("dd").Last.GetByRole(AriaRole.Button).ClickAsync());
        Assert.Equal(".._umowa_fdp.exe", saved.SuggestedFilename.TrimStart('_'));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(await saved.PathAsync(), TestContext.Current.CancellationToken));

        var key = await page.Tab.RunAndWaitForDownloadAsync(() => page.Entries.First.GetByRole(AriaRole.Button, new() { Name = "Save id_ed25519" }).ClickAsync());
        Assert.Equal(RecipientPage.Server.Fields![1].Value, await File.ReadAllTextAsync(await key.PathAsync(), TestContext.Current.CancellationToken));

        var empty = await page.Tab.RunAndWaitForDownloadAsync(() => page.Tab.GetByRole(AriaRole.Button, new() { Name = "Save empty.txt" }).ClickAsync());
        Assert.Empty(await File.ReadAllBytesAsync(await empty.PathAsync(), TestContext.Current.CancellationToken));
        Assert.Equal([], page.Complaints);
    }

    [Theory]
    [InlineData("en", "de-DE", "Access data from", "en")]
    [InlineData("pl", "en-US", "Dane dostępowe od", "pl")]
    [InlineData("de", "pl-PL", "Zugangsdaten von", "de")]
    [InlineData("cs", "de-DE", "Zugangsdaten von", "de")]
    [InlineData("cs", "fr-FR", "Access data from", "en")]
    public async Task The_page_speaks_the_handovers_language_and_then_the_browsers(string handover, string browser, string heading, string spoken)
    {
        var (link, _) = await agency.HandOver(RecipientPage.Draft(language: handover));
        await using var profile = await chromium.Profile(language: browser);
        var page = await RecipientPage.At(profile, link);
        await Expect(page.Heading).ToContainTextAsync(heading);
        await Expect(page.Tab.Locator("html")).ToHaveAttributeAsync("lang", spoken);
    }
}
