using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
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

    private static IReadOnlyList<Entry> Logins { get; } = [.. CsvEntries.Read(File.ReadAllText(Example)).Entries.Select(entry => entry.ToEntry())];

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

        var (link, password) = (made.GetProperty("link").GetString()!, made.GetProperty("password").GetString()!);
        AssertNothingReadableIn(product.Data, link, password);

        await using var profile = await chromium.Profile(390, language: "de-DE");
        var page = await RecipientPage.At(profile, link);
        await Expect(page.Heading).ToHaveTextAsync("Dane dostępowe od Pracownia Żuraw");
        await page.Open(password.Replace('-', ' ').ToUpperInvariant());
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
        AssertNothingReadableIn(product.Data, link, password);

        var id = made.GetProperty("handover").GetString()!;
        var history = JsonDocument.Parse(await Said(terminal, ["history", id, "--json", "--password-file", master])).RootElement;
        Assert.Equal("confirmed", history.GetProperty("handover").GetProperty("state").GetString());

        await page.Tab.ReloadAsync();
        await Expect(page.Entries).ToHaveCountAsync(0);
        var again = await RecipientPage.At(profile, link);
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
        // Told by the server in the list, so not green; green where the reply was opened and fits.
        await Expect(visit.Page.Locator(".chip", new() { HasText = "Confirmed" })).Not.ToHaveClassAsync(new Regex("green"));
        await visit.Page.GetByRole(AriaRole.Listitem).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(visit.Page.Locator(".chip", new() { HasText = "Confirmed" })).ToHaveClassAsync(new Regex("green"));
        Assert.Equal([], visit.Complaints);
    }

    [Fact]
    public async Task What_was_handed_over_and_how_to_open_it_is_in_no_request()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = new AppDriver(visit);
        await app.SetUp(product.SetupCode);
        var sent = new ConcurrentQueue<string>();
        visit.Page.Request += (_, request) => sent.Enqueue(request.Url + "\n" + request.PostData);
        await app.AddLogin("Panel sklepu", "ewa.zak@pracownia.example", "Zażółć gęślą jaźń 73");
        var (link, password) = await app.HandOver("Bukowe Meble");

        await using var profile = await chromium.Profile();
        var page = await RecipientPage.In(profile);
        page.Tab.Request += (_, request) => sent.Enqueue(request.Url.Split('#')[0] + "\n" + request.PostData);
        await page.Tab.GotoAsync(link);
        await page.Open(password);
        await page.Displayed();

        Assert.Contains(sent, text => text.Contains("/api/handovers", StringComparison.Ordinal));
        Assert.Contains(sent, text => text.Contains("/api/link/claim", StringComparison.Ordinal));
        string[] secrets = ["Panel sklepu", "ewa.zak", "Zażółć", "Bukowe", AppDriver.Password, password, link.Split('#')[1]];
        Assert.All(secrets, secret => Assert.All(sent, text => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>
    /// No file that the server keeps has a title, an address, a user name, a password, a line of notes, the recipient, the link's code or the
    /// access password in it.
    /// </summary>
    private static void AssertNothingReadableIn(string data, string link, string password) => KeptData.HoldsNothingOf(
        data,
        Logins.SelectMany(login => (string?[])[login.Title, login.Url, login.Username, login.Password, login.Totp, .. login.Notes?.Split('\n') ?? []])
            .Append("Bukowe Meble").Append(link[(link.IndexOf('#', StringComparison.Ordinal) + 1)..]).Append(password),
        atLeast: 40);

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
