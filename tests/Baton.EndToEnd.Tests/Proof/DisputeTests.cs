using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Baton.EndToEnd.Tests.Cli;
using Baton.Protocol.Tests.Evidence;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Baton.EndToEnd.Tests.Proof;

/// <summary>
/// The whole way to a dispute: twelve logins handed over, both sides keep their file, three verifiers take both; then somebody changes one
/// byte of the agency's database.
/// </summary>
public sealed class DisputeTests(Chromium chromium) : IDisposable
{
    private readonly string home = Directory.CreateTempSubdirectory("baton-dispute-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_sides_hold_proof_that_page_terminal_and_openssl_take_and_one_changed_byte_is_named_and_exposed()
    {
        await using var product = await Product.Start();
        var key = await LedgerKey(product);
        var (agency, receipt) = await HandOverAndConfirm(product);
        foreach (var (name, bytes) in new[] { agency, receipt })
        {
            await ThePageTakes(product, name, bytes, key);
            await TheTerminalTakes(name, bytes, key);
            TheLawyerTakes(bytes, key);
        }

        await product.Stop();
        Assert.Equal(0, (await Check(product)).ExitCode);
        Assert.Equal(0, (await Check(product, receipt)).ExitCode);

        var row = ChangeOneByte(product.Data, "claimed");
        foreach (var heard in new[] { await Check(product), await Check(product, receipt), await Check(product, agency) })
        {
            Assert.Equal(1, heard.ExitCode);
            Assert.Contains($"row {row} of table ledger, a claimed entry, is not what was logged", heard.Output, StringComparison.Ordinal);
        }

        // What was kept holds as before.
        await TheTerminalTakes(receipt.Name, receipt.Bytes, key);
    }

    private async Task<((string Name, byte[] Bytes) Agency, (string Name, byte[] Bytes) Receipt)> HandOverAndConfirm(Product product)
    {
        await using var visit = await Visit.To(product, chromium);
        var proof = new ProofDriver(visit);
        await proof.App.SetUp(product.SetupCode);
        await proof.App.ImportCsv(await File.ReadAllTextAsync(Path.Combine(Repository.Folder, "examples", "handover.csv"), Cancel));
        var (link, password) = await proof.App.HandOver("Bukowe Meble");

        await using var phone = await chromium.Profile(390, language: "de-DE");
        var page = await RecipientPage.At(phone, link);
        await page.Open(password);
        await page.Displayed();
        await page.Entries.Nth(2).Locator("input[value=problem]").CheckAsync();
        await page.Tab.Locator("form > button[type=button]").ClickAsync();
        await page.Submit.ClickAsync();
        var save = page.Alert.GetByRole(AriaRole.Button);
        await save.WaitForAsync();
        var kept = await page.Tab.RunAndWaitForDownloadAsync(() => save.ClickAsync());
        var receipt = (kept.SuggestedFilename, await File.ReadAllBytesAsync(await kept.PathAsync(), Cancel));
        Assert.Equal([], page.Complaints);

        await proof.App.Button("Watch it in the history").ClickAsync();
        await proof.App.Button("Leave").ClickAsync();
        await Expect(visit.Page.Locator(".grades")).ToContainTextAsync("a problem with entry 3");
        await proof.App.Button("Evidence").ClickAsync();
        var agency = await proof.MakeEvidence();
        Assert.Equal([], visit.Complaints);
        foreach (var bytes in new[] { agency.Bytes, receipt.Item2 })
        {
            var text = Encoding.UTF8.GetString(bytes);
            Assert.Contains("Bukowe Meble", text, StringComparison.Ordinal);
            Assert.DoesNotContain(password, text, StringComparison.Ordinal);
            Assert.DoesNotContain(link.Split('#')[1], text, StringComparison.Ordinal);
        }

        return (agency, receipt);
    }

    private async Task ThePageTakes(Product product, string name, byte[] bytes, string key)
    {
        await using var stranger = await Visit.To(product, chromium);
        await stranger.Go("/verify");
        var page = new VerifyPage(stranger.Page);
        await page.GiveKey(key);
        await page.Drop(name, bytes);
        await page.Says("The evidence holds");
        await Expect(page.Story).ToContainTextAsync("Bukowe Meble");
        Assert.Equal([], stranger.Complaints);
    }

    private async Task TheTerminalTakes(string name, byte[] bytes, string key)
    {
        var heard = await new Terminal(home).Baton(["evidence", "verify", await Kept(name, bytes), "--key", key], [], Cancel);
        Assert.True(heard.ExitCode == 0, heard.Output + heard.Errors);
        Assert.Contains("Valid.", heard.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("failed", heard.Output, StringComparison.Ordinal);
    }

    private static void TheLawyerTakes(byte[] bytes, string key)
    {
        using var hand = new ByHand(Repository.Folder);
        var (exit, said) = hand.Run(Encoding.UTF8.GetString(bytes), key);
        Assert.True(exit == 0, said);
        Assert.Contains("ok the file, signed by its composer", said, StringComparison.Ordinal);
        Assert.Equal(12, said.Split('\n').Count(line => line.StartsWith("ok item ", StringComparison.Ordinal)));
    }

    private async Task<Heard> Check(Product product, (string Name, byte[] Bytes)? kept = null)
    {
        string[] from = kept is { } file ? ["--from", await Kept(file.Name, file.Bytes)] : [];
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "baton-server"), ["ledger", "check", .. from, "--data", product.Data])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        return await Terminal.Hear(process, Cancel);
    }

    private async Task<string> Kept(string name, byte[] bytes)
    {
        var path = Path.Combine(home, name);
        await File.WriteAllBytesAsync(path, bytes, Cancel);
        return path;
    }

    /// <summary>The lowest bit of the last digit of the time in one entry; gives the row.</summary>
    private static long ChangeOneByte(string data, string kind)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "baton.db")};Pooling=False");
        connection.Open();
        using var read = connection.CreateCommand();
        read.CommandText = "SELECT id, bytes FROM ledger WHERE kind = @kind";
        read.Parameters.AddWithValue("@kind", kind);
        long row;
        byte[] bytes;
        using (var rows = read.ExecuteReader())
        {
            Assert.True(rows.Read());
            (row, bytes) = (rows.GetInt64(0), rows.GetFieldValue<byte[]>(1));
        }

        bytes[Encoding.UTF8.GetString(bytes).IndexOf(",\"actor\"", StringComparison.Ordinal) - 1] ^= 1;
        using var write = connection.CreateCommand();
        write.CommandText = "UPDATE ledger SET bytes = @bytes WHERE id = @id";
        write.Parameters.AddWithValue("@bytes", bytes);
        write.Parameters.AddWithValue("@id", row);
        Assert.Equal(1, write.ExecuteNonQuery());
        return row;
    }

    private static async Task<string> LedgerKey(Product product)
    {
        using var client = new HttpClient { BaseAddress = product.Address };
        return JsonNode.Parse(await client.GetStringAsync("/api/instance", Cancel))!["ledgerKey"]!.GetValue<string>();
    }

    public void Dispose() => Directory.Delete(home, recursive: true);
}
