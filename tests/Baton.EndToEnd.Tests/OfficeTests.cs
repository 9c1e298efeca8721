using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests;

/// <summary>Two browsers, two members: what one does at the organization's desk, the other sees.</summary>
public sealed class OfficeTests(Chromium chromium)
{
    [Fact]
    public async Task An_invitation_leads_over_an_approval_into_the_vault_and_its_shared_group()
    {
        await using var product = await Product.Start();
        await using var here = await Visit.To(product, chromium);
        await using var there = await Visit.To(product, chromium);
        var (ewa, ola) = (new OfficeDriver(here), new OfficeDriver(there));
        await ewa.App.SetUp(product.SetupCode);
        await ewa.ToGroups();
        await ewa.MakeGroup("Klient Orzeł");
        await ewa.ToMembers();
        var link = await ewa.Invite(group: "Klient Orzeł", right: "Edit");
        Assert.StartsWith($"{product.Origin}/i#", link, StringComparison.Ordinal);
        await here.HoldsNothingOf(link.Split('#')[1]);

        await there.Page.GotoAsync(link);
        await Expect(there.Page.Locator(".invitation")).ToContainTextAsync("Studio Północ");
        await Expect(there.Page.Locator(".invitation")).ToContainTextAsync("Ewa Nowak");
        await Expect(there.Page.Locator(".invitation")).ToContainTextAsync("Member");
        await ola.Join(link);
        Assert.DoesNotContain("#", there.Page.Url, StringComparison.Ordinal);

        // What Ola's own screen shows is what Ewa compares with, if she wants to.
        await Expect(there.Page.Locator(".fingerprint li")).ToHaveCountAsync(6);
        var shown = await there.Page.Locator(".fingerprint li").AllInnerTextsAsync();
        await ewa.App.Button("Look and approve").ClickAsync();
        await ewa.Dialog.GetByRole(AriaRole.Button, new() { Name = "Show fingerprint" }).ClickAsync();
        await Expect(ewa.Dialog.Locator(".fingerprint li")).ToHaveTextAsync(shown);
        Assert.Equal(6, shown.Count);
        await ewa.InDialog("Cancel").ClickAsync();

        await ewa.Approve();
        await ola.App.Heading("Vault").WaitForAsync();
        await Expect(there.Page.GetByText("Klient Orzeł").First).ToBeVisibleAsync();
        await ola.ToGroups();
        await Expect(there.Page.Locator("tr", new() { HasText = "Ola Lis" })).ToContainTextAsync("Edit");
        await Expect(there.Page.Locator("tr", new() { HasText = "Ewa Nowak" })).ToContainTextAsync("Manage");
        Assert.Empty(here.Complaints);
        Assert.Empty(there.Complaints);
    }

