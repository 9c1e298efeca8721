using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests;

/// <summary>A server whose log lost what a member's browser has seen of it: found out at the next unlock, without anybody asking.</summary>
public sealed class RewrittenLogTests(Chromium chromium)
{
    [Fact]
    public async Task A_log_that_was_rolled_back_locks_the_page_and_says_why()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var (page, app) = (visit.Page, new AppDriver(visit));
        await app.SetUp(product.SetupCode);
        var first = await Seen(page, beyond: 0);
        var old = await page.EvaluateAsync<string>("async () => (await fetch('/api/ledger/head')).text()");

        // Signing in is an entry: the log grows, and grown it is taken without a word.
        await using var elsewhere = await Visit.To(product, chromium);
        await elsewhere.Go("/");
        await new AppDriver(elsewhere).SignIn();
        await elsewhere.Page.GetByRole(AriaRole.Heading, new() { Name = "Vault", Level = 1 }).WaitForAsync();
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(Chromium.Patience);
        while (await page.EvaluateAsync<bool>("async old => (await (await fetch('/api/ledger/head')).json()).logs[0].size <= JSON.parse(old).logs[0].size", old))
        {
            await Task.Delay(100, late.Token);
        }

        await Again(app);
        await Seen(page, beyond: first);
        await app.Heading("New handover").WaitForAsync();
        Assert.Equal([], visit.Complaints);

        // The same key, a true signature, but the log as it was before.
        await page.RouteAsync("**/api/ledger/head", route => route.FulfillAsync(new() { ContentType = "application/json", Body = old }));
        await Again(app);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The server's log no longer contains what this browser has seen of it");
        await Expect(app.Heading("Locked")).ToBeVisibleAsync();
    }

    /// <summary>Setting up and unlocking can be quicker than the first signature.</summary>
    [Fact]
    public async Task An_installation_whose_first_checkpoint_is_not_signed_yet_is_asked_again()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var asked = 0;
        await visit.Page.RouteAsync("**/api/ledger/head", async route =>
        {
            if (Interlocked.Increment(ref asked) > 2)
            {
                await route.ContinueAsync();
                return;
            }

            var answer = JsonNode.Parse(await (await route.FetchAsync()).TextAsync())!;
            answer["logs"]![0]!["note"] = "";
            await route.FulfillAsync(new() { ContentType = "application/json", Body = answer.ToJsonString() });
        });
        await new AppDriver(visit).SetUp(product.SetupCode);
        await Seen(visit.Page, beyond: 0);
        Assert.True(asked > 2);
        Assert.Equal([], visit.Complaints);
    }

    private static async Task Again(AppDriver app)
    {
        await app.Button("Lock now").First.ClickAsync();
        await app.Heading("Locked").WaitForAsync();
        await app.Unlock();
    }

    /// <summary>The size of the checkpoint that this browser remembers, once it is larger.</summary>
    private static async Task<long> Seen(IPage page, long beyond)
    {
        var size = await page.WaitForFunctionAsync(
            """
            beyond => {
              const [, note] = Object.entries(localStorage).find(([name]) => name.startsWith('baton.checkpoint.')) ?? [];
              const size = Number(note?.split('\n')[1] ?? 0);
              return size > beyond && size;
            }
            """, beyond);
        return await size.JsonValueAsync<long>();
    }
}
