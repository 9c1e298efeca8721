using System.Text.Json.Nodes;
using Baton.Client.Sealing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests;

/// <summary>An old phone on a train, a busy server, a hostile one.</summary>
public sealed class RecipientPageNetworkTests(Chromium chromium, Agency agency) : IClassFixture<Agency>
{
    [Theory]
    [InlineData("lookup")]
    [InlineData("claim")]
    [InlineData("file")]
    [InlineData("displayed")]
    [InlineData("receipt")]
    public async Task A_connection_cut_before_and_after_the_server_heard_loses_nothing(string call)
    {
        var draft = RecipientPage.Draft(entries: [RecipientPage.Server]) with { Attachments = [Attachment.Of("plan.txt", [1, 2, 3])] };
        var (link, handover) = await agency.HandOver(draft);
        await using var profile = await chromium.Profile();
        var page = await RecipientPage.In(profile);
        var cuts = 0;
        await page.Tab.RouteAsync("**/api/link/" + call, async route =>
        {
            cuts++;
            switch (cuts)
            {
                case 1: // before the request reaches the server
                    await route.AbortAsync("internetdisconnected");
                    break;
                case 2: // the server answers, the answer is lost
                    await route.FetchAsync();
                    await route.AbortAsync("connectionreset");
                    break;
                default:
                    await route.ContinueAsync();
                    break;
            }
        });
        await page.Tab.GotoAsync(link);
        await page.OpenWithDigits();
        await Expect(page.Entries).ToHaveCountAsync(1);
        await page.Displayed();
        await page.Tab.GetByRole(AriaRole.Button, new() { Name = "The rest is received" }).ClickAsync();
        await page.Submit.ClickAsync();
        await Expect(page.Alert).ToContainTextAsync("✓ Confirmed");
        Assert.Equal(3, cuts);
        Assert.Equal("confirmed", await agency.State(handover));
        Assert.Single((await agency.Detail(handover)).Replies);
        await Expect(page.Status).ToBeEmptyAsync();
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(502)]
    public async Task A_busy_server_is_asked_again(int status)
    {
        var (link, _) = await agency.HandOver(RecipientPage.Draft());
        await using var profile = await chromium.Profile();
        var page = await RecipientPage.In(profile);
        var refusals = 0;
        var told = new TaskCompletionSource();
        await page.Tab.RouteAsync("**/api/link/claim", async route =>
        {
            if (refusals++ == 0)
            {
                await route.FulfillAsync(new() { Status = status, Headers = new Dictionary<string, string> { ["Retry-After"] = "1" }, Body = "<html>busy" });
            }
            else
            {
                // What the page says meanwhile stands until it has an answer.
                await told.Task;
                await route.ContinueAsync();
            }
        });
        await page.Tab.GotoAsync(link);
        await page.OpenWithDigits();
        await Expect(page.Status).ToHaveTextAsync("No answer. Trying again …");
        told.SetResult();
        await page.Displayed();
    }

    [Fact]
    public async Task The_worker_that_stretches_the_password_is_fetched_again_and_never_in_other_bytes()
    {
        var (link, handover) = await agency.HandOver(RecipientPage.Draft("granite walrus"));
        await using var profile = await chromium.Profile();
        var page = await RecipientPage.In(profile);
        var served = 0;
        await page.Tab.RouteAsync("**/assets/argon2-*.js", async route =>
        {
            if (served++ < 2)
            {
                await route.FulfillAsync(new() { Body = "postMessage({key: new Uint8Array(32)})", ContentType = "text/javascript" });
            }
            else
            {
                await route.ContinueAsync();
            }
        });
        await page.Tab.GotoAsync(link);
        await page.Open("granite walrus");
        await page.Displayed();
        Assert.Equal(3, served);
        Assert.Equal(10, (await agency.Detail(handover)).Summary.GuessesLeft);
    }

    [Theory]
    [InlineData("sealed")]
    [InlineData("share")]
    [InlineData("created")]
    [InlineData("claimed")]
    public async Task What_the_sender_did_not_sign_is_not_shown(string member)
    {
        var (other, _) = await agency.HandOver(RecipientPage.Draft());
        var (link, handover) = await agency.HandOver(RecipientPage.Draft());
        await using var profile = await chromium.Profile();

        // The hostile server mixes what it gave for one handover into another's answer.
        JsonNode? kept = null;
        var first = await RecipientPage.In(profile);
        await first.Tab.RouteAsync("**/api/link/claim", async route =>
        {
            var answer = await route.FetchAsync();
            kept = JsonNode.Parse(await answer.TextAsync());
            await route.FulfillAsync(new() { Response = answer });
        });
        await first.Tab.GotoAsync(other);
        await first.OpenWithDigits();
        await first.Displayed();

        var page = await RecipientPage.In(profile);
        await page.Tab.RouteAsync("**/api/link/claim", async route =>
        {
            var answer = await route.FetchAsync();
            var changed = JsonNode.Parse(await answer.TextAsync())!;
            changed[member] = kept![member]!.DeepClone();
            await route.FulfillAsync(new() { Response = answer, Body = changed.ToJsonString() });
        });
        await page.Tab.GotoAsync(link);
        await page.OpenWithDigits();
        await Expect(page.Heading).ToHaveTextAsync("Something is wrong here");
        await Expect(page.Entries).ToHaveCountAsync(0);
        Assert.Equal(["lookup", "claim"], page.Calls);
        Assert.Equal("claimed", await agency.State(handover));
    }
}