    [Fact]
    public async Task A_changed_right_reaches_the_other_page_within_seconds()
    {
        await using var product = await Product.Start();
        await using var here = await Visit.To(product, chromium);
        await using var there = await Visit.To(product, chromium);
        var (ewa, ola) = await Two(product, here, there);
        await ewa.ToGroups();
        await ola.ToGroups();
        var mine = there.Page.Locator("tr", new() { HasText = "Ola Lis" });
        await Expect(mine).ToContainTextAsync("Edit");
        await ewa.Right("Ola Lis", "Klient Orzeł").SelectOptionAsync("View");
        await Expect(mine).ToContainTextAsync("View");
        await ewa.Right("Ola Lis", "Klient Orzeł").SelectOptionAsync("Manage");
        await Expect(mine).ToContainTextAsync("Manage");

        // Taking it away says what that means, renews the key, and empties the other page of it.
        await ewa.Right("Ola Lis", "Klient Orzeł").SelectOptionAsync("None");
        await Expect(ewa.Dialog).ToContainTextAsync("The group gets a new key");
        await ewa.InDialog("Take it away").ClickAsync();
        await Expect(there.Page.GetByText("No group yet")).ToBeVisibleAsync();
        await there.HoldsNothingOf("Klient Orzeł");
        await Expect(ewa.Dialog).ToHaveCountAsync(0);
        await Expect(here.Page.GetByText("Needs a new key")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Who_is_removed_loses_the_open_page_within_seconds_and_what_is_left_to_do_is_listed()
    {
        await using var product = await Product.Start();
        await using var here = await Visit.To(product, chromium);
        await using var there = await Visit.To(product, chromium);
        var (ewa, ola) = await Two(product, here, there, right: "Hand over");
        await ola.ToGroups();
        await Expect(there.Page.GetByText("Klient Orzeł").First).ToBeVisibleAsync();
        await ewa.ToMembers();
        var row = await ewa.Open("Ola Lis");
        await row.GetByRole(AriaRole.Button, new() { Name = "Remove …" }).ClickAsync();
        await Expect(ewa.Dialog).ToContainTextAsync("The personal group with everything in it");
        await Expect(ewa.Dialog).ToContainTextAsync("Every right on: Klient Orzeł");
        await ewa.InDialog("Remove").ClickAsync();
        await Expect(there.Page.GetByText("Your session ended. Sign in again.")).ToBeVisibleAsync();
        await there.HoldsNothingOf("Klient Orzeł", "Ola Lis");
        await Expect(ewa.Dialog).ToContainTextAsync("Ola Lis is removed");
        await Expect(ewa.Dialog).ToContainTextAsync("every group you hold has a new key");
        await Expect(ewa.Dialog).ToContainTextAsync("Passwords not changed since: Klient Orzeł");
        await ewa.InDialog("Done").ClickAsync();
        await Expect(here.Page.GetByText("1 removed member")).ToBeVisibleAsync();

        await ewa.ToGroups();
        await here.Page.GetByRole(AriaRole.Button, new() { Name = "Settings of Klient Orzeł" }).ClickAsync();
        await Expect(ewa.Dialog).ToContainTextAsync("Ola Lis left");
        await Expect(ewa.Dialog).Not.ToContainTextAsync("needs a new key");
    }

    [Fact]
    public async Task Ownership_is_handed_over_and_the_last_owner_stays()
    {
        await using var product = await Product.Start();
        await using var here = await Visit.To(product, chromium);
        await using var there = await Visit.To(product, chromium);
        var (ewa, ola) = await Two(product, here, there);
        await ewa.ToMembers();
        await Expect(await ewa.Open("Ewa Nowak")).ToContainTextAsync("is the last active owner");
        var row = await ewa.Open("Ola Lis");
        await row.GetByRole(AriaRole.Button, new() { Name = "Hand over ownership …" }).ClickAsync();
        await ewa.InDialog("Hand over").ClickAsync();
        await Expect(here.Page.GetByText("you are here as: Admin")).ToBeVisibleAsync();
        await ola.ToMembers();
        await Expect(there.Page.GetByText("you are here as: Owner")).ToBeVisibleAsync();
        await Expect(await ola.Open("Ola Lis")).ToContainTextAsync("is the last active owner");
        await Expect(await ewa.Open("Ola Lis")).ToContainTextAsync("Only an owner may change an owner.");
    }

    [Fact]
    public async Task Suspended_members_are_out_until_they_are_resumed()
    {
        await using var product = await Product.Start();
        await using var here = await Visit.To(product, chromium);
        await using var there = await Visit.To(product, chromium);
        var (ewa, ola) = await Two(product, here, there);
        await ewa.ToMembers();
        var row = await ewa.Open("Ola Lis");
        await row.GetByRole(AriaRole.Button, new() { Name = "Suspend" }).ClickAsync();
        await Expect(there.Page.GetByText("Your session ended. Sign in again.")).ToBeVisibleAsync();
        await ola.App.Field("E-mail").FillAsync(OfficeDriver.OlaEmail);
        await ola.App.Field("Master password").FillAsync(OfficeDriver.OlaPassword);
        await ola.App.Button("Sign in").ClickAsync();
        await Expect(there.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Expect(row.GetByRole(AriaRole.Button, new() { Name = "Suspend" })).ToBeVisibleAsync();
        await ola.App.Field("Master password").FillAsync(OfficeDriver.OlaPassword);
        await ola.App.Button("Sign in").ClickAsync();
        await ola.App.Heading("Vault").WaitForAsync();
    }

    [Fact]
    public async Task A_refused_invitation_turns_away_who_waits_and_is_dead()
    {
        await using var product = await Product.Start();
        await using var here = await Visit.To(product, chromium);
        await using var there = await Visit.To(product, chromium);
        var (ewa, ola) = (new OfficeDriver(here), new OfficeDriver(there));
        await ewa.App.SetUp(product.SetupCode);
        await ewa.ToMembers();
        var link = await ewa.Invite();
        await ola.Join(link);
        await here.Page.GetByRole(AriaRole.Button, new() { Name = "Refuse: Ola Lis" }).ClickAsync();
        await Expect(there.Page.GetByText("You were not let in")).ToBeVisibleAsync();
        await there.Page.GotoAsync(link);
        await Expect(ola.App.Heading("This invitation can't be used")).ToBeVisibleAsync();
        await there.Page.GotoAsync(link[..^1] + (link[^1] == '0' ? '1' : '0'));
        await Expect(ola.App.Heading("This link is cut or mistyped")).ToBeVisibleAsync();
        await there.Page.GotoAsync(link[..link.IndexOf('#', StringComparison.Ordinal)]);
        await Expect(ola.App.Heading("Open the whole link")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_group_is_renamed_archived_and_deleted_by_its_name()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var ewa = new OfficeDriver(visit);
        await ewa.App.SetUp(product.SetupCode);
        await ewa.ToGroups();
        await ewa.MakeGroup("Klient Orzeł");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Settings of Klient Orzeł" }).ClickAsync();
        await ewa.Dialog.GetByLabel("Name", new() { Exact = true }).FillAsync("Klient Sokół");
        await ewa.Dialog.GetByLabel("Server", new() { Exact = true }).CheckAsync();
        await ewa.Dialog.GetByText("Violet", new() { Exact = true }).ClickAsync();
        await ewa.InDialog("Save").ClickAsync();
        await Expect(ewa.Dialog.GetByRole(AriaRole.Heading, new() { Name = "Klient Sokół" })).ToBeVisibleAsync();
        await ewa.InDialog("Archive").ClickAsync();
        await ewa.InDialog("Take back from the archive").ClickAsync();
        await ewa.InDialog("Delete …").ClickAsync();
        await Expect(ewa.Dialog).ToContainTextAsync("0 entries and 0 attachments are destroyed");
        await ewa.Dialog.GetByLabel("Type its name: Klient Sokół").FillAsync("Klient");
        await ewa.InDialog("Delete …").ClickAsync();
        await Expect(ewa.Dialog).ToContainTextAsync("That is not Klient Sokół.");
        await ewa.Dialog.GetByLabel("Type its name: Klient Sokół").FillAsync("Klient Sokół");
        await ewa.InDialog("Delete …").ClickAsync();
        await Expect(visit.Page.GetByText("No group yet")).ToBeVisibleAsync();
        await visit.HoldsNothingOf("Klient Orzeł");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_policy_is_signed_and_read_by_everybody()
    {
        await using var product = await Product.Start();
        await using var here = await Visit.To(product, chromium);
        await using var there = await Visit.To(product, chromium);
        var (ewa, ola) = await Two(product, here, there);
        await ola.ToPolicy();
        await Expect(ola.App.Field("Longest life, hours")).ToBeDisabledAsync();
        await ewa.ToPolicy();
        await ewa.App.Field("Longest life, hours").FillAsync("0");
        await ewa.App.Button("Sign and save").ClickAsync();
        await Expect(here.Page.GetByText("From 0.08 to 720.")).ToBeVisibleAsync();
        await ewa.App.Field("Longest life, hours").FillAsync("48");
        await ewa.App.Field("Every handover needs one").CheckAsync();
        await ewa.App.Button("Sign and save").ClickAsync();
        await Expect(here.Page.GetByText("The policy is in force")).ToHaveCountAsync(1);
        await Expect(ola.App.Field("Longest life, hours")).ToHaveValueAsync("48");
        await Expect(ola.App.Field("Every handover needs one")).ToBeCheckedAsync();
        await Expect(there.Page.GetByText("Only an honest client can hold this").First).ToBeVisibleAsync();
    }

    /// <summary>Ewa owns the studio and the group; Ola is a member of both, unlocked.</summary>
    internal static async Task<(OfficeDriver Ewa, OfficeDriver Ola)> Two(Product product, Visit here, Visit there, string right = "Edit")
    {
        var (ewa, ola) = (new OfficeDriver(here), new OfficeDriver(there));
        await ewa.App.SetUp(product.SetupCode);
        await ewa.ToGroups();
        await ewa.MakeGroup("Klient Orzeł");
        await ewa.ToMembers();
        await ola.Join(await ewa.Invite(group: "Klient Orzeł", right: right));
        await ewa.Approve();
        await ola.App.Heading("Vault").WaitForAsync();
        return (ewa, ola);
    }
}
