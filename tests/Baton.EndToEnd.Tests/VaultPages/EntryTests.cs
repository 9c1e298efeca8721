using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests.VaultPages;

/// <summary>An entry from its first field to its copy, in a browser, on a real server.</summary>
public sealed class EntryTests(Chromium chromium)
{
    private const string Seed = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_entry_is_made_found_by_its_folded_name_copied_and_changed()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var vault = new VaultDriver(visit);
        var page = visit.Page;
        await vault.SetUp(product.SetupCode);
        await vault.App.Button("New").ClickAsync();
        await vault.App.Button("Save").ClickAsync();
        await Expect(page.GetByText("Give it a name.")).ToBeVisibleAsync();
        await vault.App.Field("Title").FillAsync("Panel Łódź");
        await vault.App.Field("Address").FillAsync("javascript:alert(1)");
        await vault.App.Field("User name").FillAsync("admin");
        await vault.App.Field("Password").FillAsync("s3cret-pass");
        await vault.App.Field("Folder · optional").FillAsync("Servers / Production");
        await vault.App.Field("Tags · optional").FillAsync("aws, prod");
        await vault.Save("Panel Łódź");
        await Expect(vault.Value("Address").GetByRole(AriaRole.Link)).ToHaveCountAsync(0);
        await visit.HoldsNothingOf("s3cret-pass");

        await vault.Add("Sklep", ("Address", "https://sklep.example"), ("Password", "s3cret-pass"));
        await Expect(vault.Value("Address").GetByRole(AriaRole.Link)).ToHaveAttributeAsync("rel", "noopener noreferrer");
        await Expect(page.GetByText("1 other entry has the same password")).ToBeVisibleAsync();
        await vault.Search.FillAsync("lodz");
        await Expect(vault.Rows).ToHaveCountAsync(1);
        await vault.Open("Panel Łódź");
        await vault.WatchCopies();
        await vault.App.Button("Copy Password").ClickAsync();
        await vault.HasCopied("s3cret-pass");
        await vault.App.Button("Show: Password").ClickAsync();
        await Expect(page.Locator(".secret")).ToHaveTextAsync("s3cret-pass");

