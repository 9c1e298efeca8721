using System.Diagnostics;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests.VaultPages;

/// <summary>Working in the vault: many at once, with the keyboard alone, and locked at the end of the day.</summary>
public sealed class WorkingTests(Chromium chromium)
{
    private const int LongestWay = 60;

    [Fact]
    public async Task Several_entries_are_tagged_moved_to_another_group_and_binned_at_once()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var vault = new VaultDriver(visit);
        var page = visit.Page;
        await vault.SetUp(product.SetupCode);
        foreach (var title in new[] { "Alfa", "Beta", "Gamma", "Delta" })
        {
            await vault.Add(title);
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "New group" }).ClickAsync();
        await vault.Dialog.GetByLabel("Name", new() { Exact = true }).FillAsync("Klient ABC");
        await vault.Dialog.Locator("button[type=submit]").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Klient ABC" })).ToBeVisibleAsync();

        await vault.Place("All entries").ClickAsync();
        await vault.Row("Alfa").ClickAsync(new() { Modifiers = [KeyboardModifier.Control] });
        await vault.Row("Delta").ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Expect(page.GetByText("3 ticked")).ToBeVisibleAsync();
        await vault.App.Button("Tag").ClickAsync();
        await vault.App.Field("New tags · optional").FillAsync("klient");
        await vault.App.Button("Set tags").ClickAsync();
        await Expect(page.Locator(".vault-groups").GetByRole(AriaRole.Button, new() { Name = "klient 3" })).ToBeVisibleAsync();

        await vault.List.FocusAsync();
        await page.Keyboard.PressAsync("Control+a");
        await Expect(page.GetByText("4 ticked")).ToBeVisibleAsync();
        await vault.App.Button("Move").ClickAsync();
        await vault.Dialog.GetByLabel("Group", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Klient ABC" });
        await vault.App.Field("Folder · optional").FillAsync("Stare");
        await vault.Dialog.GetByRole(AriaRole.Button, new() { Name = "Move", Exact = true }).ClickAsync();
        await Expect(vault.Place("Klient ABC").Locator(".count").First).ToHaveTextAsync("4");
        await Expect(vault.Place("Bin").Locator(".count")).ToHaveTextAsync("4");

        await vault.Place("Klient ABC").ClickAsync();
        await vault.Place("Stare").ClickAsync();
        await vault.List.FocusAsync();
        await page.Keyboard.PressAsync("Control+a");
        await vault.App.Button("Move to bin").ClickAsync();
        await vault.Dialog.GetByRole(AriaRole.Button, new() { Name = "Move to bin" }).ClickAsync();
        await Expect(vault.Place("Bin").Locator(".count")).ToHaveTextAsync("8");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task The_keyboard_alone_makes_finds_copies_changes_and_ticks()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var vault = new VaultDriver(visit);
        var page = visit.Page;
        var keyboard = page.Keyboard;
        await vault.SetUp(product.SetupCode);
        await keyboard.PressAsync("n");
        await Expect(vault.App.Field("Title")).ToBeFocusedAsync();
        // In a field every key is the field's: nothing of what follows is a shortcut.
        await keyboard.TypeAsync("ncet/?");
        await Expect(vault.App.Field("Title")).ToHaveValueAsync("ncet/?");
        await Type(vault.App.Field("User name"), "admin");
        await Type(vault.App.Field("Password"), "s3cret-pass");
        await Press(vault.App.Button("Save"));
        await vault.IsSaved("ncet/?");
        await vault.Add("Zupełnie inny");

        await keyboard.PressAsync("/");
        await Expect(vault.Search).ToBeFocusedAsync();
        await keyboard.TypeAsync("ncet");
        await Expect(vault.Rows).ToHaveCountAsync(1);
        await keyboard.PressAsync("Enter");
        await vault.Title("ncet/?").WaitForAsync();
        await Expect(vault.List).ToBeFocusedAsync();
        await vault.WatchCopies();
        await keyboard.PressAsync("u");
        await vault.HasCopied("admin");
        await keyboard.PressAsync("c");
        await vault.HasCopied("s3cret-pass");
        await keyboard.PressAsync("e");
        await Expect(vault.Title("Edit ncet/?")).ToBeFocusedAsync();
        await Type(vault.App.Field("User name"), "2");
        await Press(vault.App.Button("Save"));
        await vault.IsSaved("ncet/?");

        // Out, step by step: the search, the entry.
        await keyboard.PressAsync("Escape");
        await Expect(vault.Rows).ToHaveCountAsync(2);
        await keyboard.PressAsync("Escape");
        await Expect(page.GetByText("Choose an entry")).ToBeVisibleAsync();
        await keyboard.PressAsync("Home");
        await keyboard.PressAsync("Space");
        await keyboard.PressAsync("Shift+ArrowDown");
        await Expect(page.GetByText("2 ticked")).ToBeVisibleAsync();
        await keyboard.PressAsync("Escape");
        await Expect(page.GetByText("2 ticked")).ToHaveCountAsync(0);

        await keyboard.PressAsync("?");
        await Expect(vault.Dialog).ToContainTextAsync("Copy password");
        await Screens.Keep(page, "vault-keys");
        await vault.App.Field("Keys of one letter").UncheckAsync();
        await keyboard.PressAsync("Escape");
        await keyboard.PressAsync("n");
        await Expect(vault.App.Field("Title")).ToHaveCountAsync(0);
        Assert.Empty(visit.Complaints);

        async Task Reach(ILocator stop)
        {
            for (var tabs = 0; tabs < LongestWay; tabs++)
            {
                if (await stop.EvaluateAsync<bool>("element => element === document.activeElement"))
                {
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

        async Task Press(ILocator button)
        {
            await Reach(button);
            await keyboard.PressAsync("Enter");
        }
    }

    [Fact]
    public async Task A_lock_leaves_nothing_in_the_page_nor_in_its_memory()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var vault = new VaultDriver(visit);
        await vault.SetUp(product.SetupCode);
        await vault.Add("Quuxly-tytul", ("User name", "Zorkowski"), ("Password", "s3cret-Pass-9Xy7"), ("Notes", "Notatka-Fnord"));
        await vault.Search.FillAsync("quuxly");
        await vault.App.Button("Show: Password").ClickAsync();
        Assert.NotEmpty(await InMemory("Zorkowski"));

        await vault.Lock();
        await visit.HoldsNothingOf("Quuxly", "quuxly", "Zorkowski", "9Xy7", "Fnord");
        // What was drawn goes when the browser collects it: it is asked to, and asked again.
        string[] left = [];
        var asked = Stopwatch.StartNew();
        do
        {
            left = await InMemory("Quuxly", "quuxly", "Zorkowski", "s3cret-Pass-9Xy7", "Fnord");
        }
        while (left.Length > 0 && asked.ElapsedMilliseconds < Chromium.Patience);

        Assert.Empty(left);

        // Which of them stand in the page's whole heap, after a collection.
        async Task<string[]> InMemory(params string[] wanted)
        {
            var browser = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
            var heap = new System.Text.StringBuilder();
            browser.Event("HeapProfiler.addHeapSnapshotChunk").OnEvent += (_, chunk) => heap.Append(chunk!.Value.GetProperty("chunk").GetString());
            await browser.SendAsync("HeapProfiler.enable");
            await browser.SendAsync("HeapProfiler.collectGarbage");
            await browser.SendAsync("HeapProfiler.takeHeapSnapshot");
            await browser.DetachAsync();
            var text = heap.ToString();
            return [.. wanted.Where(word => text.Contains(word, StringComparison.Ordinal))];
        }
    }
}
