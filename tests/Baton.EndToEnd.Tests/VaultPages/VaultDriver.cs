using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests.VaultPages;

/// <summary>What a member does in the vault, step by step.</summary>
internal sealed class VaultDriver(Visit visit)
{
    private readonly IPage page = visit.Page;

    public AppDriver App { get; } = new(visit);

    public ILocator Dialog => page.GetByRole(AriaRole.Dialog);

    public ILocator List => page.Locator("#vault-rows");

    public ILocator Search => page.Locator("#vault-search");

    public ILocator Rows => List.GetByRole(AriaRole.Option);

    public ILocator Row(string title) => Rows.Filter(new() { HasText = title });

    /// <summary>The heading of the entry on the right.</summary>
    public ILocator Title(string title) => page.GetByRole(AriaRole.Heading, new() { Name = title, Level = 2, Exact = true });

    /// <summary>A shelf or a group on the left; its count follows the name.</summary>
    public ILocator Place(string name) => page.Locator(".vault-groups").GetByRole(AriaRole.Button).Filter(new() { HasText = name });

    /// <summary>A value of the entry that is shown, by its label.</summary>
    public ILocator Value(string label) => page.Locator(".value-row").Filter(new() { Has = page.GetByText(label, new() { Exact = true }) }).Locator(".value");

    /// <summary>From the first visit to the empty vault.</summary>
    public async Task SetUp(string setupCode)
    {
        await App.FillSetUp(setupCode);
        await App.ConfirmRecoveryKey();
        await App.Heading("Vault").WaitForAsync();
    }

    public async Task SignIn()
    {
        await visit.Go("/");
        await App.SignIn();
        await App.Heading("Vault").WaitForAsync();
    }

    public async Task Add(string title, params (string Label, string Value)[] fields)
    {
        await App.Button("New").ClickAsync();
        await App.Field("Title").FillAsync(title);
        await Fill(fields);
        await Save(title);
    }

    public async Task Edit(params (string Label, string Value)[] fields)
    {
        await App.Button("Edit").ClickAsync();
        await Fill(fields);
    }

    public async Task Save(string title)
    {
        await App.Button("Save").ClickAsync();
        await IsSaved(title);
    }

    /// <summary>The entry is there in place of its form, and has the focus: a key that is pressed now stays where it goes.</summary>
    public Task IsSaved(string title) => Expect(Title(title)).ToBeFocusedAsync();

    public async Task Open(string title)
    {
        await Row(title).ClickAsync();
        await Title(title).WaitForAsync();
    }

    public async Task Lock()
    {
        await App.Button("Lock now").First.ClickAsync();
        await App.Heading("Locked").WaitForAsync();
    }

    /// <summary>From now on remembers what is copied; a page may write to the clipboard and not read it.</summary>
    public Task WatchCopies() =>
        page.EvaluateAsync("() => { globalThis.copied = []; navigator.clipboard.writeText = text => { copied.push(text); return Promise.resolve(); }; }");

    public Task HasCopied(string text) => page.WaitForFunctionAsync("text => globalThis.copied.at(-1) === text", text);

    /// <summary>What was copied last, once anything was.</summary>
    public async Task<string> Copied() => await (await page.WaitForFunctionAsync("() => globalThis.copied.at(-1)")).JsonValueAsync<string>();

    private async Task Fill((string Label, string Value)[] fields)
    {
        foreach (var (label, value) in fields)
        {
            await App.Field(label).FillAsync(value);
        }
    }
}
