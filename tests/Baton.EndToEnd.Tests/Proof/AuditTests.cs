using System.Text;
using System.Text.Json.Nodes;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests.Proof;

/// <summary>Everything that happened, on one page: filtered, searched, live, saved.</summary>
public sealed class AuditTests(Chromium chromium)
{
    [Fact]
    public async Task An_owner_filters_searches_and_takes_the_history_along()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var proof = new ProofDriver(visit);
        var page = visit.Page;
        await proof.App.SetUp(product.SetupCode);
        await proof.HandOver("Jan Kowalski", "Admin panel");
        await proof.ToOrganization("Audit");
        var entries = page.Locator(".audit-entry");
        await Expect(entries.Filter(new() { HasText = "Organization created" })).ToHaveCountAsync(1);
        await Expect(entries.First).ToContainTextAsync("Created, open for 1 day");
        await Expect(entries.First).ToContainTextAsync("Admin panel");
        await Expect(entries.First).ToContainTextAsync("Ewa Nowak");
        await Expect(page.GetByText("waits")).ToHaveCountAsync(0);
        await Expect(page.Locator("progress")).ToHaveCountAsync(0);
        var all = await entries.CountAsync();

        await page.GetByLabel("What", new() { Exact = true }).SelectOptionAsync("Members and roles");
        await Expect(entries.Filter(new() { HasText = "Ewa Nowak: role Owner" })).ToHaveCountAsync(1);
        await Expect(entries.Filter(new() { HasText = "Created, open" })).ToHaveCountAsync(0);
        await page.GetByLabel("What", new() { Exact = true }).SelectOptionAsync("Everything");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Searchbox).FillAsync("admin panel created");
        await Expect(entries).ToHaveCountAsync(1);
        await entries.First.Locator("summary").ClickAsync();
        await entries.First.GetByText("Only this handover").ClickAsync();
        await Expect(page.Locator(".audit-handover")).ToContainTextAsync("Admin panel");
        await page.Locator(".audit-handover button").ClickAsync();
        await Expect(entries).ToHaveCountAsync(all);
        await page.GetByLabel("To", new() { Exact = true }).FillAsync("2001-01-01");
        await Expect(page.GetByText("Nothing matches")).ToBeVisibleAsync();
        await proof.App.Button("Clear search and filters").ClickAsync();
        await Expect(entries).ToHaveCountAsync(all);

        await proof.App.Button("Save as a file").ClickAsync();
        var (csvName, csv) = await proof.Saved(proof.InDialog("Save"));
        await proof.InDialog("Close").ClickAsync();
        Assert.EndsWith(".csv", csvName, StringComparison.Ordinal);
        Assert.Equal(all + 1, Encoding.UTF8.GetString(csv).TrimEnd().Split("\r\n").Length);
        Assert.Contains("Admin panel", Encoding.UTF8.GetString(csv), StringComparison.Ordinal);
        await proof.App.Button("Save as a file").ClickAsync();
        await proof.Dialog.GetByText("Records (JSON)").ClickAsync();
        var (_, json) = await proof.Saved(proof.InDialog("Save"));
        await proof.InDialog("Close").ClickAsync();
        var saved = JsonNode.Parse(json)!["entries"]!.AsArray();
        Assert.Equal(all, saved.Count);
        Assert.All(saved, entry => Assert.Equal(1, JsonNode.Parse(entry!["text"]!.GetValue<string>())!["v"]!.GetValue<int>()));
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task What_happens_elsewhere_comes_in_by_itself()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        await using var recipient = await Visit.To(product, chromium, 390);
        var proof = new ProofDriver(visit);
        await proof.App.SetUp(product.SetupCode);
        var (link, password) = await proof.HandOver();
        await proof.ToOrganization("Audit");
        var entries = visit.Page.Locator(".audit-entry");
        await Expect(entries.First).ToContainTextAsync("Created, open for 1 day");
        await ProofDriver.Open(recipient, link, password);
        await Expect(entries.First).ToContainTextAsync("Displayed; copy destroyed");
        await Expect(entries.Nth(1)).ToContainTextAsync("Opened with the right link");
        Assert.Empty(visit.Complaints);
    }
}
