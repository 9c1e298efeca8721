using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Baton.Cli;
using Baton.Cli.Output;
using Baton.Cli.Vault;
using Baton.Cli.Words;
using Baton.Client.Api;
using Xunit;

namespace Baton.EndToEnd.Tests.Cli;

public sealed partial class SafetyTests
{
    [Theory]
    [InlineData("contract.pdf", "contract.pdf")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\Windows\\system.ini", "system.ini")]
    [InlineData("..", "file")]
    [InlineData(".bashrc", "bashrc")]
    [InlineData("", "file")]
    [InlineData("a\u0000b\n\u202Egnp.exe", "abgnp.exe")]
    [InlineData("umowa – końcowa.pdf", "umowa – końcowa.pdf")]
    public void A_files_name_stays_in_its_folder(string name, string safe) => Assert.Equal(safe, Safe.FileName(name, new HashSet<string>(StringComparer.Ordinal)));

    [Fact]
    public void Two_files_of_one_name_are_two_files()
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        Assert.Equal(["a.txt", "A-2.TXT", "a-3.txt"], [Safe.FileName("a.txt", taken), Safe.FileName("A.TXT", taken), Safe.FileName("a.txt", taken)], StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("baton.example", "https://baton.example")]
    [InlineData("https://baton.example/", "https://baton.example")]
    [InlineData("http://localhost:8080", "http://localhost:8080")]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080")]
    [InlineData("http://baton.example", null)]
    [InlineData("http://localhost.evil.example", null)]
    [InlineData("https://user@baton.example", null)]
    [InlineData("https://baton.example/path", null)]
    [InlineData("ftp://baton.example", null)]
    [InlineData("", null)]
    public void Only_https_and_this_machine_are_talked_to(string text, string? origin) =>
        Assert.Equal(origin, ServerAddress.TryParse(text, out var address) ? address.Origin : null);

    [Theory]
    [InlineData("5m", 300)]
    [InlineData("24h", 86_400)]
    [InlineData("30d", 2_592_000)]
    [InlineData("4m", 0)]
    [InlineData("31d", 0)]
    [InlineData("-1h", 0)]
    [InlineData("4294967295d", 0)]
    [InlineData("1.5h", 0)]
    [InlineData("24", 0)]
    [InlineData("h", 0)]
    public void A_life_is_five_minutes_to_thirty_days(string text, uint seconds)
    {
        Assert.Equal(seconds > 0, Life.TryParse(text, out var read));
        Assert.Equal(seconds, read);
    }

    [Fact]
    public void Generated_passwords_are_spoken_words_of_the_strength_that_is_shown()
    {
        Assert.Equal(7_772, AccessWords.Count);
        Assert.InRange(AccessWords.Bits(4), 51.6, 51.8);
        Assert.All(Enumerable.Range(0, 50), _ => Assert.Matches("^[a-z]+(-[a-z]+){3}$", AccessWords.Make(4)));
        Assert.NotEqual(AccessWords.Make(4), AccessWords.Make(4), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("jbsw y3dp ehpk 3pxp", 0, "282760")]
    [InlineData("otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&digits=8", 59, "94287082")]
    [InlineData("otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA&digits=8&algorithm=SHA256", 1111111109, "68084774")]
    [InlineData("otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNA&digits=8&algorithm=SHA512", 20000000000, "47863826")]
    [InlineData("steam://JBSWY3DPEHPK3PXP", 0, null)]
    public void Codes_are_those_of_RFC_6238(string seed, long time, string? code) =>
        Assert.Equal(code, TotpCode.TryMake(seed, DateTimeOffset.FromUnixTimeSeconds(time), out var made) ? made.Digits : null);

    [Fact]
    public void A_generated_password_has_every_kind_and_no_look_alikes()
    {
        Assert.All(Enumerable.Range(0, 200).Select(i => GeneratedPassword.Make(GeneratedPassword.Least + (i % 30))), password =>
        {
            Assert.Matches("^(?=.*[A-Z])(?=.*[a-z])(?=.*[2-9])(?=.*[!#%+./:=?@_-])[^0O1lIo]+$", password);
        });
        Assert.NotEqual(GeneratedPassword.Make(20), GeneratedPassword.Make(20), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_secret_is_not_written_to_a_terminal_unless_it_is_asked_for()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var desk = await Desk.SetUp(cancel);
        await desk.Does(cancel, "vault", "add", "Panel", "--secret", "password=" + desk.At("source"));
        Assert.Contains("This is a secret, and this is a terminal.", await OnTerminal("--field password"), StringComparison.Ordinal);
        Assert.Contains(KeePass.KeePassXc.Password, await OnTerminal("--field password --reveal"), StringComparison.Ordinal);
        Assert.DoesNotContain(KeePass.KeePassXc.Password, await OnTerminal(""), StringComparison.Ordinal);

        // script(1) gives the command a terminal of its own.
        async Task<string> OnTerminal(string options)
        {
            var command = $"{Path.Combine(AppContext.BaseDirectory, "baton")} vault get Panel {options} --password-file {desk.At("master")}";
            var start = new ProcessStartInfo("script", ["-qec", command, "/dev/null"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardInput = true };
            start.Environment["XDG_CONFIG_HOME"] = desk.At("config");
            using var process = Process.Start(start)!;
            var said = await process.StandardOutput.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            return said;
        }
    }

    [Fact]
    public void The_manual_lists_every_exit_code()
    {
        var manual = File.ReadAllText(Path.Combine(Repository.Folder, "docs", "cli.md"));
        var rows = CodeRow().Matches(manual).Select(row => (row.Groups["word"].Value, int.Parse(row.Groups["code"].Value, CultureInfo.InvariantCulture)));
        Assert.Equal(Enum.GetValues<ExitCode>().Select(code => (code.ToString().ToLowerInvariant(), (int)code)), rows);
    }

    [GeneratedRegex("^\\| (?<code>\\d+) \\| `(?<word>[a-z]+)` \\|", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex CodeRow();
}
