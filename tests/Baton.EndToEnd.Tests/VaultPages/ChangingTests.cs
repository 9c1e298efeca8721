using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests.VaultPages;

/// <summary>Changes that meet other changes, a broken line, a lock, or a second thought: nothing is lost unasked.</summary>
public sealed class ChangingTests(Chromium chromium)
{
    [Fact]
    public async Task Two_who_edit_the_same_entry_choose_field_by_field()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        await using var second = await Visit.To(product, chromium);
        var mine = new VaultDriver(visit);
        var theirs = new VaultDriver(second);
        await mine.SetUp(product.SetupCode);
        await mine.Add("Panel", ("User name", "admin"), ("Password", "one"));
        await theirs.SignIn();
        await theirs.Open("Panel");
        await mine.Edit(("User name", "root"), ("Password", "mine-pass"));
        await theirs.Edit(("Address", "https://panel.example"), ("Password", "theirs-pass"));
        await theirs.Save("Panel");

        await Expect(visit.Page.GetByText("Someone saved this entry while you edit it.")).ToBeVisibleAsync();
        await mine.App.Button("Save").ClickAsync();
        await Expect(mine.Dialog).ToContainTextAsync("Someone else changed this entry too");
        await Screens.Keep(visit.Page, "vault-conflict");
        await Expect(mine.App.Button("Save this")).ToBeDisabledAsync();
        await Side("User name", "Yours", chosen: true);
        await Side("Address", "Theirs", chosen: true);
        await Side("Password", "Yours", chosen: false);
        await mine.Dialog.GetByRole(AriaRole.Group, new() { Name = "Password" }).GetByLabel("Yours", new() { Exact = true }).CheckAsync();
        await mine.App.Button("Save this").ClickAsync();
        await mine.Title("Panel").WaitForAsync();
        await Expect(mine.Value("User name")).ToHaveTextAsync("root");
        await Expect(mine.Value("Address")).ToHaveTextAsync("https://panel.example");

        // The other browser follows, and the version that lost can be looked up.
        await Expect(theirs.Value("User name")).ToHaveTextAsync("root");
        await theirs.App.Button("Earlier versions").ClickAsync();
        await theirs.App.Button("Show: Then, Password").ClickAsync();
        await Expect(theirs.Dialog).ToContainTextAsync("theirs-pass");
        Assert.Empty(visit.Complaints);

