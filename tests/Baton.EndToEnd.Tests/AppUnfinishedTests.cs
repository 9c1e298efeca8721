using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests;

/// <summary>An unfinished handover while its member is away. docs/decisions/0010-a-lock-seals-the-composer.md</summary>
public sealed class AppUnfinishedTests(Chromium chromium)
{
    private const string Waits = "An unfinished handover waits in this page, sealed";

    [Fact]
    public async Task Locking_and_unlocking_gives_back_everything_that_was_typed()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = new AppDriver(visit);
        await app.SetUp(product.SetupCode);
        await Compose(app);
        var generated = await app.Generated();
        await app.Button("Lock now").First.ClickAsync();
        await app.Heading("Locked").WaitForAsync();
        await Expect(visit.Page.GetByText(Waits)).ToBeVisibleAsync();
        await visit.HoldsNothingOf("Tajny panel", "s3cret-pass", "Jan Kowalski", generated);

        await app.Unlock("not the master password");
        await Expect(visit.Page.GetByText("This is not the master password")).ToBeVisibleAsync();
        await app.Unlock();
        await app.Heading("New handover").WaitForAsync();
        await IsBack(app, visit.Page);
        Assert.Equal(generated, await app.Generated());
        await app.Button("Make the link").ClickAsync();
        Assert.Equal(generated, (await app.Result()).Password);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_session_that_ended_gives_it_back_after_the_sign_in()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = new AppDriver(visit);
        await app.SetUp(product.SetupCode);
        await Compose(app);
        await visit.EndSession();
        await app.Button("Make the link").ClickAsync();
        await app.Heading("Sign in").WaitForAsync();
        await Expect(visit.Page.GetByText(Waits)).ToBeVisibleAsync();
        await visit.HoldsNothingOf("Tajny panel", "s3cret-pass", "Jan Kowalski");
        await app.SignIn();
        await app.Heading("New handover").WaitForAsync();
        await IsBack(app, visit.Page);
        await Expect(visit.Page.GetByText("closed off while sending")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Signing_out_discards_it()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = new AppDriver(visit);
        await app.SetUp(product.SetupCode);
        await Compose(app);
        await app.Button("Lock now").First.ClickAsync();
        await app.Button("Sign in as someone else").ClickAsync();
        await app.Heading("Sign in").WaitForAsync();
        await Expect(visit.Page.GetByText(Waits)).ToHaveCountAsync(0);
        await app.SignIn();
        await app.Heading("New handover").WaitForAsync();
        await Expect(visit.Page.Locator(".entry")).ToHaveCountAsync(0);
        await Expect(app.Field("Recipient")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Closing_the_page_is_warned_of_while_it_waits_and_not_before()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = new AppDriver(visit);
        await app.SetUp(product.SetupCode);
        var warnings = 0;
        visit.Page.Dialog += (_, dialog) =>
        {
            warnings++;
            _ = dialog.AcceptAsync();
        };
        await visit.Page.ReloadAsync();
        await app.Heading("Locked").WaitForAsync();
        Assert.Equal(0, warnings);
        await app.Unlock();
        await Compose(app);
        await app.Button("Lock now").First.ClickAsync();
        await app.Heading("Locked").WaitForAsync();
        await visit.Page.ReloadAsync();
        Assert.Equal(1, warnings);
        await app.Heading("Locked").WaitForAsync();
        await Expect(visit.Page.GetByText(Waits)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Attachments_are_named_and_wanted_again_before_anything_is_sent()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = new AppDriver(visit);
        await app.SetUp(product.SetupCode);
        await Compose(app);
        await Attach(visit.Page, "plan.txt", "umowa.txt");
        await Expect(visit.Page.Locator(".files li")).ToHaveCountAsync(2);
        await app.Button("Lock now").First.ClickAsync();
        await app.Unlock();
        await Expect(visit.Page.GetByText("Attach again: plan.txt, umowa.txt")).ToBeVisibleAsync();
        await app.Button("Make the link").ClickAsync();
        await Expect(visit.Page.GetByText("Attach them again, or choose to go without.")).ToBeVisibleAsync();
        await visit.Page.Locator(".entry button").First.ClickAsync();
        await Attach(visit.Page, "plan.txt");
        await Expect(visit.Page.GetByText("Attach again: umowa.txt")).ToBeVisibleAsync();
        await app.Button("Go without them").ClickAsync();
        await app.Button("Make the link").ClickAsync();
        await app.Result();
    }

    [Fact]
    public async Task A_result_that_was_not_passed_on_yet_is_back_with_its_link()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = new AppDriver(visit);
        await app.SetUp(product.SetupCode);
        await app.AddLogin("Panel", "admin", "s3cret-pass");
        var (link, password) = await app.HandOver();
        await app.Button("Lock now").First.ClickAsync();
        await app.Heading("Locked").WaitForAsync();
        await visit.HoldsNothingOf(link.Split('#')[1], password, "The link is ready");
        await app.Unlock();
        Assert.Equal((link, password), await app.Result());
    }

    [Fact]
    public async Task A_lock_while_sending_stops_it_and_says_where_to_look()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = new AppDriver(visit);
        await app.SetUp(product.SetupCode);
        await Compose(app);
        var arrived = new TaskCompletionSource();
        // Never answered: the page's own abort ends it.
        await visit.Page.RouteAsync("**/api/handovers", _ => arrived.SetResult());
        await app.Button("Make the link").ClickAsync();
        await arrived.Task.WaitAsync(TimeSpan.FromMilliseconds(Chromium.Patience), TestContext.Current.CancellationToken);
        var aborted = new TaskCompletionSource();
        visit.Page.RequestFailed += (_, request) => _ = request.Url.EndsWith("/api/handovers", StringComparison.Ordinal) && aborted.TrySetResult();
        await app.Button("Lock now").First.ClickAsync();
        await app.Heading("Locked").WaitForAsync();
        await aborted.Task.WaitAsync(TimeSpan.FromMilliseconds(Chromium.Patience), TestContext.Current.CancellationToken);
        await app.Unlock();
        await Expect(visit.Page.GetByText("closed off while sending")).ToBeVisibleAsync();
        await IsBack(app, visit.Page);
    }

    private static async Task Compose(AppDriver app)
    {
        await app.AddLogin("Tajny panel", "admin", "s3cret-pass");
        await app.Field("Recipient").FillAsync("Jan Kowalski");
        await app.Field("7 days").CheckAsync();
    }

    private static async Task IsBack(AppDriver app, IPage page)
    {
        await Expect(app.Field("Recipient")).ToHaveValueAsync("Jan Kowalski");
        await Expect(app.Field("7 days")).ToBeCheckedAsync();
        await page.Locator(".entry button").First.ClickAsync();
        await Expect(app.Field("Title")).ToHaveValueAsync("Tajny panel");
        await Expect(app.Field("User name")).ToHaveValueAsync("admin");
        await Expect(app.Field("Password")).ToHaveValueAsync("s3cret-pass");
    }

    private static Task Attach(IPage page, params string[] names) =>
        page.Locator("input[type=file]").Last.SetInputFilesAsync(names.Select(name => new FilePayload { Name = name, MimeType = "text/plain", Buffer = [1, 2, 3] }));
}
