using Baton.EndToEnd.Tests.Cli.KeePass;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests.Exchange;

/// <summary>What comes out is read back, by KeePassXC and by Baton.</summary>
public sealed class ExportTests(Chromium chromium)
{
    private const string Password = "kruchy żubr maluje latarnię";

    private static string Fixture(string name) => Path.Combine(Repository.Folder, "web", "test", "import", "fixtures", name);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task KeePassXC_reads_what_was_exported()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var exchange = new ExchangeDriver(visit);
        await exchange.SetUp(product.SetupCode);
        await exchange.ImportInto("Klienci", Fixture("agency-4-argon2id.kdbx"), "Łódź & co");
        var file = await exchange.Export("KeePass (KDBX 4)", Password);

        var listed = await KeePassXc.Run(["ls", "--quiet", "--recursive", "--flatten", file], [Password], Cancel);
        Assert.Contains("Klienci/Studio Północ/Servers/web01", listed, StringComparison.Ordinal);
        var shown = await KeePassXc.Run(["show", "--quiet", "--show-protected", "--all", file, "Klienci/Studio Północ/Admin panel"], [Password], Cancel);
        Assert.Contains("Password: third-Łódź-3", shown, StringComparison.Ordinal);
        Assert.Contains("Backup codes: 1111 2222", shown, StringComparison.Ordinal);
        Assert.Contains("URL: https://cms.example/admin", shown, StringComparison.Ordinal);
        var code = await KeePassXc.Run(["show", "--quiet", "--totp", file, "Klienci/Studio Północ/Admin panel"], [Password], Cancel);
        Assert.Matches("^[0-9]{6}$", code.Trim());
        var attachment = await KeePassXc.Run(["attachment-export", "--quiet", "--stdout", file, "Klienci/Studio Północ/Admin panel", "contract.txt"], [Password], Cancel);
        Assert.Equal("The contract of Studio Północ.", attachment.Trim());
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_sealed_backup_restores_its_groups_on_another_server()
    {
        string file;
        await using (var product = await Product.Start())
        await using (var visit = await Visit.To(product, chromium))
        {
            var exchange = new ExchangeDriver(visit);
            await exchange.SetUp(product.SetupCode);
            await exchange.ImportInto("Klienci", Fixture("agency-3.1.kdbx"), "Łódź & co");
            file = await exchange.Export("Sealed backup", Password);
        }

        Assert.DoesNotContain("Admin panel", await File.ReadAllTextAsync(file, Cancel), StringComparison.Ordinal);
        await using var other = await Product.Start();
        await using var restoring = await Visit.To(other, chromium);
        var restore = new ExchangeDriver(restoring);
        await restore.SetUp(other.SetupCode);
        await restore.OpenImport(file, Password);
        await Expect(restore.Dialog).ToContainTextAsync("7 entries from Baton");
        await Expect(restore.Dialog).ToContainTextAsync("Everything in this file has its place here.");
        await restore.Import();
        await restore.App.Button("Show them").ClickAsync();
        await Expect(restore.Rows).ToHaveCountAsync(7);
        await restore.Open("Admin panel");
        await Expect(restoring.Page.Locator(".vault-entry")).ToContainTextAsync("contract.txt");
        Assert.Empty(restoring.Complaints);
    }

    [Fact]
    public async Task A_plain_table_takes_a_deliberate_step()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var exchange = new ExchangeDriver(visit);
        await exchange.SetUp(product.SetupCode);
        await exchange.ImportInto("Klienci", Fixture("agency-3.1.kdbx"), "Łódź & co");
        await visit.Page.Locator(".vault-groups").GetByRole(AriaRole.Button, new() { Name = "Export", Exact = true }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Radio, new() { Name = "Table (CSV)" }).CheckAsync();
        await exchange.App.Button("Export 7 entries").ClickAsync();
        await Expect(exchange.Dialog).ToContainTextAsync("Tick this, or choose an encrypted format.");
        await exchange.App.Button("Cancel").ClickAsync();
        var text = await File.ReadAllTextAsync(await exchange.Export("Table (CSV)", password: null), Cancel);
        Assert.Contains("\"Klienci/Studio Północ\",\"Admin panel\",\"https://cms.example/admin\",\"ewa\",\"third-Łódź-3\"", text, StringComparison.Ordinal);
        Assert.Empty(visit.Complaints);
    }
}
