using Baton.Server.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests;

/// <summary>Keys live while the app is open and no longer.</summary>
public sealed class AppLockTests(Chromium chromium)
{
    [Fact]
    public async Task A_reload_asks_for_the_master_password_only_and_refuses_a_wrong_one_without_asking_the_server()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = new AppDriver(visit);
        await app.SetUp(product.SetupCode);
        await visit.Page.ReloadAsync();
        await app.Heading("Locked").WaitForAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Textbox, new() { Name = "E-mail" })).ToHaveCountAsync(0);
        var posted = new List<string>();
        visit.Page.Request += (_, request) =>
        {
            if (request.Method == "POST")
            {
                posted.Add(request.Url);
            }
        };
        await app.Unlock("not the master password");
        await Expect(visit.Page.GetByText("This is not the master password of ewa@studio.example. Nothing was sent.")).ToBeVisibleAsync();
        await app.Unlock();
        await app.Heading("New handover").WaitForAsync();
        Assert.Empty(posted);
    }

    [Fact]
    public async Task Locking_empties_the_page()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = new AppDriver(visit);
        await app.SetUp(product.SetupCode);
        await app.AddLogin("Stary panel", "admin", "");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Remove Stary panel" }).ClickAsync();
        await Expect(visit.Page.Locator("[role=status].unseen")).ToContainTextAsync("Stary panel");
        await app.AddLogin("Tajny panel", "admin", "s3cret-pass");
        await Expect(visit.Page).ToHaveTitleAsync("New handover · Baton");
        await app.Button("Lock now").First.ClickAsync();
        await app.Heading("Locked").WaitForAsync();
        await Expect(visit.Page).ToHaveTitleAsync("Locked · Baton");
        await visit.HoldsNothingOf("Tajny panel", "s3cret-pass", "Stary panel");
        // A fresh page of the same session knows nothing of it either: it lies sealed in the memory of the first.
        var tab = await visit.Tab();
        await tab.Go("/new");
        var there = new AppDriver(tab);
        await there.Unlock();
        await there.Heading("New handover").WaitForAsync();
        await tab.HoldsNothingOf("Tajny panel", "s3cret-pass");
    }

    [Fact]
    public async Task Idle_time_locks_and_use_puts_it_off()
    {
        await using var product = await Product.Start("--session-idle", "5m");
        await using var visit = await Visit.To(product, chromium);
        await visit.Page.Clock.InstallAsync();
        var app = new AppDriver(visit);
        await app.SetUp(product.SetupCode);
        await app.AddLogin("Tajny panel", "admin", "s3cret-pass");
        await visit.Page.Clock.FastForwardAsync(200_000);
        await visit.Page.Keyboard.PressAsync("Shift");
        await visit.Page.Clock.FastForwardAsync(200_000);
        await Expect(app.Heading("New handover")).ToBeVisibleAsync();
        await visit.Page.Clock.FastForwardAsync(101_000);
        await Expect(visit.Page.GetByText("Locked after 5 minutes without use.")).ToBeVisibleAsync();
        await visit.HoldsNothingOf("Tajny panel", "s3cret-pass");
    }

    [Fact]
    public async Task Locking_or_signing_out_in_one_tab_does_so_in_the_others()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = new AppDriver(visit);
        await app.SetUp(product.SetupCode);
        var tab = await visit.Tab();
        var other = new AppDriver(tab);
        await tab.Go("/new");
        await other.Unlock();
        await other.Heading("New handover").WaitForAsync();
        await other.AddLogin("Tajny panel", "admin", "s3cret-pass");

        await app.Button("Lock now").First.ClickAsync();
        await other.Heading("Locked").WaitForAsync();
        await tab.HoldsNothingOf("Tajny panel", "s3cret-pass");
        await other.Unlock();
        await other.Heading("New handover").WaitForAsync();
        await Expect(app.Heading("Locked")).ToBeVisibleAsync();

        await app.Button("Sign in as someone else").ClickAsync();
        await other.Heading("Sign in").WaitForAsync();
        await tab.HoldsNothingOf("Tajny panel", "s3cret-pass");
    }

    [Fact]
    public async Task Use_of_one_tab_keeps_the_others_open()
    {
        await using var product = await Product.Start("--session-idle", "5m");
        await using var visit = await Visit.To(product, chromium);
        var app = new AppDriver(visit);
        await app.SetUp(product.SetupCode);
        var tab = await visit.Tab();
        await tab.Page.Clock.InstallAsync();
        var other = new AppDriver(tab);
        await tab.Go("/new");
        await other.Unlock();
        await other.Heading("New handover").WaitForAsync();
        // Hears what this one hears, later than this one does.
        await tab.Page.EvaluateAsync("window.heard = false; new BroadcastChannel('baton').onmessage = () => { window.heard = true; }; 0");
        await tab.Page.Clock.FastForwardAsync(200_000);
        // A tab tells of its use every five seconds at most.
        await Eventually.Holds(async () =>
        {
            await visit.Page.Keyboard.PressAsync("Shift");
            return await tab.Page.EvaluateAsync<bool>("window.heard");
        });
        await tab.Page.Clock.FastForwardAsync(200_000);
        await Expect(other.Heading("New handover")).ToBeVisibleAsync();
        await tab.Page.Clock.FastForwardAsync(101_000);
        await Expect(tab.Page.GetByText("Locked after 5 minutes without use.")).ToBeVisibleAsync();
        await Expect(app.Heading("New handover")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_the_other_browser_too()
    {
        await using var product = await Product.Start();
        await using var here = await Visit.To(product, chromium);
        await using var there = await Visit.To(product, chromium);
        var app = new AppDriver(here);
        await app.SetUp(product.SetupCode);
        var other = new AppDriver(there);
        await there.Go("/new");
        await other.SignIn();
        await other.Heading("New handover").WaitForAsync();

        await here.Page.Locator(".menu summary").ClickAsync();
        await app.Button("Sign out everywhere").ClickAsync();
        await here.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere" }).ClickAsync();
        await app.Heading("Sign in").WaitForAsync();
        await Expect(there.Page.GetByText("Your session ended. Sign in again.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_wrong_master_password_at_sign_in_says_no_more_than_that()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = new AppDriver(visit);
        await app.SetUp(product.SetupCode);
        await visit.Page.Locator(".menu summary").ClickAsync();
        await app.Button("Sign out").ClickAsync();
        await app.SignIn("not the master password");
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("E-mail or password is wrong.");
        await app.SignIn();
        await app.Heading("New handover").WaitForAsync();
    }

    [Fact]
    public async Task Nothing_secret_is_kept_in_the_browser()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = new AppDriver(visit);
        await app.SetUp(product.SetupCode);
        await app.AddLogin("Panel", "admin", "s3cret-pass");
        var (link, password) = await app.HandOver();
        var kept = await visit.Page.EvaluateAsync<string>("JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href, history.state])");
        Assert.DoesNotContain(link.Split('#')[1], kept, StringComparison.Ordinal);
        Assert.DoesNotContain(password, kept, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", kept, StringComparison.Ordinal);
        var attributes = await visit.Page.EvaluateAsync<string>("[...document.querySelectorAll('*')].flatMap(e => [...e.attributes].map(a => a.value)).join('\\n')");
        Assert.DoesNotContain(link.Split('#')[1], attributes, StringComparison.Ordinal);
        Assert.DoesNotContain(password, attributes, StringComparison.Ordinal);
    }
}
