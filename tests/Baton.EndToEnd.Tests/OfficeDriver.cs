using Microsoft.Playwright;

namespace Baton.EndToEnd.Tests;

/// <summary>What an owner does on the organization's pages, and who was invited on theirs.</summary>
internal sealed class OfficeDriver(Visit visit)
{
    public const string OlaEmail = "ola@studio.example";
    public const string OlaPassword = "siedem łysych pingwinów tańczy";

    private readonly IPage page = visit.Page;

    public AppDriver App { get; } = new(visit);

    public ILocator Dialog => page.GetByRole(AriaRole.Dialog).Last;

    public ILocator InDialog(string button) => Dialog.GetByRole(AriaRole.Button, new() { Name = button, Exact = true });

    /// <summary>One member's row on the members page.</summary>
    public ILocator Person(string name) => page.Locator(".person").Filter(new() { HasText = name });

    /// <summary>The select in the matrix where one right stands.</summary>
    public ILocator Right(string name, string group) => page.GetByLabel($"Right of {name} on {group}", new() { Exact = true });

    public async Task ToMembers()
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Organization", Exact = true }).ClickAsync();
        await App.Heading("Members").WaitForAsync();
    }

    public async Task ToGroups()
    {
        await ToMembers();
        await page.GetByRole(AriaRole.Link, new() { Name = "Groups and rights", Exact = true }).ClickAsync();
        await App.Heading("Groups and rights").WaitForAsync();
    }

    public async Task ToPolicy()
    {
        await ToMembers();
        await page.GetByRole(AriaRole.Link, new() { Name = "Policy", Exact = true }).ClickAsync();
        await App.Heading("Policy").WaitForAsync();
    }

    public async Task ToAccount()
    {
        await page.Locator(".menu summary").ClickAsync();
        await App.Button("Your account").ClickAsync();
        await App.Heading("Your account").WaitForAsync();
    }

    /// <summary>On the groups page.</summary>
    public async Task MakeGroup(string name)
    {
        await App.Button("New group").First.ClickAsync();
        await Dialog.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await InDialog("Make the group").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Settings of {name}" }).WaitForAsync();
    }

    /// <summary>On the members page; gives the link.</summary>
    public async Task<string> Invite(string role = "Member", string? group = null, string right = "Edit")
    {
        await App.Button("Invite").ClickAsync();
        await Dialog.GetByLabel("Role", new() { Exact = true }).SelectOptionAsync(role);
        if (group is not null)
        {
            await Dialog.GetByLabel(group, new() { Exact = true }).SelectOptionAsync(right);
        }

        await InDialog("Make the link").ClickAsync();
        var link = await page.Locator(".link-text").InnerTextAsync();
        await InDialog("Done").ClickAsync();
        return link;
    }

    /// <summary>From the link to the page that waits for the approval; returns the recovery key.</summary>
    public async Task<string> Join(string link, string name = "Ola Lis", string email = OlaEmail, string password = OlaPassword)
    {
        await FillJoin(link, name, email, password);
        var key = await App.ConfirmRecoveryKey();
        await App.Heading("Waiting for approval").WaitForAsync();
        return key;
    }

    public async Task FillJoin(string link, string name = "Ola Lis", string email = OlaEmail, string password = OlaPassword)
    {
        await page.GotoAsync(link);
        await App.Heading("You are invited").WaitForAsync();
        await App.Field("Your name").FillAsync(name);
        await App.Field("E-mail").FillAsync(email);
        await App.Field("Master password").FillAsync(password);
        await App.Field("Master password again").FillAsync(password);
        await App.Button("Accept").ClickAsync();
    }

    /// <summary>On the members page, once somebody waits.</summary>
    public async Task Approve(string name = "Ola Lis")
    {
        await App.Button("Look and approve").ClickAsync();
        await Dialog.GetByText("The keys are those made with your link").WaitForAsync();
        await InDialog("Approve").ClickAsync();
        await Person(name).WaitForAsync();
    }

    /// <summary>Opens a member's row.</summary>
    public async Task<ILocator> Open(string name)
    {
        var row = Person(name);
        await row.Locator("summary").ClickAsync();
        return row;
    }
}
