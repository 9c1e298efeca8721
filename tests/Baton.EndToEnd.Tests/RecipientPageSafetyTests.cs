using Baton.Client.Sealing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests;

/// <summary>A hostile sender, and a page with nothing left to lose.</summary>
public sealed class RecipientPageSafetyTests(Chromium chromium, Agency agency) : IClassFixture<Agency>
{
    [Fact]
    public async Task Hostile_titles_addresses_and_names_are_text_and_lead_nowhere()
    {
        const string Markup = "<img src=x onerror=\"document.title='owned'\"></script><script>document.title='owned'</script>";
        string[] addresses = ["javascript:document.title='owned'", "data:text/html,owned", "https://user:pass@bank.example/", "file:///etc/passwd", " vbscript:x"];
        var fields = addresses.Select(address => new EntryField(Markup, address, "link")).ToList();
        var hostile = RecipientPage.Wifi with { Title = Markup, Url = addresses[0], Username = Markup, Notes = Markup, Password = Markup, Fields = fields };
        var draft = RecipientPage.Draft(entries: [hostile]) with { Message = Markup, Attachments = [Attachment.Of(Markup, [1])] };
        var (link, _) = await agency.HandOver(draft);
        await using var profile = await chromium.Profile();
        var page = await RecipientPage.At(profile, link);
        await page.OpenWithDigits();
        await page.Displayed();

        await Expect(page.Tab.Locator("main a, main img, main script, main iframe")).ToHaveCountAsync(0);
        await Expect(page.Entries.First.Locator("h2")).ToHaveTextAsync(Markup);
        var shown = await page.Tab.Locator("main").InnerTextAsync();
        Assert.All(addresses, address => Assert.Contains(address.Trim(), shown, StringComparison.Ordinal));
        await Expect(page.Tab).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("^Access data from", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromMinutes(1)));
        Assert.Equal([], page.Complaints);
    }

    [Fact]
    public async Task Where_nothing_is_left_to_lose_leaving_is_not_warned_of()
    {
        var draft = RecipientPage.Draft(entries: [RecipientPage.Server]) with { Attachments = [Attachment.Of("plan.txt", [1, 2, 3])] };
        var (link, handover) = await agency.HandOver(draft);
        await using var profile = await chromium.Profile();
        var page = await RecipientPage.In(profile);
        var revoked = new TaskCompletionSource();
        await page.Tab.RouteAsync("**/api/link/file", async route =>
        {
            await revoked.Task;
            await route.ContinueAsync();
        });
        await page.Tab.GotoAsync(link);
        await page.Tab.RunAndWaitForRequestAsync(page.OpenWithDigits, "**/api/link/file");
        await agency.Revoke(handover);
        revoked.SetResult();
        await page.IsDead();
        var ended = new TaskCompletionSource<string>();
        page.Tab.Dialog += async (_, dialog) =>
        {
            ended.TrySetResult("warned");
            await dialog.AcceptAsync();
        };
        page.Tab.Close += (_, _) => ended.TrySetResult("closed");
        await page.Tab.CloseAsync(new() { RunBeforeUnload = true });

        Assert.Equal("closed", await ended.Task.WaitAsync(TimeSpan.FromMilliseconds(Chromium.Patience), TestContext.Current.CancellationToken));
    }
}
