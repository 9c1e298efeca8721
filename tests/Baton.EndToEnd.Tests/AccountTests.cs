using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests;

/// <summary>What a member does with the own account, and what of it other browsers notice.</summary>
public sealed class AccountTests(Chromium chromium)
{
    private const string Fresh = "siedem łysych pingwinów tańczy";

    [Fact]
    public async Task A_new_master_password_asks_for_the_old_one_and_ends_every_other_session()
    {
        await using var product = await Product.Start();
        await using var here = await Visit.To(product, chromium);
        await using var there = await Visit.To(product, chromium);
        var ewa = new OfficeDriver(here);
        await ewa.App.SetUp(product.SetupCode);
        await there.Go("/");
        var other = new AppDriver(there);
        await other.SignIn();
        await other.Heading("Vault").WaitForAsync();

        await ewa.ToAccount();
        await ewa.App.Button("Change master password").ClickAsync();
        await FillPasswords(ewa, "not the master password", Fresh);
        await Expect(ewa.Dialog).ToContainTextAsync("This is not the master password of ewa@studio.example.");
        await FillPasswords(ewa, AppDriver.Password, Fresh);
        await Expect(ewa.Dialog).ToContainTextAsync("Every other session of yours has ended.");
        await Expect(there.Page.GetByText("Your session ended. Sign in again.")).ToBeVisibleAsync();

        await other.SignIn();
        await Expect(there.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("E-mail or password is wrong.");
        await other.SignIn(Fresh);
        await other.Heading("Vault").WaitForAsync();
    }

    [Fact]
    public async Task A_new_recovery_key_voids_the_old_one_once_it_was_typed_back()
    {
        await using var product = await Product.Start();
        await using var here = await Visit.To(product, chromium);
        await using var there = await Visit.To(product, chromium);
        var ewa = new OfficeDriver(here);
        var old = await ewa.App.SetUp(product.SetupCode);
        await ewa.ToAccount();
        await ewa.App.Button("Make a new recovery key").ClickAsync();
        await ewa.App.Field("Master password").FillAsync(AppDriver.Password);
        await ewa.App.Button("Go on").ClickAsync();
        var key = await ewa.App.ConfirmRecoveryKey();
        await ewa.App.Heading("Your account").WaitForAsync();
        Assert.NotEqual(old, key);

        var lost = new AppDriver(there);
        await there.Go("/recover");
        await Recover(old);
        await Expect(there.Page.GetByText("the key was used already")).ToBeVisibleAsync();
        await Recover(key);
        await lost.Field("New master password").WaitForAsync();

        async Task Recover(string with)
        {
            await lost.Field("E-mail").FillAsync(AppDriver.Email);
            await lost.Field("Recovery key").FillAsync(with);
            await lost.Button("Check the key").ClickAsync();
        }
    }

    [Fact]
    public async Task Sessions_are_listed_and_end_at_once()
    {
        await using var product = await Product.Start();
        await using var here = await Visit.To(product, chromium);
        await using var there = await Visit.To(product, chromium);
        var ewa = new OfficeDriver(here);
        await ewa.App.SetUp(product.SetupCode);
        await there.Go("/");
        var other = new AppDriver(there);
        await other.SignIn();
        await other.Heading("Vault").WaitForAsync();
        await ewa.ToAccount();
        await Expect(here.Page.Locator(".session-list li")).ToHaveCountAsync(2);
        await Expect(here.Page.Locator(".session-list li").First).ToContainTextAsync("This one");
        await Expect(here.Page.Locator(".session-list li").Last).ToContainTextAsync("Chrome");
        await ewa.App.Button("Sign out everywhere else").ClickAsync();
        await Expect(there.Page.GetByText("Your session ended. Sign in again.")).ToBeVisibleAsync();
        await Expect(here.Page.Locator(".session-list li")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_changed_name_is_seen_by_colleagues_and_the_last_owner_can_not_delete_the_account()
    {
        await using var product = await Product.Start();
        await using var here = await Visit.To(product, chromium);
        await using var there = await Visit.To(product, chromium);
        var (ewa, ola) = await OfficeTests.Two(product, here, there);
        await ewa.ToMembers();
        await ola.ToAccount();
        await ola.App.Field("Your name").FillAsync("Ola Lis-Nowak");
        await ola.App.Button("Save name").ClickAsync();
        await Expect(ewa.Person("Ola Lis-Nowak")).ToBeVisibleAsync();

        await ewa.ToAccount();
        await ewa.App.Button("Delete my account").ClickAsync();
        await Expect(ewa.Dialog).ToContainTextAsync("You are the last owner.");
        await ewa.InDialog("Done").ClickAsync();

        await ola.App.Button("Delete my account").ClickAsync();
        await Expect(ola.Dialog).ToContainTextAsync("Your personal group is destroyed, with 0 entries");
        await ola.Dialog.GetByLabel("Master password", new() { Exact = true }).FillAsync(OfficeDriver.OlaPassword);
        await ola.InDialog("Delete my account").ClickAsync();
        await Expect(ola.Dialog).ToContainTextAsync("Tick this if you mean it.");
        await ola.Dialog.GetByRole(AriaRole.Checkbox).CheckAsync();
        await ola.InDialog("Delete my account").ClickAsync();
        await ola.App.Heading("Sign in").WaitForAsync();
        await ewa.ToMembers();
        await Expect(here.Page.GetByText("1 removed member")).ToBeVisibleAsync();
        // Who left by themselves leaves groups that need a new key: the owner's open page makes it.
        await ewa.ToGroups();
        await Expect(here.Page.GetByText("Needs a new key")).ToHaveCountAsync(0);
        await here.Page.GetByRole(AriaRole.Button, new() { Name = "Settings of Klient Orzeł" }).ClickAsync();
        await Expect(ewa.Dialog).ToContainTextAsync("Ola Lis-Nowak left");
    }

    private static async Task FillPasswords(OfficeDriver driver, string old, string fresh)
    {
        await driver.Dialog.GetByLabel("Present master password", new() { Exact = true }).FillAsync(old);
        await driver.Dialog.GetByLabel("New master password", new() { Exact = true }).FillAsync(fresh);
        await driver.Dialog.GetByLabel("Master password again", new() { Exact = true }).FillAsync(fresh);
        await driver.InDialog("Change password").ClickAsync();
    }
}
