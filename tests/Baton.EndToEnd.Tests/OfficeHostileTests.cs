using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests;

/// <summary>A server that swaps what it holds for members, groups and invitations: each page refuses with words that say so.</summary>
public sealed class OfficeHostileTests(Chromium chromium)
{
    [Theory]
    [InlineData("session => session.cards.pop()", "an older list of members than one already seen")]
    [InlineData("session => session.cards[1].signature = session.cards[0].signature", "a member's card")]
    [InlineData("session => { session.cards[1].card = session.cards[0].card; session.cards[1].signature = session.cards[0].signature; }", "a member's card")]
    [InlineData("session => session.groups.find(group => !group.personal).right = 'view'", "a group key")]
    [InlineData("session => { const group = session.groups.find(group => !group.personal); group.granter = session.cards[1].member; }", "a group key")]
    [InlineData("session => session.groups.find(group => !group.personal).details = session.groups.find(group => !group.personal).details.slice(0, -8) + 'AAAAAAAA'", "a group's name")]
    [InlineData("session => session.groups.find(group => !group.personal).version = 0", "a group key")]
    [InlineData("session => session.policy.text = session.policy.text.replace('\"lifeMax\":172800', '\"lifeMax\":2592000')", "the organization's policy")]
    [InlineData("session => { delete session.policy; }", "an older policy than one already seen")]
    public async Task A_swapped_card_group_or_policy_locks_the_open_page_and_says_why(string swap, string named)
    {
        await using var product = await Product.Start();
        await using var here = await Visit.To(product, chromium);
        await using var there = await Visit.To(product, chromium);
        var (ewa, ola) = await OfficeTests.Two(product, here, there);
        await ola.ToAccount();
        await ewa.ToPolicy();
        await ewa.App.Field("Longest life, hours").FillAsync("48");
        await ewa.App.Button("Sign and save").ClickAsync();
        await Expect(here.Page.GetByText("The policy is in force")).ToHaveCountAsync(1);
        await Hostile(here.Page, "**/api/session", swap);
        // The next reading of the session, while the page is open: this one, or one that the new policy still asks for.
        await ola.App.Field("Your name").FillAsync("Ola Lis-Nowak");
        await ola.App.Button("Save name").ClickAsync();
        await Expect(here.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync($"({named})");
        await Expect(ewa.App.Heading("Locked")).ToBeVisibleAsync();
        await here.HoldsNothingOf("Klient Orzeł", "Ola Lis");
        // And at the unlock again.
        await ewa.App.Unlock();
        await Expect(here.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync($"({named})");
        await Expect(ewa.App.Heading("Locked")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("opened => opened.organization.id = 'A'.repeat(22)")]
    [InlineData("opened => opened.role = 'auditor'")]
    [InlineData("opened => opened.rootCard = opened.rootCard.slice(0, -4) + 'AAAA'")]
    [InlineData("opened => opened.from = 'A'.repeat(43)")]
    public async Task An_invitation_into_another_organization_or_role_is_refused(string swap)
    {
        await using var product = await Product.Start();
        await using var here = await Visit.To(product, chromium);
        await using var there = await Visit.To(product, chromium);
        var (ewa, ola) = (new OfficeDriver(here), new OfficeDriver(there));
        await ewa.App.SetUp(product.SetupCode);
        await ewa.ToMembers();
        var link = await ewa.Invite();
        await Hostile(there.Page, "**/api/invitation/open", swap);
        await there.Page.GotoAsync(link);
        await Expect(ola.App.Heading("This is not who invited you")).ToBeVisibleAsync();
        await Expect(there.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nothing was sent");
        await Expect(there.Page.Locator("input[type=password]")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("accepted => accepted.ecdsa = accepted.ecdh")]
    [InlineData("accepted => accepted.member = 'A'.repeat(22)")]
    [InlineData("accepted => accepted.to = 'A'.repeat(43)")]
    public async Task Keys_that_the_link_did_not_make_can_not_be_approved(string swap)
    {
        await using var product = await Product.Start();
        await using var here = await Visit.To(product, chromium);
        await using var there = await Visit.To(product, chromium);
        var (ewa, ola) = (new OfficeDriver(here), new OfficeDriver(there));
        await ewa.App.SetUp(product.SetupCode);
        await ewa.ToMembers();
        var link = await ewa.Invite();
        await Hostile(here.Page, "**/api/invitations", $"list => list.invitations.filter(invitation => invitation.accepted).forEach(invitation => ({swap})(invitation.accepted))");
        await ola.Join(link);
        await ewa.App.Button("Look and approve").ClickAsync();
        await Expect(ewa.Dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("Somebody put others in their place.");
        await Expect(ewa.InDialog("Approve")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_right_that_nobody_signed_is_marked_and_gets_no_key()
    {
        await using var product = await Product.Start();
        await using var here = await Visit.To(product, chromium);
        await using var there = await Visit.To(product, chromium);
        var (ewa, _) = await OfficeTests.Two(product, here, there);
        await Hostile(here.Page, "**/api/groups", "list => list.groups.filter(group => group.grants.length > 1).forEach(group => { group.rotationDue = true; group.grants.forEach(grant => { if (grant.right === 'edit') grant.right = 'manage'; }); })");
        var rotated = 0;
        here.Page.Request += (_, request) => rotated += request.Url.EndsWith("/rotate", StringComparison.Ordinal) ? 1 : 0;
        await ewa.ToGroups();
        await Expect(here.Page.GetByText("The server shows 1 right that no owner or admin signed.")).ToBeVisibleAsync();
        await Expect(here.Page.Locator("tr", new() { HasText = "Ola Lis" })).ToContainTextAsync("Not signed");
        await here.Page.GetByRole(AriaRole.Button, new() { Name = "Settings of Klient Orzeł" }).ClickAsync();
        await ewa.InDialog("Renew the key").ClickAsync();
        await Expect(ewa.Dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("(a group key)");
        Assert.Equal(0, rotated);
    }

    [Fact]
    public async Task Somebody_whom_only_the_server_calls_a_member_is_offered_nothing()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var ewa = new OfficeDriver(visit);
        await ewa.App.SetUp(product.SetupCode);
        await Hostile(visit.Page, "**/api/members", "list => list.members.push({ member: 'A'.repeat(22), name: 'Zyga', email: 'z@x.example', role: 'owner', state: 'active', createdAt: 1 })");
        await ewa.ToMembers();
        await Expect(await ewa.Open("Zyga")).ToContainTextAsync("no owner or admin signed a card for this person");
        await ewa.ToGroups();
        await ewa.App.Button("New group").First.ClickAsync();
        await Expect(ewa.Dialog).Not.ToContainTextAsync("Zyga");
        await ewa.Dialog.GetByLabel("Name", new() { Exact = true }).FillAsync("Klient Orzeł");
        await ewa.InDialog("Make the group").ClickAsync();
        await Expect(visit.Page.Locator("tr", new() { HasText = "Zyga" })).ToContainTextAsync("None");
        await Expect(ewa.Right("Zyga", "Klient Orzeł")).ToHaveCountAsync(0);
    }

    /// <summary>Between server and page stands somebody who changes the answers' JSON.</summary>
    private static async Task Hostile(IPage page, string address, string change) =>
        await page.RouteAsync(address, async route =>
        {
            var answer = await route.FetchAsync();
            var body = await answer.TextAsync();
            if (route.Request.Method is "DELETE" || !answer.Ok)
            {
                await route.FulfillAsync(new() { Response = answer });
                return;
            }

            var changed = await page.EvaluateAsync<string>($"text => {{ const answer = JSON.parse(text); ({change})(answer); return JSON.stringify(answer); }}", body);
            await route.FulfillAsync(new() { Response = answer, Body = changed });
        });
}
