using System.Text;
using System.Text.Json;
using Baton.Client.Sealing;
using Baton.Protocol.Encoding;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests.Proof;

/// <summary>What is held about a recipient, what a recipient reports, and what is destroyed when it is asked for.</summary>
public sealed class PersonalDataTests(Chromium chromium)
{
    [Fact]
    public async Task What_is_held_about_somebody_is_found_saved_and_erased_and_the_evidence_still_holds()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        await using var recipient = await Visit.To(product, chromium, 390);
        var proof = new ProofDriver(visit);
        var page = visit.Page;
        await proof.App.SetUp(product.SetupCode);
        var (link, password) = await proof.HandOver("Jan Kowalski", "Admin panel");
        await proof.ToComposer();
        await proof.HandOver("Jan Kowalski", "Still waiting");
        await ProofDriver.Receive(recipient, link, password);

        await proof.ToOrganization("Personal data");
        await page.GetByLabel("Recipient", new() { Exact = true }).FillAsync("kowalski jan");
        await proof.App.Button("Look").ClickAsync();
        var held = page.Locator(".holdings li");
        await Expect(held).ToHaveCountAsync(2);
        var done = held.Filter(new() { HasText = "Admin panel" });
        await Expect(done).ToContainTextAsync("127.0.0.1");
        await Expect(done).ToContainTextAsync("Mozilla/");
        await Expect(held.Filter(new() { HasText = "Still waiting" })).ToContainTextAsync("It can still be opened");
        var (_, text) = await proof.Saved(proof.App.Button("Save as a text"));
        Assert.Contains("Jan Kowalski", Encoding.UTF8.GetString(text), StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", Encoding.UTF8.GetString(text), StringComparison.Ordinal);

        await done.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(proof.Dialog).ToContainTextAsync("Erase the recipient's data of “Admin panel”?");
        await Screens.Keep(page, "proof-erase");
        await proof.InDialog("Erase").ClickAsync();
        await Expect(held).ToHaveCountAsync(1);

        await proof.ToHistory();
        await page.Locator(".row").Filter(new() { HasText = "Admin panel" }).ClickAsync();
        await Expect(page.Locator(".timeline")).ToContainTextAsync("Erased: what concerned the recipient");
        await Expect(page.Locator(".timeline")).Not.ToContainTextAsync("127.0.0.1");
        await proof.App.Button("Evidence").ClickAsync();
        var (name, bytes) = await proof.MakeEvidence();
        Assert.DoesNotContain("Kowalski", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        await visit.Go("/verify");
        var verify = new VerifyPage(page);
        await verify.Choose(name, bytes);
        await verify.Says("Valid, but the key is not known to you");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_retention_time_is_set_by_who_may_and_shown_to_all()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var proof = new ProofDriver(visit);
        var page = visit.Page;
        await proof.App.SetUp(product.SetupCode);
        await proof.ToOrganization("Personal data");
        await Expect(page.GetByText("Kept for ever.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "For a number of days" }).CheckAsync();
        await page.GetByLabel("Days", new() { Exact = true }).FillAsync("0");
        await proof.App.Button("Save").ClickAsync();
        await Expect(page.GetByText("A whole number from 1 to")).ToBeVisibleAsync();
        await page.GetByLabel("Days", new() { Exact = true }).FillAsync("90");
        await Expect(page.GetByText("A shorter time also erases what is older")).ToBeVisibleAsync();
        await proof.App.Button("Save").ClickAsync();
        await Expect(page.GetByText("Kept for 90 days after a handover's end.")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await proof.App.Unlock();
        await Expect(page.GetByText("Kept for 90 days after a handover's end.")).ToBeVisibleAsync();
        await proof.ToOrganization("Audit");
        await Expect(page.Locator(".audit-entry").Filter(new() { HasText = "Personal data is kept for 90 days" })).ToHaveCountAsync(1);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_report_alarms_every_page_and_stands_on_the_handover()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var proof = new ProofDriver(visit);
        var page = visit.Page;
        await proof.App.SetUp(product.SetupCode);
        var (link, _) = await proof.HandOver("Jan Kowalski", "Admin panel");
        await page.GetByRole(AriaRole.Link, new() { Name = "Vault", Exact = true }).ClickAsync();
        await proof.App.Heading("Vault").WaitForAsync();

        // The page that a dead link opens says so; here only its request matters.
        Assert.True(Code.TryDecode(link.Split('#')[1], CodeKind.Link, out var key, out _));
        using var client = new HttpClient { BaseAddress = product.Address };
        using var body = new StringContent(JsonSerializer.Serialize(new { locator = Base64Url.Encode(HandoverKeys.LocatorOf(key)), reason = "not-me" }), Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync("/api/link/report", body, TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);

        var alarm = page.Locator(".alarms [role=alert]");
        await Expect(alarm).ToContainTextAsync("A recipient reported something about “Admin panel”.");
        await Screens.Keep(page, "proof-alarm");
        await alarm.GetByText("Look at it").ClickAsync();
        await Expect(page.Locator(".notice.bad")).ToContainTextAsync("“I did not open this.”");
        await Expect(page.Locator(".timeline")).ToContainTextAsync("Reported: “I did not open this”");
        await Screens.Keep(page, "proof-reported");
        await proof.ToHistory();
        await Expect(alarm).ToHaveCountAsync(0);
        await proof.App.Button("Needs a look").ClickAsync();
        await Expect(page.Locator(".row")).ToContainTextAsync("Reported");
        Assert.Empty(visit.Complaints);
    }
}
