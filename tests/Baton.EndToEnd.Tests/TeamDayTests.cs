using System.Security;
using Baton.Cli.Import;
using Baton.EndToEnd.Tests.Cli.KeePass;
using Baton.EndToEnd.Tests.Exchange;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests;

/// <summary>
/// A day of an agency with two people in two browsers: a KeePass file becomes a group, is shared, edited, handed over; one of them leaves.
/// Afterwards nothing of it can be read in what the server kept.
/// </summary>
public sealed class TeamDayTests(Chromium chromium)
{
    private const string Group = "Bukowe Meble";
    private const string Folder = "Sklep internetowy";
    private const string Changed = "nowy.administrator@bukowe-meble.example";
    private const string Recipient = "Zdzisława Kowalczyk";

    private static IReadOnlyList<PortableEntry> Logins { get; } = CsvEntries.Read(File.ReadAllText(Path.Combine(Repository.Folder, "examples", "handover.csv"))).Entries;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_people_share_a_group_hand_it_over_and_part()
    {
        await using var product = await Product.Start();
        await using var here = await Visit.To(product, chromium);
        await using var there = await Visit.To(product, chromium);
        var (ewa, ola) = (new OfficeDriver(here), new OfficeDriver(there));
        var exchange = new ExchangeDriver(here);

        // Ewa's KeePass file becomes a group.
        using var keepass = new KeePassXc();
        await keepass.Make(KeePassXml(), Cancel);
        await exchange.SetUp(product.SetupCode);
        await exchange.ImportInto(Group, keepass.PathOf("made.kdbx"), KeePassXc.Password);
        await Expect(exchange.Rows).ToHaveCountAsync(Logins.Count);

        // Ola joins and gets the right to edit it.
        await ewa.ToMembers();
        var invitation = await ewa.Invite(group: Group, right: "Edit");
        await ola.Join(invitation);
        await ewa.Approve();
        await ola.App.Heading("Vault").WaitForAsync();
        var shared = new ExchangeDriver(there);
        await Expect(shared.Rows).ToHaveCountAsync(Logins.Count);

        // She changes an entry; Ewa's page shows it without a reload.
        await shared.Open(Logins[0].Title);
        await there.Page.Locator(".vault-entry").GetByRole(AriaRole.Button, new() { Name = "Edit", Exact = true }).ClickAsync();
        await ola.App.Field("User name").FillAsync(Changed);
        await ola.App.Button("Save").ClickAsync();
        await here.Page.GetByRole(AriaRole.Link, new() { Name = "Vault", Exact = true }).ClickAsync();
        await Expect(exchange.Rows.Filter(new() { HasText = Logins[0].Title })).ToContainTextAsync(Changed);

        // Ewa hands all twelve over; Ola, who may edit and so see the group's history, sees it there.
        foreach (var login in Logins)
        {
            await exchange.Tick(login.Title);
        }

        await here.Page.Locator(".selection").GetByRole(AriaRole.Button, new() { Name = "Hand over", Exact = true }).ClickAsync();
        await ewa.App.Heading("New handover").WaitForAsync();
        var (link, password) = await ewa.App.HandOver(Recipient);
        await there.Page.GetByRole(AriaRole.Link, new() { Name = "History", Exact = true }).ClickAsync();
        await Expect(there.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = Recipient })).ToContainTextAsync("Waiting");

        // The client opens it on a phone, with Ola's change in it.
        await using var profile = await chromium.Profile(390);
        var page = await RecipientPage.At(profile, link);
        await page.Open(password);
        await page.Displayed();
        await Expect(page.Entries).ToHaveCountAsync(Logins.Count);
        await Expect(page.Entries.Filter(new() { HasText = Logins[0].Title }).First).ToContainTextAsync(Changed);
        await Expect(there.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = Recipient })).ToContainTextAsync("Displayed");

        // Ola leaves: her open page is empty within seconds, the group has a new key, and what she may have kept is listed.
        await ewa.App.LeaveForHistory();
        await ewa.ToMembers();
        await (await ewa.Open("Ola Lis")).GetByRole(AriaRole.Button, new() { Name = "Remove …" }).ClickAsync();
        await ewa.InDialog("Remove").ClickAsync();
        await Expect(there.Page.GetByText("Your session ended. Sign in again.")).ToBeVisibleAsync();
        await there.HoldsNothingOf([Group, Recipient, Changed, .. Logins.Select(login => login.Title)]);
        await Expect(ewa.Dialog).ToContainTextAsync("every group you hold has a new key");
        await Expect(ewa.Dialog).ToContainTextAsync($"Passwords not changed since: {Group}");
        await Expect(ewa.Dialog).ToContainTextAsync($"{Logins.Count} entries could have been kept");

        KeptData.HoldsNothingOf(
            product.Data,
            [
                .. Logins.SelectMany(login => (string?[])[login.Title, login.Url, login.Username, login.Password, login.Totp, .. login.Notes?.Split('\n') ?? []]),
                Group, Folder, Changed, Recipient, password, link.Split('#')[1], invitation.Split('#')[1],
                AppDriver.Password, OfficeDriver.OlaPassword, KeePassXc.Password,
            ],
            atLeast: 45);
        Assert.Empty(here.Complaints);
        Assert.Empty(there.Complaints);
        Assert.Empty(page.Complaints);
    }

    /// <summary>The twelve example logins as KeePass writes them, in one folder.</summary>
    private static string KeePassXml()
    {
        var entries = Logins.Select((login, number) =>
            $"""
            <Entry><UUID>{Uuid(number + 16)}</UUID>
            {Text("Title", login.Title)}{Text("UserName", login.Username)}{Text("Password", login.Password)}{Text("URL", login.Url)}{Text("Notes", login.Notes)}{Text("otp", login.Totp)}
            </Entry>
            """);
        return $"""
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <KeePassFile><Meta><Generator>Baton tests</Generator></Meta>
            <Root><Group><UUID>{Uuid(1)}</UUID><Name>Root</Name><Group><UUID>{Uuid(2)}</UUID><Name>{Folder}</Name>
            {string.Concat(entries)}
            </Group></Group></Root></KeePassFile>
            """;
    }

    private static string Uuid(int number) => Convert.ToBase64String([.. new byte[15], (byte)number]);

    private static string Text(string key, string? value) =>
        value is null ? "" : $"<String><Key>{key}</Key><Value>{SecurityElement.Escape(value)}</Value></String>";
}
