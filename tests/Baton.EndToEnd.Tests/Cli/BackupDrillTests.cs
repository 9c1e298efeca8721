using System.Diagnostics;
using Baton.Server.Tests;

namespace Baton.EndToEnd.Tests.Cli;

/// <summary>The day the disk fails, with the programs as they are installed: what was kept is read with the same master password, what waited opens nowhere.</summary>
public sealed class BackupDrillTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_disk_fails_and_everything_but_what_waited_is_back()
    {
        await using var desk = await Desk.SetUp(Cancel);
        await desk.Does(Cancel, "vault", "groups", "add", "Żuraw");
        desk.Write("secret", "kaczki & gęsi 73");
        await desk.Does(Cancel, "vault", "add", "Panel", "--group", "Żuraw", "--username", "ewa", "--secret", "password=" + desk.At("secret"));
        var waiting = await HandOver(desk);
        var read = await HandOver(desk);
        await Opens(desk, read, 0);

        var backup = desk.At("backup");
        await Runs(["backup", backup, .. desk.Server.Store.Settings]);
        await desk.Does(Cancel, "vault", "add", "Too late", "--username", "ewa", "--generate");
        await desk.Server.Kill();

        using var store = Store.New();
        await Runs(["restore", backup, .. store.Settings]);
        File.Copy(Path.Combine(desk.Server.Data, "server.key"), Path.Combine(store.Data, "server.key"));
        await Runs(["recover", "--reason", "the disk failed", .. store.Settings]);
        await using var restored = await BatonProcess.Start(store, "--pages", Repository.Pages);
        var origin = $"http://localhost:{restored.Address.Port}";
        Assert.Contains($"Baton is at {origin}", restored.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Set-up code", restored.Output, StringComparison.Ordinal);

        await desk.Does(Cancel, "sign-in", origin, "--email", "ewa@studio.example");
        Assert.Equal("kaczki & gęsi 73\n", await desk.Does(Cancel, "vault", "get", "Panel", "--group", "Żuraw", "--field", "password"));
        Assert.NotEqual(0, (await desk.Says(Cancel, "vault", "get", "Too late", "--field", "username")).ExitCode);
        var history = await desk.Does(Cancel, "history");
        Assert.Matches("void .*\n", history);
        Assert.Matches("displayed .*\n", history);
        await Opens(desk, waiting.Replace(desk.Server.Origin, origin, StringComparison.Ordinal), 4);
        await Opens(desk, read.Replace(desk.Server.Origin, origin, StringComparison.Ordinal), 4);
        await Opens(desk, await HandOver(desk), 0);
    }

    private static async Task<string> HandOver(Desk desk)
    {
        var said = await desk.Does(Cancel, "hand-over", "--entry", "Panel", "--to", "Jan", "--password", "none");
        return said.Split('\n')[0]["Link".Length..].Trim();
    }

    private static async Task Opens(Desk desk, string link, int code)
    {
        var heard = await new Terminal(desk.Home).Baton(["open", "-"], [link], Cancel);
        Assert.True(heard.ExitCode == code, $"{heard.ExitCode}\n{heard.Output}{heard.Errors}");
    }

    /// <summary>An operator's command that succeeds.</summary>
    private static async Task Runs(params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "baton-server"), words) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        var heard = await Terminal.Hear(process, Cancel);
        Assert.True(heard.ExitCode == 0, $"baton-server {string.Join(' ', words)}\n{heard.Output}{heard.Errors}");
    }
}
