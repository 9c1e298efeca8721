using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests.Proof;

/// <summary>The Verify page against files that were changed, and files that are none.</summary>
public sealed class VerifyPageTests(Chromium chromium)
{
    [Fact]
    public async Task A_changed_file_fails_and_its_story_is_kept_out_of_sight()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var proof = new ProofDriver(visit);
        await proof.App.SetUp(product.SetupCode);
        await proof.HandOver();
        await proof.App.Button("Evidence").ClickAsync();
        var (_, page) = await proof.MakeEvidence();
        await proof.App.Button("Evidence").ClickAsync();
        var (_, json) = await proof.MakeEvidence("Facts (JSON)");

        await using var stranger = await Visit.To(product, chromium);
        await stranger.Go("/verify");
        var verify = new VerifyPage(stranger.Page);
        await verify.Choose("evidence.html", Replaced(page, "Jan Kowalski", "Jan Nowakowsk"));
        await verify.Says("The evidence does not hold");
        await Expect(verify.Step(1)).ToContainTextAsync("Failed");
        await Expect(verify.Step(2)).ToContainTextAsync("Not checked");
        await Expect(verify.Story).ToHaveCountAsync(0);

        await verify.Choose("evidence.json", Replaced(json, "Jan Kowalski", "Jan Nowakowski"));
        await Expect(verify.Step(7)).ToContainTextAsync("Failed");
        await Expect(verify.Step(7)).ToContainTextAsync(".handovers[0].recipient");
        await Expect(verify.Step(10)).ToContainTextAsync("Failed");
        await Expect(verify.Story).Not.ToBeVisibleAsync();
        await stranger.Page.GetByText("What the file claims, nevertheless").ClickAsync();
        await Expect(verify.Story).ToContainTextAsync("Jan Nowakowski");

        await verify.Choose("evidence.json", json);
        await verify.Says("Valid, but the key is not known to you");
        await verify.GiveKey("other.example/log+00000000+Ag" + new string('A', 121) + "=");
        await verify.Says("The evidence does not hold");
        await Expect(verify.Step(5)).ToContainTextAsync("the key is not the one you gave");
        Assert.Empty(stranger.Complaints);
    }

    [Fact]
    public async Task Anything_else_is_no_evidence_and_harms_nothing()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium, 390, "de-DE");
        await visit.Go("/verify");
        var verify = new VerifyPage(visit.Page);
        foreach (var text in new[] { "", "{", "{}", "<!doctype html><script>document.title='harm'</script>", "<script type=\"application/json\" id=\"evidence\">{}</script>" })
        {
            await verify.Choose("file.html", Encoding.UTF8.GetBytes(text));
            await verify.Says("Der Nachweis hält nicht");
            await Expect(verify.Step(1)).ToContainTextAsync("Fehler");
        }

        await Expect(visit.Page).ToHaveTitleAsync("Nachweis prüfen · Baton");
        await visit.Page.GetByLabel("Sprache").SelectOptionAsync("Polski");
        await verify.Says("Dowód nie jest ważny");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task The_page_can_be_used_with_a_keyboard_alone()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);

        // Listened to from the beginning: the browser is told to hand its choosers over, and one that opens before that is lost.
        var opened = new TaskCompletionSource<IFileChooser>(TaskCreationOptions.RunContinuationsAsynchronously);
        visit.Page.FileChooser += (_, chooser) => opened.TrySetResult(chooser);
        await visit.Go("/verify");
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Choose a file", Exact = true })).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("Tab");
        await visit.Page.Keyboard.PressAsync("Tab");
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Choose a file", Exact = true })).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        var chooser = await opened.Task.WaitAsync(TimeSpan.FromMilliseconds(Chromium.Patience), TestContext.Current.CancellationToken);
        await chooser.SetFilesAsync(new FilePayload { Name = "x.json", MimeType = "application/json", Buffer = "{}"u8.ToArray() });
        await Expect(visit.Page.Locator("#verdict")).ToBeFocusedAsync();
    }

    private static byte[] Replaced(byte[] bytes, string from, string to)
    {
        var text = Encoding.UTF8.GetString(bytes);
        Assert.Contains(from, text, StringComparison.Ordinal);
        var first = text.IndexOf(from, StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(string.Concat(text.AsSpan(0, first), to, text.AsSpan(first + from.Length)));
    }
}
