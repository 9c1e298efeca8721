using System.Text.Json.Nodes;
using Baton.Client.Evidence;
using Baton.Client.Sealing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests;

/// <summary>What the recipient gets for a receipt: evidence of its own, that anybody can verify.</summary>
public sealed class RecipientEvidenceTests(Chromium chromium, Agency agency) : IClassFixture<Agency>
{
    private const string Password = "granite walrus copper lantern";

    private static ILocator Save(RecipientPage page) => page.Alert.GetByRole(AriaRole.Button);

    private async Task<RecipientPage> Shown(IBrowserContext profile, HandoverDraft draft, Func<IPage, Task>? first = null)
    {
        var (link, _) = await agency.HandOver(draft);
        var page = await RecipientPage.In(profile);
        await (first?.Invoke(page.Tab) ?? Task.CompletedTask);
        await page.Tab.GotoAsync(link);
        await (draft.AccessPassword is null ? page.OpenWithDigits() : page.Open(draft.AccessPassword));
        await page.Displayed();
        return page;
    }

    private static async Task Confirm(RecipientPage page)
    {
        await page.Tab.GetByRole(AriaRole.Button, new() { Name = "The rest is received" }).ClickAsync();
        await page.Submit.ClickAsync();
    }

    private static async Task<(string Name, byte[] Bytes)> Saved(RecipientPage page)
    {
        var saved = await page.Tab.RunAndWaitForDownloadAsync(() => Save(page).ClickAsync());
        return (saved.SuggestedFilename, await File.ReadAllBytesAsync(await saved.PathAsync(), TestContext.Current.CancellationToken));
    }

    private async Task<EvidenceVerification> Verified(byte[] bytes)
    {
        var key = await agency.LedgerKey();
        return EvidenceVerification.Of(bytes, key);
    }

