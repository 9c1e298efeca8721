using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Baton.EndToEnd.Tests.Exchange;

/// <summary>What a member does to get entries in, out and over, step by step.</summary>
internal sealed partial class ExchangeDriver(Visit visit)
{
    private readonly IPage page = visit.Page;

    public AppDriver App { get; } = new(visit);

    public ILocator Dialog => page.GetByRole(AriaRole.Dialog);

    public ILocator Rows => page.Locator(".vault-row");

    /// <summary>From the first visit to the empty vault.</summary>
    public async Task SetUp(string setupCode)
    {
        await App.FillSetUp(setupCode);
        await App.ConfirmRecoveryKey();
        await App.Heading("Vault").WaitForAsync();
    }

    /// <summary>Chooses the file in the dialog and opens it with its password, to the preview.</summary>
    public async Task OpenImport(string file, string? password = null)
    {
        await page.Locator(".vault-groups").GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await Choose(file, password);
    }

    public async Task Choose(string file, string? password = null)
    {
        await Dialog.Locator("input[type=file]").SetInputFilesAsync(file);
        if (password is not null)
        {
            await Unseal(password);
        }
    }

    public async Task Unseal(string password)
    {
        await App.Field("Password of this file").FillAsync(password);
        await App.Button("Open").ClickAsync();
    }

    public async Task Import()
    {
        await Dialog.GetByRole(AriaRole.Button, new() { NameRegex = ImportEntries() }).ClickAsync();
        await Dialog.GetByText("imported.").WaitForAsync(new() { Timeout = 4 * Chromium.Patience });
    }

    /// <summary>Everything into a new group of this name; the list shows it afterwards.</summary>
    public async Task ImportInto(string group, string file, string? password = null)
    {
        await OpenImport(file, password);
        await App.Field("Name of the group").FillAsync(group);
        await Import();
        await App.Button("Show them").ClickAsync();
    }

    /// <summary>Exports what is there and gives the path of the file that was saved.</summary>
    public async Task<string> Export(string format, string? password)
    {
        await page.Locator(".vault-groups").GetByRole(AriaRole.Button, new() { Name = "Export", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = format }).CheckAsync();
        if (password is null)
        {
            await page.GetByRole(AriaRole.Checkbox, new() { Name = "I want a plain file" }).CheckAsync();
        }
        else
        {
            await App.Field("Password of the file").FillAsync(password);
            await App.Field("Once more").FillAsync(password);
        }

        var download = await page.RunAndWaitForDownloadAsync(() => Dialog.GetByRole(AriaRole.Button, new() { NameRegex = ExportEntries() }).ClickAsync());
        var path = Path.Combine(Directory.CreateTempSubdirectory("baton-export-").FullName, download.SuggestedFilename);
        await download.SaveAsAsync(path);
        await App.Button("Close").ClickAsync();
        return path;
    }

    /// <summary>Opens the entry of this title.</summary>
    public Task Open(string title) => Rows.Filter(new() { HasText = title }).First.ClickAsync();

    public Task Tick(string title) => Rows.Filter(new() { HasText = title }).First.Locator(".tick").ClickAsync();

    /// <summary>A table with so many entries in it.</summary>
    public static async Task<string> Table(int entries, string name = "many.csv")
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("baton-table-").FullName, name);
        var rows = Enumerable.Range(1, entries).Select(i => $"Client {i % 40}/Servers,Entry {i:D5},https://host{i}.example,user{i},pass-{i:D5}-x,note {i}");
        await File.WriteAllLinesAsync(path, ["folder,title,url,username,password,notes", .. rows]);
        return path;
    }

    [GeneratedRegex(@"^Import \d", RegexOptions.None, 1000)]
    private static partial Regex ImportEntries();

    [GeneratedRegex(@"^Export \d", RegexOptions.None, 1000)]
    private static partial Regex ExportEntries();
}
