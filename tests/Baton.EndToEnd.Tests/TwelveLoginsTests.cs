using System.Text.Json;
using Baton.Cli.Import;
using Baton.Client.Sealing;
using Baton.EndToEnd.Tests.Cli;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests;

/// <summary>
/// The main job on real input: the twelve logins of examples/handover.csv, exactly as KeePassXC exported them, through the real server;
/// once from the terminal to a phone, once from the browser to a terminal.
/// </summary>
public sealed class TwelveLoginsTests(Chromium chromium) : IDisposable
{
    private readonly string home = Directory.CreateTempSubdirectory("baton-home-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Example { get; } = Path.Combine(Repository.Folder, "examples", "handover.csv");

    private static IReadOnlyList<Entry> Logins { get; } = CsvEntries.Read(File.ReadAllText(Example));

    [Fact]
    public async Task From_the_terminal_to_a_phone_confirmed_and_then_dead()
    {
        await using var product = await Product.Start();
        var terminal = new Terminal(home);
        var master = Path.Combine(home, "master");
        var code = Path.Combine(home, "code");
        await File.WriteAllTextAsync(master, "gruby borsuk czyta gazetę\n", Cancel);
        await File.WriteAllTextAsync(code, product.SetupCode + "\n", Cancel);
        string[] setUp = ["set-up", product.Address.GetLeftPart(UriPartial.Authority), "--code-file", code, "--organization", "Pracownia Żuraw", "--name", "Ewa Żak", "--email", "ewa@pracownia-zuraw.example", "--password-file", master];
        await Said(terminal, setUp);
        var made = JsonDocument.Parse(await Said(
            terminal, ["hand-over", Example, "--to", "Bukowe Meble", "--language", "pl", "--leave-out", "none", "--password-file", master, "--json"])).RootElement;
        Assert.Equal(12, made.GetProperty("entries").GetInt32());

        await using var profile = await chromium.Profile(390, language: "de-DE");
        var page = await RecipientPage.At(profile, made.GetProperty("link").GetString()!);
        await Expect(page.Heading).ToHaveTextAsync("Dane dostępowe od Pracownia Żuraw");
        await page.Open(made.GetProperty("password").GetString()!.Replace('-', ' ').ToUpperInvariant());
        await page.Displayed();

        await Expect(page.Entries).ToHaveCountAsync(12);
        foreach (var (number, login) in Logins.Index())
        {
            await Shows(page.Entries.Nth(number), login);
        }

        await page.Tab.GetByRole(AriaRole.Button, new() { Name = "Reszta dotarła" }).ClickAsync();
        await page.Submit.ClickAsync();
        await Expect(page.Alert).ToContainTextAsync("✓");
        Assert.Equal([], page.Complaints);

        var id = made.GetProperty("handover").GetString()!;
        var history = JsonDocument.Parse(await Said(terminal, ["history", id, "--json", "--password-file", master])).RootElement;
        Assert.Equal("confirmed", history.GetProperty("handover").GetProperty("state").GetString());

        await page.Tab.ReloadAsync();
        await Expect(page.Entries).ToHaveCountAsync(0);
        var again = await RecipientPage.At(profile, made.GetProperty("link").GetString()!);
        await Expect(again.Heading).ToHaveTextAsync("Dieser Link lässt sich nicht öffnen");
    }

    [Fact]
    public async Task From_the_browser_to_a_terminal_entry_for_entry()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = new AppDriver(visit);
        await app.SetUp(product.SetupCode);
        await app.ImportCsv(await File.ReadAllTextAsync(Example, Cancel));
        var (link, password) = await app.HandOver("Bukowe Meble");

        var saved = Path.Combine(home, "logins.json");
        var opened = await new Terminal(home).Baton(["open", "-", "--save", saved, "--confirm", "received", "--name", "Jan"], [link, password], Cancel);
        Assert.True(opened.ExitCode == 0, opened.Errors);
        var entries = JsonDocument.Parse(await File.ReadAllTextAsync(saved, Cancel)).RootElement.EnumerateArray().ToList();
        Assert.Equal(
            Logins.Select(login => (login.Title, login.Url, login.Username, login.Password, login.Notes)),
            entries.Select(entry => (Text(entry, "title")!, Text(entry, "url"), Text(entry, "username"), Text(entry, "password"), Text(entry, "notes"))));
        Assert.All(entries, entry => Assert.Null(Text(entry, "totp")));

        await app.LeaveForHistory();
        await Expect(visit.Page.GetByRole(AriaRole.Listitem).GetByText("Confirmed")).ToBeVisibleAsync();
        Assert.Equal([], visit.Complaints);
    }

    private static async Task<string> Said(Terminal terminal, string[] arguments)
    {
        var heard = await terminal.Baton(arguments, [], Cancel);
        Assert.True(heard.ExitCode == 0, heard.Errors);
        return heard.Output;
    }

    /// <summary>Title, and every secret once its mask is off, character for character.</summary>
    private static async Task Shows(ILocator entry, Entry login)
    {
        await Expect(entry.Locator("h2")).ToHaveTextAsync(login.Title);
        var masked = entry.GetByRole(AriaRole.Button, new() { Name = "Pokaż" });
        while (await masked.CountAsync() > 0)
        {
            await masked.First.ClickAsync();
        }

        var values = await entry.Locator(".value").AllTextContentsAsync();
        Assert.All(new[] { login.Url, login.Username, login.Password, login.Notes }.OfType<string>(), value => Assert.Contains(value, values, StringComparer.Ordinal));
    }

    private static string? Text(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) ? value.GetString() : null;

    public void Dispose() => Directory.Delete(home, recursive: true);
}
