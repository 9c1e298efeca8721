using System.Text;
using System.Text.Json.Nodes;
using Baton.Protocol.Evidence;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests.Proof;

/// <summary>Evidence made in the app: of one handover, of several, of a project; and refused where the server lies.</summary>
public sealed class ComposingTests(Chromium chromium)
{
    [Fact]
    public async Task Evidence_of_a_confirmed_handover_holds_on_the_page_and_from_a_disk_without_a_network()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        await using var recipient = await Visit.To(product, chromium, 390);
        var proof = new ProofDriver(visit);
        await proof.App.SetUp(product.SetupCode);
        var (link, password) = await proof.HandOver("Jan <Kowalski> & „syn”", "Admin panel", "Serwer");
        await ProofDriver.Receive(recipient, link, password);
        await Expect(visit.Page.Locator(".state-line")).ToContainTextAsync("Confirmed");
        var grades = visit.Page.Locator(".grades");
        await Expect(grades).ToContainTextAsync("held the link and knew the access password");
        await Expect(grades).ToContainTextAsync("confirmed entry 2");
        await Expect(grades).ToContainTextAsync("a problem with entry 1");

        await proof.App.Button("Evidence").ClickAsync();
        var (name, bytes) = await proof.MakeEvidence();
        Assert.EndsWith(".html", name, StringComparison.Ordinal);
        var text = Encoding.UTF8.GetString(bytes);
        Assert.DoesNotContain("s3cret-", text, StringComparison.Ordinal);
        Assert.DoesNotContain(password, text, StringComparison.Ordinal);
        Assert.DoesNotContain(link.Split('#')[1], text, StringComparison.Ordinal);

        using var client = new HttpClient { BaseAddress = product.Address };
        var key = JsonNode.Parse(await client.GetStringAsync("/api/instance", TestContext.Current.CancellationToken))!["ledgerKey"]!.GetValue<string>();
        await using var stranger = await Visit.To(product, chromium);
        await stranger.Go("/verify");
        var page = new VerifyPage(stranger.Page);
        await page.Drop(name, bytes);
        await page.Says("Valid, but the key is not known to you");
        await Expect(page.Story).ToContainTextAsync("Jan <Kowalski> & „syn”");
        await page.GiveKey(key);
        await page.Says("The evidence holds");
        await Expect(page.Steps).ToHaveTextAsync(["Holds", "Holds", "Holds", "Holds", "Holds", "Nothing there", "Holds", "Holds", "Holds", "Holds", "Holds"]);

