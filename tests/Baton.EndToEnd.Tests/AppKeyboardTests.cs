using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests;

/// <summary>The main way without a mouse: every stop is reached with Tab, shows where it is, and does its work with Enter or Space.</summary>
public sealed class AppKeyboardTests(Chromium chromium)
{
    private const int LongestWay = 80;

    [Fact]
    public async Task A_handover_is_made_followed_and_revoked_with_the_keyboard_alone()
    {
        using var clipboard = await Chromium.WithTheClipboard();
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = new AppDriver(visit);
        var keyboard = visit.Page.Keyboard;
        await visit.Go("/");
        await Expect(app.Field("Set-up code")).ToBeFocusedAsync();
        await keyboard.TypeAsync(product.SetupCode);
        await Type(app.Field("Organization"), "Studio Północ");
        await Type(app.Field("Your name"), "Ewa Nowak");
        await Type(app.Field("E-mail"), AppDriver.Email);
        await Type(app.Field("Master password"), AppDriver.Password);
        await Type(app.Field("Master password again"), AppDriver.Password);
        await keyboard.PressAsync("Enter");
        await app.ConfirmRecoveryKey();
        await app.Heading("Vault").WaitForAsync();

        await Press(visit.Page.GetByRole(AriaRole.Link, new() { Name = "New handover", Exact = true }), "Enter");
        await Expect(app.Heading("New handover")).ToBeFocusedAsync();
        await Press(app.Button("Add entry"), "Enter");
        await Expect(app.Field("Title")).ToBeFocusedAsync();
        await keyboard.TypeAsync("Panel");
        await Type(app.Field("Address"), "https://panel.example");
        await Type(app.Field("User name"), "admin");
        await Type(app.Field("Password"), "s3cret-pass");
        // Enter in a field hands nothing over.
        await keyboard.PressAsync("Enter");
        await Expect(app.Heading("New handover")).ToBeVisibleAsync();
        await Press(app.Button("Make the link"), "Enter");
        await Expect(app.Field("Recipient")).ToBeFocusedAsync();
        await keyboard.TypeAsync("Jan Kowalski");
        await Reach(visit.Page.GetByRole(AriaRole.Radio, new() { Name = "24 hours" }));
        await keyboard.PressAsync("ArrowRight");
        await Expect(visit.Page.GetByRole(AriaRole.Radio, new() { Name = "3 days" })).ToBeCheckedAsync();
        await Press(app.Button("Make the link"), "Space");
        await Expect(app.Heading("The link is ready")).ToBeFocusedAsync();

        await Press(app.Button("Copy link"), "Enter");
        await Press(app.Button("Watch it in the history"), "Enter");
        await Expect(visit.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await keyboard.PressAsync("Escape");
        await Expect(app.Button("Watch it in the history")).ToBeFocusedAsync();
        await keyboard.PressAsync("Enter");
        await Expect(visit.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Press(app.Button("Leave"), "Enter");
        await Press(app.Button("Revoke"), "Enter");
        await Expect(visit.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Press(visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Revoke" }), "Enter");
        await Expect(visit.Page.Locator(".state-line")).ToContainTextAsync("Revoked");
        Assert.Empty(visit.Complaints);

        async Task Reach(ILocator stop)
        {
            for (var tabs = 0; tabs < LongestWay; tabs++)
            {
                if (await stop.EvaluateAsync<bool>("element => element === document.activeElement"))
                {
                    Assert.True(await stop.EvaluateAsync<bool>("""
                        element => {
                          const ring = node => node && getComputedStyle(node).outlineStyle !== "none" && getComputedStyle(node).outlineWidth !== "0px";
                          return ring(element) || ring(element.closest("label"));
                        }
                        """), "The focus can't be seen.");
                    return;
                }

                await keyboard.PressAsync("Tab");
            }

            Assert.Fail($"{stop} can't be reached with Tab.");
        }

        async Task Type(ILocator field, string text)
        {
            await Reach(field);
            await keyboard.TypeAsync(text);
        }

        async Task Press(ILocator button, string key)
        {
            await Reach(button);
            await keyboard.PressAsync(key);
        }
    }

    [Fact]
    public async Task The_skip_link_is_the_first_stop_and_leads_to_the_content()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var app = new AppDriver(visit);
        await visit.Go("/");
        await Expect(app.Field("Set-up code")).ToBeFocusedAsync();
        var skip = visit.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" });
        // Backwards over language and name.
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await visit.Page.Keyboard.PressAsync("Shift+Tab");
        }

        await Expect(skip).ToBeFocusedAsync();
        await Expect(skip).ToBeInViewportAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.Locator("main")).ToBeFocusedAsync();
        Assert.Equal("", new Uri(visit.Page.Url).Fragment);
    }
}
