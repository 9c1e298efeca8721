using System.Text.Json.Nodes;
using Baton.Protocol.Ledger;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests.Proof;

/// <summary>The ledger's head, and checkpoints that somebody kept, held against it by the browser.</summary>
public sealed class LedgerPageTests(Chromium chromium)
{
    [Fact]
    public async Task A_kept_checkpoint_is_found_again_and_anothers_or_a_rewritten_one_is_not()
    {
        await using var product = await Product.Start();
        await using var other = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        await using var elsewhere = await Visit.To(other, chromium);
        var (proof, foreign) = (new ProofDriver(visit), new ProofDriver(elsewhere));
        await proof.App.SetUp(product.SetupCode);
        await proof.ToOrganization("Ledger");
        await Expect(visit.Page.Locator(".verified")).ToContainTextAsync("nothing to read again");
        var kept = await Note(visit.Page);
        Assert.True(SignedNote.TryParse(kept, out var note));
        Assert.True(Checkpoint.TryParse(note, out var checkpoint));
        Assert.True(checkpoint.Size > 0);
        await foreign.App.SetUp(other.SetupCode);
        await foreign.ToOrganization("Ledger");
        var strange = await Note(elsewhere.Page);

        await proof.ToComposer();
        await proof.HandOver();
        await proof.ToOrganization("Ledger");
        await visit.Page.WaitForFunctionAsync("size => Number(document.querySelector('.facts .big')?.textContent.replace(/\\D/g, '')) > size", checkpoint.Size);
        await Compare(kept);
        await Expect(visit.Page.Locator(".notice.good")).ToContainTextAsync($"its {checkpoint.Size} entries are unchanged");
        // As mail programs leave it.
        await Compare("\n" + kept.Replace("\n", "\r\n", StringComparison.Ordinal) + "  ");
        await Expect(visit.Page.Locator(".notice.good")).ToContainTextAsync($"its {checkpoint.Size} entries are unchanged");
        await Compare("nothing of the kind");
        await Expect(visit.Page.Locator("[role=status] .notice.warn")).ToContainTextAsync("That is no checkpoint");
        // The same name on this machine, another key.
        await Compare(strange);
        await Expect(visit.Page.Locator("[role=status] .notice.bad")).ToContainTextAsync("not signed by this log's key");

        // A server that forks: it shows another size with the same signature, or has no proof of what it once signed.
        await visit.Page.RouteAsync("**/api/ledger/consistency*", async route => await route.FulfillAsync(new() { ContentType = "application/json", Body = "{\"proof\":[]}" }));
        await Compare(kept);
        await Expect(visit.Page.Locator("[role=status] .notice.bad")).ToContainTextAsync("no longer contains this checkpoint");
        Assert.Empty(visit.Complaints);

        async Task Compare(string text)
        {
            await visit.Page.GetByLabel("The checkpoint kept").FillAsync(text);
            await proof.App.Button("Compare").ClickAsync();
        }
    }

    [Fact]
    public async Task Every_member_sees_the_head_and_only_owners_and_auditors_the_audit()
    {
        await using var product = await Product.Start();
        await using var here = await Visit.To(product, chromium);
        await using var there = await Visit.To(product, chromium);
        var (ewa, ola) = (new OfficeDriver(here), new OfficeDriver(there));
        await ewa.App.SetUp(product.SetupCode);
        await ewa.ToMembers();
        await ola.Join(await ewa.Invite());
        await ewa.Approve();
        await ola.App.Heading("Vault").WaitForAsync();
        var proof = new ProofDriver(there);
        await proof.ToOrganization("Ledger");
        await Expect(there.Page.Locator(".vkey").First).ToContainTextAsync("/log+");
        await Expect(ola.App.Button("Stamp now")).ToHaveCountAsync(0);
        await proof.ToOrganization("Audit");
        await Expect(there.Page.GetByText("For owners and auditors").First).ToBeVisibleAsync();
        await Expect(there.Page.Locator(".audit-entry")).ToHaveCountAsync(0);
        Assert.Empty(there.Complaints);
    }

    [Fact]
    public async Task Stamps_a_failing_authority_and_changed_entries_are_shown()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var proof = new ProofDriver(visit);
        var page = visit.Page;
        await proof.App.SetUp(product.SetupCode);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await page.RouteAsync("**/api/ledger/head", async route =>
        {
            var answer = await route.FetchAsync();
            var head = JsonNode.Parse(await answer.TextAsync())!;
            head["check"] = JsonNode.Parse("""{"state":"damaged","checked":9,"total":9,"damaged":[3,1204]}""");
            head["authorities"] = JsonNode.Parse($$"""[{"authority":"https://stamps.example/tsa","lastAt":{{now - 90_000}},"nextAt":{{now + 3_600_000}}},{"authority":"https://other.example/","failure":"no answer within 20 s","nextAt":{{now + 120_000}}}]""");
            var stamps = Enumerable.Range(0, 7).Select(i => $$"""{"log":0,"size":{{900 + i}},"authority":"https://stamps.example/tsa","time":{{now - i * 3_600_000L}},"certificateEnds":{{now + (i < 6 ? 900L : 9L) * 86_400_000}},"renewal":{{(i == 2 ? "true" : "false")}}}""");
            head["stamps"] = JsonNode.Parse($"[{string.Join(',', stamps)}]");
            await route.FulfillAsync(new() { Response = answer, Body = head.ToJsonString() });
        });
        var asked = 0;
        await page.RouteAsync("**/api/ledger/stamp", async route =>
        {
            asked++;
            await route.FulfillAsync(new() { Status = 202, ContentType = "application/json", Body = "{}" });
        });
        await proof.ToOrganization("Ledger");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("#3, #1,204");
        var authorities = page.Locator(".authorities li");
        await Expect(authorities.First).ToContainTextAsync("Works");
        await Expect(authorities.Last).ToContainTextAsync("The last attempt failed: no answer within 20 s");
        await Expect(page.Locator(".stamps li")).ToHaveCountAsync(5);
        await page.GetByText("Show more (2)").ClickAsync();
        await Expect(page.Locator(".stamps li")).ToHaveCountAsync(7);
        await Expect(page.Locator(".stamps li").Last).ToContainTextAsync("it is renewed before");
        await proof.App.Button("Stamp now").ClickAsync();
        await Expect(page.GetByText("The authorities are asked.").First).ToBeVisibleAsync();
        Assert.Equal(1, asked);
        await Screens.Keep(page, "proof-ledger-stamps");
        Assert.Empty(visit.Complaints);
    }

    private static async Task<string> Note(IPage page)
    {
        // A new installation's first checkpoints are of an empty log, or not signed yet.
        await page.WaitForFunctionAsync("() => Number(document.querySelector('.facts .big')?.textContent.replace(/\\D/g, '')) > 0 && document.querySelector('pre.note').textContent !== ''");
        await page.GetByText("The signed checkpoint").ClickAsync();
        return await page.Locator("pre.note").TextContentAsync() ?? "";
    }
}
