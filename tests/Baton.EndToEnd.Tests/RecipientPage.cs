using System.Collections.Concurrent;
using System.Security.Cryptography;
using Baton.Client.Sealing;
using Microsoft.Playwright;

namespace Baton.EndToEnd.Tests;

/// <summary>A tab with the recipient's page, what it asked the server and what the browser complained about.</summary>
internal sealed class RecipientPage
{
    /// <summary>Values that must never leave the screen; none of them occurs in a title, label or text of the page.</summary>
    public static readonly string[] Secrets = ["Zaq1@wsx-O0lI1|9", "kawa&herbata-2026", "JBSWY3DPEHPK3PXP", "PRIVATEKEYBYTES"];

    private readonly ConcurrentQueue<string> calls = new();
    private readonly ConcurrentQueue<string> complaints = new();

    private RecipientPage(IPage tab)
    {
        Tab = tab;
        tab.Request += (_, request) =>
        {
            if (request.Method == "POST")
            {
                calls.Enqueue(new Uri(request.Url).AbsolutePath["/api/link/".Length..]);
            }
        };
        tab.Console += (_, message) =>
        {
            // The browser itself reports refusals (a wrong password) and cut connections.
            if (message.Type is "error" or "warning"
                && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                complaints.Enqueue(message.Text);
            }
        };
        tab.PageError += (_, error) => complaints.Enqueue(error);
    }

    public IPage Tab { get; }

    /// <summary>Calls of /api/link/, in order.</summary>
    public IReadOnlyCollection<string> Calls => calls;

    /// <summary>Errors of the script and violations of the Content-Security-Policy.</summary>
    public IReadOnlyCollection<string> Complaints => complaints;

    public ILocator Field => Tab.Locator("#key");

    public ILocator Submit => Tab.Locator("form > button:not([type])");

    public ILocator Entries => Tab.Locator("article");

    public ILocator Heading => Tab.Locator("h1");

    public ILocator Alert => Tab.GetByRole(AriaRole.Alert);

    /// <summary>The line at the foot that says how the network is; empty when all is well.</summary>
    public ILocator Status => Tab.Locator("[role=status]");

    /// <summary>A tab that goes nowhere yet.</summary>
    public static async Task<RecipientPage> In(IBrowserContext profile) => new(await profile.NewPageAsync());

    public static async Task<RecipientPage> At(IBrowserContext profile, string link)
    {
        var page = await In(profile);
        await page.Tab.GotoAsync(link);
        return page;
    }

    public async Task Open(string password)
    {
        await Field.FillAsync(password);
        await Submit.ClickAsync();
    }

    /// <summary>Types the three digits that the page shows.</summary>
    public async Task OpenWithDigits() => await Open(string.Concat((await Tab.Locator("label:has(#key)").InnerTextAsync()).Where(char.IsAsciiDigit)));

    /// <summary>Until *displayed* is acknowledged: the fragment is gone.</summary>
    public Task Displayed() => Tab.WaitForFunctionAsync("() => location.hash === '' && document.querySelector('article')");

    /// <summary>The uniform page, in English.</summary>
    public Task IsDead() => Assertions.Expect(Heading).ToHaveTextAsync("This link can’t be opened");

    public static Entry Login { get; } = new(
        "login", "Panel administracyjny", Salt(), "https://sklep.example.pl/admin", "biuro@sklep.example.pl", Secrets[0],
        "otpauth://totp/sklep?secret=" + Secrets[2], "Logowanie tylko z sieci firmowej.\nKonto zapasowe: „rezerwa”.");

    public static Entry Wifi { get; } = new("wifi", "Wi-Fi w biurze", Salt(), Username: "Studio-Guest", Password: Secrets[1]);

    public static Entry Server { get; } = new(
        "server", "Serwer produkcyjny", Salt(), "ssh://root@192.0.2.10", "root",
        Fields: [new EntryField("Port", "2222", "text"), new EntryField("id_ed25519", "-----BEGIN OPENSSH " + Secrets[3], "key")], Files: [0]);

    /// <summary>Two entries behind a link, with an access password where one is given.</summary>
    public static HandoverDraft Draft(string? password = null, string language = "en", params Entry[] entries) => new(
        entries.Length == 0 ? [Login, Wifi] : entries, [], password, "phone", 3600, "Sklep", "Jan Kowalski", "Dzień dobry,\nto wszystko z projektu.", language);

    private static byte[] Salt() => RandomNumberGenerator.GetBytes(16);
}