        var saved = Path.Combine(Directory.CreateTempSubdirectory().FullName, "baton-verify.html");
        await File.WriteAllBytesAsync(saved, await client.GetByteArrayAsync("/verify", TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        await using var offline = await Visit.To(product, chromium);
        await offline.Page.Context.SetOfflineAsync(true);
        await offline.Page.GotoAsync(new Uri(saved).AbsoluteUri);
        var disk = new VerifyPage(offline.Page);
        await disk.GiveKey(key);
        await disk.Choose(name, bytes);
        await disk.Says("The evidence holds");
        Assert.False(await offline.Page.EvaluateAsync<bool>("fetch('https://example.org/').then(() => true, () => false)"));
        Directory.Delete(Path.GetDirectoryName(saved)!, recursive: true);
        Assert.Empty(visit.Complaints);
        Assert.Empty(stranger.Complaints);
    }

    [Fact]
    public async Task A_project_is_proven_with_all_its_handovers_and_ticked_ones_alone()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var proof = new ProofDriver(visit);
        var office = new OfficeDriver(visit);
        await office.App.SetUp(product.SetupCode);
        await office.ToGroups();
        await office.MakeGroup("Klient Orzeł");
        foreach (var title in new[] { "First", "Second", "Third" })
        {
            await proof.ToComposer();
            if (title != "Third")
            {
                await visit.Page.GetByLabel("It belongs to", new() { Exact = true }).SelectOptionAsync("Klient Orzeł");
            }

            await proof.HandOver("Jan Kowalski", title);
        }

        await proof.ToHistory();
        await visit.Page.GetByLabel("Group", new() { Exact = true }).SelectOptionAsync("Klient Orzeł");
        await Expect(visit.Page.Locator(".row")).ToHaveCountAsync(2);
        await proof.App.Button("Evidence of the project").ClickAsync();
        await Expect(proof.Dialog.GetByLabel("Title")).ToHaveValueAsync("Handover protocol: Klient Orzeł");
        var (_, project) = await proof.MakeEvidence("Facts (JSON)");
        Assert.True(EvidenceText.TryParse(Encoding.UTF8.GetString(project), out var file));
        Assert.Equal("Handover protocol: Klient Orzeł", file.Title);
        Assert.Equal(["First", "Second"], file.Handovers.Select(one => one.Title).Order());

        await visit.Page.GetByLabel("Group", new() { Exact = true }).SelectOptionAsync("All groups");
        await proof.App.Button("Select").ClickAsync();
        await visit.Page.GetByLabel("Select Third").CheckAsync();
        await visit.Page.GetByLabel("Select First").CheckAsync();
        await Expect(visit.Page.Locator(".select-bar")).ToContainTextAsync("2 selected");
        await proof.App.Button("Evidence").ClickAsync();
        await proof.Dialog.GetByLabel("Title").FillAsync("For the lawyer");
        var (name, ticked) = await proof.MakeEvidence("Facts (JSON)");
        Assert.StartsWith("For the lawyer", name, StringComparison.Ordinal);
        Assert.True(EvidenceText.TryParse(Encoding.UTF8.GetString(ticked), out file));
        Assert.Equal(["First", "Third"], file.Handovers.Select(one => one.Title).Order());
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData("text", "step 2, “the entries”")]
    [InlineData("proof", "step 3, “the proofs of the entries”")]
    [InlineData("roster", "step 8, “the sender's signature”")]
    public async Task What_a_lying_server_gives_is_named_and_never_saved(string what, string said)
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var proof = new ProofDriver(visit);
        await proof.App.SetUp(product.SetupCode);
        await proof.HandOver();
        await visit.Page.RouteAsync("**/api/evidence", async route =>
        {
            var answer = await route.FetchAsync();
            var parts = JsonNode.Parse(await answer.TextAsync())!;
            var entry = parts["handovers"]![0]!["entries"]![0]!;
            switch (what)
            {
                case "text":
                    entry["text"] = entry["text"]!.GetValue<string>().Replace("\"life\":", "\"life\":1", StringComparison.Ordinal);
                    break;
                case "proof":
                    entry["index"] = entry["index"]!.GetValue<long>() == 0 ? 1 : 0;
                    break;
                default:
                    parts["roster"]![0]!["signature"] = new string('A', 86);
                    break;
            }

            await route.FulfillAsync(new() { Response = answer, Body = parts.ToJsonString() });
        });
        await proof.App.Button("Evidence").ClickAsync();
        var downloads = 0;
        visit.Page.Download += (_, _) => downloads++;
        await proof.InDialog("Make the file").ClickAsync();
        await Expect(proof.Dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync(said);
        Assert.Equal(0, downloads);
    }

    [Fact]
    public async Task It_can_be_cancelled_and_a_lock_takes_the_dialog_with_it()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var proof = new ProofDriver(visit);
        await proof.App.SetUp(product.SetupCode);
        await proof.HandOver("Jan Kowalski", "Panel of the client");
        var asked = new TaskCompletionSource();
        var held = new TaskCompletionSource();
        await visit.Page.RouteAsync("**/api/evidence", async route =>
        {
            asked.TrySetResult();
            await held.Task;
            await route.AbortAsync();
        });
        await proof.App.Button("Evidence").ClickAsync();
        await proof.InDialog("Make the file").ClickAsync();
        await Expect(proof.Dialog.Locator("progress")).ToBeVisibleAsync();
        await asked.Task.WaitAsync(TimeSpan.FromMilliseconds(Chromium.Patience), TestContext.Current.CancellationToken);
        await proof.InDialog("Cancel").ClickAsync();
        await Expect(proof.Dialog.Locator("progress")).ToHaveCountAsync(0);
        await Expect(proof.Dialog.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await Expect(proof.InDialog("Make the file")).ToBeEnabledAsync();
        held.SetResult();
        await visit.EndSession();
        await visit.Page.UnrouteAsync("**/api/evidence");
        await proof.InDialog("Make the file").ClickAsync();
        await proof.App.Heading("Sign in").WaitForAsync();
        await Expect(proof.Dialog).ToHaveCountAsync(0);
        await visit.HoldsNothingOf("Panel of the client", "Jan Kowalski");
    }
}
