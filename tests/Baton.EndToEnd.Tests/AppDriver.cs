using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Baton.EndToEnd.Tests;

/// <summary>What a member does with hand and keyboard in the sender's app, step by step.</summary>
internal sealed partial class AppDriver(Visit visit)
{
    public const string Email = "ewa@studio.example";
    public const string Password = "gruby borsuk czyta gazetę";

    private readonly IPage page = visit.Page;

    public ILocator Heading(string name) => page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1 });

    public ILocator Button(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Field(string label) => page.GetByLabel(label, new() { Exact = true });

    /// <summary>From the first visit to the composer; returns the recovery key.</summary>
    public async Task<string> SetUp(string setupCode)
    {
        await FillSetUp(setupCode);
        var key = await ConfirmRecoveryKey();
        await ToComposer();
        return key;
    }

    /// <summary>From the vault, where every day begins.</summary>
    public async Task ToComposer()
    {
        await Heading("Vault").WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "New handover", Exact = true }).ClickAsync();
        await Heading("New handover").WaitForAsync();
    }

    public async Task FillSetUp(string setupCode)
    {
        await visit.Go("/");
        await Field("Set-up code").FillAsync(setupCode);
        await Field("Organization").FillAsync("Studio Północ");
        await Field("Your name").FillAsync("Ewa Nowak");
        await Field("E-mail").FillAsync(Email);
        await Field("Master password").FillAsync(Password);
        await Field("Master password again").FillAsync(Password);
        await Button("Create organization").ClickAsync();
    }

    /// <summary>Reads the sheet and types back the groups that it asks for.</summary>
    public async Task<string> ConfirmRecoveryKey()
    {
        await Heading("Keep your recovery key").WaitForAsync();
        var groups = await RecoveryGroups();
        foreach (var input in await page.Locator("fieldset input").AllAsync())
        {
            await input.FillAsync(groups[await AskedGroup(input) - 1]);
        }

        await Button("I keep it safe").ClickAsync();
        return string.Concat(groups);
    }

    /// <summary>The access password that the composer has made; its words are fetched first.</summary>
    public async Task<string> Generated()
    {
        var made = page.Locator(".generated output");
        await Assertions.Expect(made).Not.ToBeEmptyAsync();
        return await made.InnerTextAsync();
    }

    public async Task<IReadOnlyList<string>> RecoveryGroups() =>
        [.. (await page.Locator(".recovery-key li").AllInnerTextsAsync()).Select(text => text.Split('\n')[^1].Trim())];

    private static async Task<int> AskedGroup(ILocator input) =>
        int.Parse(DigitRun().Match(await input.EvaluateAsync<string>("input => document.querySelector(`label[for='${input.id}']`).textContent")).Value, System.Globalization.CultureInfo.InvariantCulture);

    public async Task Unlock(string password = Password)
    {
        await Field("Master password").FillAsync(password);
        await Button("Unlock").ClickAsync();
    }

    public async Task SignIn(string password = Password)
    {
        await Field("E-mail").FillAsync(Email);
        await Field("Master password").FillAsync(password);
        await Button("Sign in").ClickAsync();
    }

    public async Task ImportCsv(string text)
    {
        await Button("Import CSV").ClickAsync();
        await Field("or paste the table").FillAsync(text);
        await Button("Read pasted text").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = TakeEntries() }).ClickAsync();
    }

    /// <summary>Drops the file on the list of entries, as from a file manager.</summary>
    public async Task DropCsv(string text)
    {
        await using var dropped = await page.EvaluateHandleAsync("text => { const transfer = new DataTransfer(); transfer.items.add(new File([text], 'handover.csv', { type: 'text/csv' })); return transfer; }", text);
        await page.DispatchEventAsync(".entries", "drop", new { dataTransfer = dropped });
        await page.GetByRole(AriaRole.Button, new() { NameRegex = TakeEntries() }).ClickAsync();
    }

    public async Task AddLogin(string title, string username, string password)
    {
        await Button("Add entry").ClickAsync();
        await Field("Title").FillAsync(title);
        await Field("User name").FillAsync(username);
        await Field("Password").FillAsync(password);
    }

    /// <summary>Sends what is composed; returns the link and the password as the result shows them.</summary>
    public async Task<(string Link, string Password)> HandOver(string recipient = "Jan Kowalski")
    {
        await Field("Recipient").FillAsync(recipient);
        await Button("Make the link").ClickAsync();
        return await Result();
    }

    public async Task<(string Link, string Password)> Result()
    {
        await Heading("The link is ready").WaitForAsync();
        return (await page.Locator(".link-text").InnerTextAsync(), await page.Locator(".password-text").InnerTextAsync());
    }

    /// <summary>Leaves the composer, over its warning.</summary>
    public async Task LeaveForHistory()
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "History", Exact = true }).ClickAsync();
        await Button("Leave").ClickAsync();
        await Heading("History").WaitForAsync();
    }

    [GeneratedRegex(@"\d+", RegexOptions.None, 1000)]
    private static partial Regex DigitRun();

    [GeneratedRegex(@"^Take \d+ entr", RegexOptions.None, 1000)]
    private static partial Regex TakeEntries();
}