    [Fact]
    public async Task A_receipt_is_answered_with_evidence_that_verifies_with_the_key_that_the_sender_sealed()
    {
        await using var profile = await chromium.Profile();
        var page = await Shown(profile, RecipientPage.Draft(Password, "pl"));
        await page.Entries.First.Locator("input[value=works]").CheckAsync();
        await page.Entries.Last.Locator("input[value=problem]").CheckAsync();
        await page.Entries.Last.Locator("label:has(input[autocomplete=off]) input").FillAsync("hasło nie działa");
        await page.Tab.Locator("input[autocomplete=name]").FillAsync("Jan Kowalski");
        await page.Submit.ClickAsync();
        await Expect(page.Alert).ToContainTextAsync("Wpisano do rejestru i sprawdzono");

        var (name, bytes) = await Saved(page);
        Assert.Matches("^baton-[A-Za-z0-9_-]{8}\\.html$", name);
        var verification = await Verified(bytes);
        Assert.True(verification.Verdict == Verdict.Ok, string.Join(", ", verification.Steps.Select(step => $"{step.Name} {step.Verdict} {step.Where}")));
        Assert.Equal(["password", "displayed", "confirmed"], Assert.Single(verification.Grades!).Grades);
        Assert.Equal(("recipient", "pl"), (verification.File!.Kind, verification.File.Language));
        var text = System.Text.Encoding.UTF8.GetString(bytes);
        Assert.Contains("Potwierdzenie odbioru", text, StringComparison.Ordinal);
        Assert.Contains("„hasło nie działa”", text, StringComparison.Ordinal);
        Assert.All([.. RecipientPage.Secrets, Password, "granite-walrus"], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        Assert.Equal([], page.Complaints);
    }

    [Fact]
    public async Task A_second_receipt_stands_beside_the_first_in_its_evidence()
    {
        await using var profile = await chromium.Profile();
        var page = await Shown(profile, RecipientPage.Draft());
        await Confirm(page);
        await Expect(Save(page)).ToBeVisibleAsync();
        await page.Entries.First.GetByLabel("problem").CheckAsync();
        await page.Submit.ClickAsync();
        await Expect(page.Submit).ToBeEnabledAsync();
        await Expect(Save(page)).ToBeVisibleAsync();
        var (_, bytes) = await Saved(page);
        var verification = await Verified(bytes);
        Assert.Equal(Verdict.Ok, verification.Verdict);
        Assert.Equal([1, 2], Assert.Single(verification.File!.Handovers).Replies!.Select(reply => reply.Seq));
        Assert.Contains("reported a problem with item 1", Assert.Single(verification.Grades!).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_ledger_is_behind_the_page_waits_for_its_proof()
    {
        await using var profile = await chromium.Profile();
        var bodies = new List<string>();
        var seen = new TaskCompletionSource();
        var page = await Shown(profile, RecipientPage.Draft(), tab => tab.RouteAsync("**/api/link/receipt", async route =>
        {
            bodies.Add(route.Request.PostData!);
            var answer = await route.FetchAsync();
            if (bodies.Count < 3)
            {
                var behind = JsonNode.Parse(await answer.TextAsync())!.AsObject();
                behind.Remove("evidence");
                await route.FulfillAsync(new() { Status = 202, ContentType = "application/json", Body = behind.ToJsonString() });
            }
            else
            {
                // What the page says meanwhile stands until the proof is there.
                await seen.Task;
                await route.FulfillAsync(new() { Response = answer });
            }
        }));
        await Confirm(page);
        await Expect(page.Alert).ToContainTextAsync("✓ Confirmed. The sender sees it now.Waiting for the ledger’s proof");
        seen.SetResult();
        await Expect(page.Alert).ToContainTextAsync("Entered in the ledger and checked");
        Assert.Equal(3, bodies.Count);
        Assert.Single(bodies.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_worker_is_fetched_until_it_is_there_in_the_right_bytes_and_the_receipt_given_meanwhile_is_kept()
    {
        await using var profile = await chromium.Profile();
        var confirmed = new TaskCompletionSource();
        var served = 0;
        var page = await Shown(profile, RecipientPage.Draft(), tab => tab.RouteAsync("**/assets/receipt-*.js", async route =>
        {
            switch (served++)
            {
                case 0:
                    await route.AbortAsync("internetdisconnected");
                    break;
                case 1:
                    await confirmed.Task;
                    await route.FulfillAsync(new() { Body = "onmessage = () => postMessage({})", ContentType = "text/javascript" });
                    break;
                default:
                    await route.ContinueAsync();
                    break;
            }
        }));
        await page.Tab.GetByLabel("Your name").FillAsync("Jan Kowalski");
        await Confirm(page);
        await Expect(page.Submit).ToBeDisabledAsync();
        await page.Tab.GetByLabel("Your name").FillAsync("somebody else");
        confirmed.SetResult();
        await Expect(page.Alert).ToContainTextAsync("Entered in the ledger and checked");
        Assert.Equal(3, served);
        await Expect(page.Status).ToBeEmptyAsync();
        var verification = await Verified((await Saved(page)).Bytes);
        Assert.Equal("Jan Kowalski", Assert.Single(Assert.Single(verification.File!.Handovers).Replies!).Name);
    }

    [Theory]
    [InlineData("another key")]
    [InlineData("another proof")]
    [InlineData("no confirmation")]
    [InlineData("another handover")]
    [InlineData("no evidence")]
    public async Task Proofs_that_do_not_hold_are_named_and_what_came_can_be_kept(string swap)
    {
        JsonNode? before = null;
        await using var profile = await chromium.Profile();
        var first = await Shown(profile, RecipientPage.Draft(), tab => tab.RouteAsync("**/api/link/receipt", async route =>
        {
            var answer = await route.FetchAsync();
            before = JsonNode.Parse(await answer.TextAsync());
            await route.FulfillAsync(new() { Response = answer });
        }));
        await Confirm(first);
        await Expect(Save(first)).ToBeVisibleAsync();

        var page = await Shown(profile, RecipientPage.Draft(), tab => tab.RouteAsync("**/api/link/receipt", async route =>
        {
            var answer = await route.FetchAsync();
            var changed = JsonNode.Parse(await answer.TextAsync())!;
            var evidence = changed["evidence"]!;
            switch (swap)
            {
                case "another key":
                    var key = evidence["ledger"]!["logs"]![0]!["key"]!.GetValue<string>();
                    evidence["ledger"]!["logs"]![0]!["key"] = key[..^8] + (key[^8] == 'A' ? 'B' : 'A') + key[^7..];
                    break;
                case "another proof":
                    evidence["entries"]![0]!["proof"] = evidence["entries"]![1]!["proof"]!.DeepClone();
                    break;
                case "no confirmation":
                    evidence["entries"]!.AsArray().RemoveAt(evidence["entries"]!.AsArray().Count - 1);
                    break;
                case "another handover":
                    changed["evidence"] = before!["evidence"]!.DeepClone();
                    break;
                case "no evidence":
                    changed["evidence"] = new JsonObject();
                    break;
            }

            await route.FulfillAsync(new() { Response = answer, Body = changed.ToJsonString() });
        }));
        await Confirm(page);
        await Expect(page.Alert.Locator(".problem")).ToContainTextAsync("proof is not in order");
        await Expect(page.Alert).ToContainTextAsync("✓ Confirmed");
        await Expect(Save(page)).ToHaveCountAsync(swap == "no evidence" ? 0 : 1);
        Assert.Equal([], page.Complaints);
    }

    [Fact]
    public async Task The_saved_page_needs_no_script_and_loads_nothing()
    {
        await using var profile = await chromium.Profile();
        var page = await Shown(profile, RecipientPage.Draft());
        await Confirm(page);
        await Expect(Save(page)).ToBeVisibleAsync();
        var (_, bytes) = await Saved(page);
        var file = Path.Combine(Directory.CreateTempSubdirectory("baton-").FullName, "receipt.html");
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        await using var reader = await chromium.Profile();
        var tab = await reader.NewPageAsync();
        var requests = new List<string>();
        tab.Request += (_, request) => requests.Add(request.Url);
        await tab.GotoAsync("file://" + file);
        await Expect(tab.Locator("main > :first-child")).ToHaveTextAsync("Whoever made the link could have opened it: nothing here excludes the sender’s own organization.");
        await Expect(tab.Locator("h1")).ToHaveTextAsync("Receipt for a handover");
        await Screens.Keep(tab, "recipient-evidence");
        var printed = await tab.PdfAsync(new() { PreferCSSPageSize = true, Path = Path.Combine(Repository.Screens, "recipient-evidence.pdf") });
        Assert.Matches(@"/MediaBox \[0 0 59[45][.\d]* 84[12]", System.Text.Encoding.Latin1.GetString(printed));
        Assert.Equal(["file://" + file], requests);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }
}
