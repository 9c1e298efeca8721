using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests.Proof;

/// <summary>What a member does to prove something, and who else has to do something before.</summary>
internal sealed class ProofDriver(Visit visit)
{
    private readonly IPage page = visit.Page;

    public AppDriver App { get; } = new(visit);

    public ILocator Dialog => page.GetByRole(AriaRole.Dialog);

    public ILocator InDialog(string button) => Dialog.GetByRole(AriaRole.Button, new() { Name = button, Exact = true });

    /// <summary>From the composer to the handover's own page; gives link and access password.</summary>
    public async Task<(string Link, string Password)> HandOver(string recipient = "Jan Kowalski", params string[] titles)
    {
        foreach (var title in titles.Length == 0 ? ["Admin panel"] : titles)
        {
            await App.Button("Add entry").ClickAsync();
            await page.Locator(".entry-editor").Last.GetByLabel("Title", new() { Exact = true }).FillAsync(title);
            await page.Locator(".entry-editor").Last.GetByLabel("Password", new() { Exact = true }).FillAsync("s3cret-" + title);
        }

        var made = await App.HandOver(recipient);
        await App.Button("Watch it in the history").ClickAsync();
        await App.Button("Leave").ClickAsync();
        await page.Locator(".timeline").WaitForAsync();
        return made;
    }

    public async Task ToComposer() => await page.GetByRole(AriaRole.Link, new() { Name = "New handover", Exact = true }).ClickAsync();

    public async Task ToHistory()
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "History", Exact = true }).First.ClickAsync();
        await App.Heading("History").WaitForAsync();
    }

    /// <summary>A page of the organization.</summary>
    public async Task ToOrganization(string name)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Organization", Exact = true }).ClickAsync();
        await page.Locator(".subnav").GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).ClickAsync();
        await App.Heading(name).WaitForAsync();
    }

    /// <summary>The recipient opens, says that the first entry has a problem and confirms.</summary>
    public static async Task Receive(Visit recipient, string link, string password)
    {
        await Open(recipient, link, password);
        await recipient.Page.Locator("article").First.Locator("input[value=problem]").CheckAsync();
        await recipient.Page.Locator("form > button[type=button]").ClickAsync();
        await recipient.Page.Locator("form > button:not([type])").ClickAsync();
        await Expect(recipient.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("✓ Confirmed");
    }

    public static async Task Open(Visit recipient, string link, string password)
    {
        await recipient.Page.GotoAsync(link);
        await recipient.Page.GetByLabel("Access password").FillAsync(password);
        await recipient.Page.GetByRole(AriaRole.Button, new() { Name = "Open" }).ClickAsync();
        await recipient.Page.Locator("article").First.WaitForAsync();
    }

    /// <summary>Presses the button and takes what is saved.</summary>
    public async Task<(string Name, byte[] Bytes)> Saved(ILocator button)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => button.ClickAsync());
        return (download.SuggestedFilename, await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken));
    }

    /// <summary>Makes evidence in the open dialog and closes it.</summary>
    public async Task<(string Name, byte[] Bytes)> MakeEvidence(string format = "Page (HTML)")
    {
        await Dialog.GetByRole(AriaRole.Radio, new() { Name = format }).CheckAsync();
        var saved = await Saved(InDialog("Make the file"));
        await Expect(Dialog).ToContainTextAsync("is saved.");
        await InDialog("Close").ClickAsync();
        return saved;
    }
}
