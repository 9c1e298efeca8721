using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests.Proof;

/// <summary>The Verify page, served or opened from a disk.</summary>
internal sealed class VerifyPage(IPage page)
{
    public ILocator Verdict => page.Locator("#verdict");

    public ILocator Story => page.Locator(".story");

    /// <summary>Verdicts of the eleven steps, in order.</summary>
    public ILocator Steps => page.Locator(".steps .chip");

    public ILocator Step(int number) => page.Locator(".steps li").Nth(number - 1);

    public Task Choose(string name, byte[] bytes) => page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = bytes });

    public Task GiveKey(string key) => page.GetByLabel("The ledger's key, as you know it").FillAsync(key);

    /// <summary>As from a file manager.</summary>
    public async Task Drop(string name, byte[] bytes)
    {
        await using var dropped = await page.EvaluateHandleAsync(
            "([name, bytes]) => { const transfer = new DataTransfer(); transfer.items.add(new File([Uint8Array.from(bytes)], name)); return transfer; }",
            new object[] { name, bytes.Select(one => (int)one).ToArray() });
        await page.DispatchEventAsync(".verify", "drop", new { dataTransfer = dropped });
    }

    public Task Says(string verdict) => Expect(Verdict).ToHaveTextAsync(verdict);
}