        Task Side(string part, string side, bool chosen) =>
            Expect(mine.Dialog.GetByRole(AriaRole.Group, new() { Name = part }).GetByLabel(side, new() { Exact = true })).ToBeCheckedAsync(new() { Checked = chosen });
    }

    [Fact]
    public async Task What_was_saved_before_the_stream_of_updates_is_there_is_seen()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        await using var second = await Visit.To(product, chromium);
        var mine = new VaultDriver(visit);
        var theirs = new VaultDriver(second);
        await mine.SetUp(product.SetupCode);
        await mine.Add("Panel");
        var saved = new TaskCompletionSource();
        await second.Page.RouteAsync("**/api/events", async route =>
        {
            await saved.Task;
            await route.ContinueAsync();
        });
        await theirs.SignIn();
        await Expect(theirs.Rows).ToHaveCountAsync(1);
        await mine.Add("Sklep");
        saved.SetResult();
        await Expect(theirs.Rows).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task What_was_deleted_meanwhile_can_be_saved_anew()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        await using var second = await Visit.To(product, chromium);
        var mine = new VaultDriver(visit);
        var theirs = new VaultDriver(second);
        await mine.SetUp(product.SetupCode);
        await mine.Add("Panel", ("User name", "admin"));
        await theirs.SignIn();
        await theirs.Open("Panel");
        await mine.Edit(("User name", "root"));
        await Bin(theirs);
        await theirs.Place("Bin").ClickAsync();
        await theirs.Open("Panel");
        await theirs.App.Button("Delete for good").ClickAsync();
        await theirs.Dialog.GetByRole(AriaRole.Button, new() { Name = "Delete for good" }).ClickAsync();
        await Expect(second.Page.GetByText("The bin is empty")).ToBeVisibleAsync();

        await mine.App.Button("Save").ClickAsync();
        await mine.App.Button("Save as a new entry").ClickAsync();
        await mine.Title("Panel").WaitForAsync();
        await Expect(mine.Value("User name")).ToHaveTextAsync("root");
    }

    [Fact]
    public async Task The_bin_gives_back_and_an_earlier_version_returns()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var vault = new VaultDriver(visit);
        await vault.SetUp(product.SetupCode);
        await vault.Add("Panel", ("User name", "admin"), ("Password", "one"));
        await vault.Edit(("User name", "root"), ("Password", "two"));
        await vault.Save("Panel");
        await Bin(vault);
        await Expect(vault.Rows).ToHaveCountAsync(0);
        await vault.Place("Bin").ClickAsync();
        await vault.Open("Panel");
        await Expect(visit.Page.GetByText("It is destroyed in 30 days.")).ToBeVisibleAsync();
        await vault.App.Button("Take back").ClickAsync();
        await vault.Place("All entries").ClickAsync();
        await vault.Open("Panel");
        await vault.App.Button("Earlier versions").ClickAsync();
        await Expect(vault.Dialog.GetByRole(AriaRole.Row).Filter(new() { HasText = "User name" })).ToContainTextAsync("admin");
        await Screens.Keep(visit.Page, "vault-revisions");
        await vault.App.Button("Make it as it was then").ClickAsync();
        await Expect(vault.Value("User name")).ToHaveTextAsync("admin");
        await Expect(visit.Page.GetByText("3 versions")).ToBeVisibleAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Without_a_line_the_edit_stays_and_is_sent_when_it_is_back()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var vault = new VaultDriver(visit);
        await vault.SetUp(product.SetupCode);
        await vault.Add("Panel", ("User name", "admin"));
        await vault.Edit(("User name", "root"));
        await visit.Page.Context.SetOfflineAsync(true);
        await vault.App.Button("Save").ClickAsync();
        await Expect(visit.Page.GetByText("What you typed is still here and isn't saved.")).ToBeVisibleAsync();
        await Expect(vault.App.Field("User name")).ToHaveValueAsync("root");
        await visit.Page.Context.SetOfflineAsync(false);
        await visit.Page.Locator(".save-bar").GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await vault.Title("Panel").WaitForAsync();
        await Expect(vault.Value("User name")).ToHaveTextAsync("root");
        await visit.Page.ReloadAsync();
        await vault.App.Unlock();
        await Expect(vault.Value("User name")).ToHaveTextAsync("root");
    }

    [Fact]
    public async Task A_lock_seals_an_unsaved_edit_and_gives_it_back()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var vault = new VaultDriver(visit);
        await vault.SetUp(product.SetupCode);
        await vault.Add("Tajny panel", ("User name", "admin"), ("Password", "s3cret-pass"));
        await vault.Edit(("Notes", "jeszcze nie zapisane"));
        await vault.Lock();
        await Expect(visit.Page.GetByText("A change to an entry that you hadn't saved waits in this page, sealed")).ToBeVisibleAsync();
        await visit.HoldsNothingOf("Tajny panel", "s3cret-pass", "jeszcze nie zapisane");
        await vault.App.Unlock();
        await vault.Title("Edit Tajny panel").WaitForAsync();
        await Expect(vault.App.Field("Notes")).ToHaveValueAsync("jeszcze nie zapisane");
        await vault.Save("Tajny panel");
        await Expect(vault.Value("Notes")).ToHaveTextAsync("jeszcze nie zapisane");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Leaving_an_unsaved_edit_asks_first()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var vault = new VaultDriver(visit);
        await vault.SetUp(product.SetupCode);
        await vault.Add("Panel", ("User name", "admin"));
        await vault.Add("Sklep");
        await vault.Edit(("Notes", "x"));
        await vault.Row("Panel").ClickAsync();
        await vault.App.Button("Stay").ClickAsync();
        await Expect(vault.App.Field("Notes")).ToHaveValueAsync("x");
        await vault.Row("Panel").ClickAsync();
        await vault.App.Button("Leave").ClickAsync();
        await vault.Title("Panel").WaitForAsync();
    }

    private static async Task Bin(VaultDriver vault)
    {
        await vault.App.Button("Move to bin").ClickAsync();
        await vault.Dialog.GetByRole(AriaRole.Button, new() { Name = "Move to bin" }).ClickAsync();
    }
}
