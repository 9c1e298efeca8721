using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests;

/// <summary>Set-up, recovery, and a server that swaps what it holds.</summary>
public sealed class AppAccessTests(Chromium chromium)
{
    [Fact]
    public async Task The_first_visit_leads_to_set_up_and_a_wrong_code_costs_nothing_typed()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = new AppDriver(visit);
        await visit.Go("/history");
        await Expect(app.Heading("Set up Baton")).ToBeVisibleAsync();
        await app.Button("Create organization").ClickAsync();
        await Expect(visit.Page.GetByText("Fill this in.")).ToHaveCountAsync(3);
        await Expect(app.Field("Set-up code")).ToBeFocusedAsync();

        await app.Field("Set-up code").FillAsync("aaaa-bbbb-cccc-dddd-eeee");
        await app.Field("Organization").FillAsync("Studio");
        await app.Field("Your name").FillAsync("Ewa");
        await app.Field("E-mail").FillAsync(AppDriver.Email);
        await app.Field("Master password").FillAsync("password1234");
        await app.Field("Master password again").FillAsync("password1234");
        await app.Button("Create organization").ClickAsync();
        await Expect(visit.Page.GetByText("Too easy to guess.")).ToBeVisibleAsync();
        await app.Field("Master password").FillAsync(AppDriver.Password);
        await app.Field("Master password again").FillAsync(AppDriver.Password);
        await app.Button("Create organization").ClickAsync();
        await app.ConfirmRecoveryKey();
        await Expect(visit.Page.GetByText("The set-up code is wrong or was used already.")).ToBeVisibleAsync();
        await app.Button("Back").ClickAsync();
        await Expect(app.Field("Organization")).ToHaveValueAsync("Studio");
        await app.Field("Set-up code").FillAsync(product.SetupCode);
        await app.Button("Create organization").ClickAsync();
        await app.ConfirmRecoveryKey();
        await app.Heading("Vault").WaitForAsync();
    }

    [Fact]
    public async Task Nothing_is_created_before_the_recovery_key_was_typed_back()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = new AppDriver(visit);
        await app.FillSetUp(product.SetupCode);
        await app.Heading("Keep your recovery key").WaitForAsync();
        foreach (var input in await visit.Page.Locator("fieldset input").AllAsync())
        {
            await input.FillAsync("????");
        }

        await app.Button("I keep it safe").ClickAsync();
        await Expect(visit.Page.GetByText("Not what the sheet says in group")).ToHaveCountAsync(2);
        await visit.Go("/");
        await Expect(app.Heading("Set up Baton")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_recovery_key_brings_back_in_once_and_ends_every_other_session()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        await using var other = await Visit.To(product, chromium);
        var app = new AppDriver(visit);
        var key = await app.SetUp(product.SetupCode);
        var lost = new AppDriver(other);
        await other.Go("/recover");
        await Recover(lost, key[..55] + (key[55] == '0' ? '1' : '0'));
        await Expect(other.Page.GetByText("There is a typing error in the key")).ToBeVisibleAsync();
        await Recover(lost, string.Join(' ', key.Chunk(4).Select(group => new string(group))).ToUpperInvariant());
        const string fresh = "siedem łysych pingwinów tańczy";
        await lost.Field("New master password").FillAsync(fresh);
        await lost.Field("Master password again").FillAsync(fresh);
        await lost.Button("Set new password").ClickAsync();
        var newKey = await lost.ConfirmRecoveryKey();
        await lost.Heading("Vault").WaitForAsync();
        Assert.NotEqual(key, newKey);

        await visit.Page.ReloadAsync();
        await app.SignIn();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("E-mail or password is wrong.");
        await app.SignIn(fresh);
        await app.Heading("New handover").WaitForAsync();
        await using var third = await Visit.To(product, chromium);
        await third.Go("/recover");
        await Recover(new AppDriver(third), key);
        await Expect(third.Page.GetByText("the key was used already")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("memoryKiB", "8192", "weaker or absurd settings")]
    [InlineData("passes", "1000", "weaker or absurd settings")]
    public async Task Weakened_password_settings_are_refused_before_the_password_is_used(string member, string value, string said)
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = new AppDriver(visit);
        await app.SetUp(product.SetupCode);
        await visit.Page.ReloadAsync();
        await app.Heading("Locked").WaitForAsync();
        await Hostile(visit.Page, $"session => session.parameters.{member} = {value}");
        await app.Unlock();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync(said);
    }

    [Theory]
    [InlineData("session => session.cards[0].card = session.cards[0].card.slice(0, -4) + 'AAAA'", "a member's card")]
    [InlineData("session => session.cards = []", "a member's card")]
    [InlineData("session => session.groups[0].right = 'view'", "a group key")]
    [InlineData("session => session.groups[0].ciphertext = 'A'.repeat(64)", "a group key")]
    [InlineData("session => session.groups = []", "no group key at all")]
    [InlineData("session => session.organization.id = 'A'.repeat(22)", "a member's card")]
    public async Task A_server_that_swaps_cards_or_keys_is_refused(string swap, string named)
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = new AppDriver(visit);
        await app.SetUp(product.SetupCode);
        await visit.Page.ReloadAsync();
        await app.Heading("Locked").WaitForAsync();
        await Hostile(visit.Page, swap);
        await app.Unlock();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync($"({named})");
        await Expect(app.Heading("Locked")).ToBeVisibleAsync();
    }

    private static async Task Recover(AppDriver app, string key)
    {
        await app.Field("E-mail").FillAsync(AppDriver.Email);
        await app.Field("Recovery key").FillAsync(key);
        await app.Button("Check the key").ClickAsync();
    }

    /// <summary>Between server and page stands somebody who changes the session's JSON.</summary>
    private static async Task Hostile(IPage page, string change) 
    {
        await page.RouteAsync("**/api/session", async route =>
        {
            var answer = await route.FetchAsync();
            var changed = await page.EvaluateAsync<string>($"text => {{ const session = JSON.parse(text); ({change})(session); return JSON.stringify(session); }}", await answer.TextAsync());
            await route.FulfillAsync(new() { Response = answer, Body = changed });
        });
    }
}