        await vault.Search.FillAsync("");
        await page.Locator(".vault-groups").GetByRole(AriaRole.Button, new() { Name = "aws 1" }).ClickAsync();
        await Expect(vault.Rows).ToHaveCountAsync(1);
        await vault.Edit(("User name", "root"));
        await vault.App.Button("Generate").ClickAsync();
        var made = await page.Locator(".generated .secret").InnerTextAsync();
        await vault.App.Button("Use this password").ClickAsync();
        await vault.Save("Panel Łódź");
        await Expect(page.GetByText("2 versions")).ToBeVisibleAsync();
        await vault.WatchCopies();
        await vault.App.Button("Copy Password").ClickAsync();
        await vault.HasCopied(made);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Templates_own_fields_dates_and_another_type_keep_what_was_typed()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var vault = new VaultDriver(visit);
        await vault.SetUp(product.SetupCode);
        await vault.App.Button("New").ClickAsync();
        await vault.App.Field("Title").FillAsync("web01");
        await visit.Page.Locator(".entry-form").GetByLabel("Type", new() { Exact = true }).SelectOptionAsync("server");
        await vault.App.Field("Port").FillAsync("2222");
        await visit.Page.Locator(".entry-form").GetByLabel("Type", new() { Exact = true }).SelectOptionAsync("database");
        await Expect(vault.App.Field("Port")).ToHaveValueAsync("2222");
        await vault.App.Button("Add field").ClickAsync();
        await vault.App.Field("Field name").Last.FillAsync("PIN");
        await vault.App.Field("Kind").Last.SelectOptionAsync("hidden");
        await vault.App.Field("Value").Last.FillAsync("9182");
        await vault.App.Button("Move field PIN up").ClickAsync();
        await vault.App.Field("Login ends").FillAsync(TimeProvider.System.GetLocalNow().AddDays(3).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await vault.Save("web01");
        await Expect(vault.Value("Port")).ToHaveTextAsync("2222");
        await visit.HoldsNothingOf("9182");
        await vault.Place("Due soon").ClickAsync();
        await Expect(vault.Row("web01")).ToBeVisibleAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_picture_of_a_QR_code_gives_a_one_time_code_that_runs()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        var vault = new VaultDriver(visit);
        await vault.SetUp(product.SetupCode);
        var picture = await Qr($"otpauth://totp/ACME:ewa?secret={Seed}&issuer=ACME&digits=8");
        await vault.App.Button("New").ClickAsync();
        await vault.App.Field("Title").FillAsync("ACME");
        await visit.Page.Locator("input[accept='image/*']").SetInputFilesAsync(new FilePayload { Name = "link.png", MimeType = "image/png", Buffer = await Qr("https://acme.example/") });
        await Expect(visit.Page.GetByText("This QR code isn't one for one-time codes.")).ToBeVisibleAsync();
        await visit.Page.Locator("input[accept='image/*']").SetInputFilesAsync(new FilePayload { Name = "broken.png", MimeType = "image/png", Buffer = [1, 2, 3] });
        await Expect(visit.Page.GetByText("This file isn't a picture that the browser can read.")).ToBeVisibleAsync();
        await visit.Page.Locator("input[accept='image/*']").SetInputFilesAsync(new FilePayload { Name = "qr.png", MimeType = "image/png", Buffer = picture });
        await Expect(visit.Page.Locator(".totp-field .code")).ToHaveTextAsync(new Regex("^[0-9]{4} [0-9]{4}$", RegexOptions.None, TimeSpan.FromMinutes(1)));
        await vault.Save("ACME");
        await visit.HoldsNothingOf(Seed);
        await Expect(visit.Page.Locator(".vault-entry .code")).ToHaveTextAsync(new Regex("^[0-9]{4} [0-9]{4}$", RegexOptions.None, TimeSpan.FromMinutes(1)));
        await vault.WatchCopies();
        await vault.App.Button("Copy One-time code").ClickAsync();
        Assert.Matches("^[0-9]{8}$", await vault.Copied());
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task An_attachment_comes_back_byte_for_byte_as_octets_under_a_harmless_name()
    {
        await using var product = await Product.Start();
        await using var visit = await Visit.To(product, chromium);
        await using var other = await Visit.To(product, chromium);
        var vault = new VaultDriver(visit);
        await vault.SetUp(product.SetupCode);
        var bytes = RandomNumberGenerator.GetBytes(300_000);
        await vault.App.Button("New").ClickAsync();
        await vault.App.Field("Title").FillAsync("Umowa");
        await visit.Page.Locator("input[type=file][multiple]").SetInputFilesAsync(new FilePayload { Name = "..\\kontrakt:2027.html", MimeType = "text/html", Buffer = bytes });
        await Expect(visit.Page.Locator(".files li")).ToHaveCountAsync(1);
        await vault.Save("Umowa");

        var there = new VaultDriver(other);
        await there.SignIn();
        await there.Open("Umowa");
        await other.Page.EvaluateAsync("() => { const make = URL.createObjectURL; URL.createObjectURL = blob => { globalThis.kind = blob.type; return make.call(URL, blob); }; }");
        var download = await other.Page.RunAndWaitForDownloadAsync(() => other.Page.Locator(".files button").ClickAsync());
        Assert.Equal("kontrakt_2027.html", download.SuggestedFilename.TrimStart('.', '_'));
        Assert.Equal("application/octet-stream", await other.Page.EvaluateAsync<string>("globalThis.kind"));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(await download.PathAsync(), Cancel));
        Assert.Empty(other.Complaints);
    }

    /// <summary>A picture made by qrencode.</summary>
    private static async Task<byte[]> Qr(string text)
    {
        using var process = Process.Start(new ProcessStartInfo("qrencode", ["--output", "-", "--size", "5", text]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        using var picture = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(picture, Cancel);
        await process.WaitForExitAsync(Cancel);
        Assert.Equal(0, process.ExitCode);
        return picture.ToArray();
    }
}
