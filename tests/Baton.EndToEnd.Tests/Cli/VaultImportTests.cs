using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Baton.Cli.Import;
using Baton.Cli.Import.Kdbx;
using Baton.EndToEnd.Tests.Cli.KeePass;
using Baton.Protocol;

namespace Baton.EndToEnd.Tests.Cli;

public sealed class VaultImportTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_KeePass_database_comes_in_and_what_goes_out_is_the_same()
    {
        await using var desk = await Desk.SetUp(Cancel);
        using var keepass = new KeePassXc();
        await File.WriteAllBytesAsync(desk.At("agency.kdbx"), Database(KeePassXc.Everything), Cancel);
        string[] import = ["vault", "import", desk.At("agency.kdbx"), "--source-password-file", desk.At("source"), "--groups-as", "groups"];

        var preview = await desk.Says(Cancel, import);
        Assert.Equal(
            "KeePass (KDBX 4): 3 entries, 2 files\n\n     1  personal\n     1  Klienci\n     1  Klienci / Żuraw\n\nStays behind:\n  1 entry's earlier versions, but for the passwords\n", preview.Output);
        Assert.Equal("Nothing was imported. --yes imports.\n", preview.Errors);
        Assert.DoesNotContain("Klienci", await desk.Does(Cancel, "vault", "groups"), StringComparison.Ordinal);

        Assert.StartsWith("Imported 3 entries and 2 files, into 1 new group.\n", await desk.Does(Cancel, [.. import, "--yes"]), StringComparison.Ordinal);
        Assert.Equal(" spaces kept \n", await desk.Does(Cancel, "vault", "get", KeePassXc.Everything[0].Title, "--group", "Klienci", "--field", "password"));

        // KeePass: read by the real one. CSV: behind a warning. The sealed backup: brought in again, elsewhere.
        desk.Write("export", KeePassXc.Password + " and more");
        await desk.Does(Cancel, "vault", "export", desk.At("out.kdbx"), "--export-password-file", desk.At("export"));
        var xml = XDocument.Parse(await KeePassXc.Run(["export", "-f", "xml", desk.At("out.kdbx")], [KeePassXc.Password + " and more"], Cancel));
        Assert.Equal(["Studio", "personal", "Klienci", "Żuraw"], xml.Descendants("Group").Select(group => group.Element("Name")!.Value));
        Assert.Equal(3, xml.Descendants("Entry").Count(entry => entry.Parent!.Name == "Group"));
        Assert.Equal(2, (await desk.Says(Cancel, "vault", "export", desk.At("out.csv"))).ExitCode);
        await desk.Does(Cancel, "vault", "export", desk.At("out.csv"), "--plain");
        Assert.Equal(3, CsvEntries.Read(await File.ReadAllTextAsync(desk.At("out.csv"), Cancel)).Entries.Count);
        await desk.Does(Cancel, "vault", "export", desk.At("out.baton"), "--export-password-file", desk.At("export"));
        Assert.Equal(9, (await desk.Says(Cancel, "vault", "export", desk.At("out.baton"), "--export-password-file", desk.At("export"))).ExitCode);
        Assert.All(["out.kdbx", "out.csv", "out.baton"], name => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(desk.At(name))));

        await using var other = await Desk.SetUp(Cancel);
        Assert.StartsWith(
            "Imported 3 entries and 2 files, into 1 new group.\n",
            await other.Does(Cancel, "vault", "import", desk.At("out.baton"), "--source-password-file", desk.At("export"), "--groups-as", "groups", "--yes"), StringComparison.Ordinal);
        Assert.Equal(await Shown(desk), await Shown(other));
        await other.Does(Cancel, "vault", "get", KeePassXc.Everything[0].Title, "--file", "umowa – końcowa.pdf", "--save", other.At("contract"));
        Assert.Equal(KeePassXc.Everything[0].Files![0].Bytes, await File.ReadAllBytesAsync(other.At("contract"), Cancel));
    }

    [Fact]
    public async Task An_import_that_fails_in_the_middle_leaves_nothing()
    {
        await using var desk = await Desk.SetUp(Cancel, "--vault-bytes", "100000");
        desk.Write("many.csv", Many(1_000));
        var heard = await desk.Says(Cancel, "vault", "import", desk.At("many.csv"), "--groups-as", "groups", "--yes");
        Assert.Equal(6, heard.ExitCode);
        Assert.Contains("Nothing of it is in the vault.", heard.Errors, StringComparison.Ordinal);
        Assert.Equal("", await desk.Does(Cancel, "vault", "ls"));
        Assert.Single(await Groups(desk));
        Assert.False(File.Exists(desk.At("config/baton/import.json")));

        // What fits still comes in afterwards: the room was given back.
        desk.Write("few.csv", Many(20));
        await desk.Does(Cancel, "vault", "import", desk.At("few.csv"), "--yes");
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("KILL")]
    public async Task An_import_that_is_stopped_can_be_taken_out_whole(string signal)
    {
        await using var desk = await Desk.SetUp(Cancel);
        desk.Write("many.csv", Many(1_000));
        using var api = desk.Api();
        var group = Id.TryParse((await Groups(desk)).Single(), out var id) ? id : default;

        // The third of its requests is done and not answered: the signal always comes in the middle.
        await using var between = await HostileServer.Before(desk.Server.Address);
        await desk.Does(Cancel, "sign-in", between.Origin, "--email", "ewa@studio.example");
        var (requests, third, signalled) = (0, new TaskCompletionSource(), new TaskCompletionSource());
        between.Delay = path =>
        {
            if (path != "/api/entries" || Interlocked.Increment(ref requests) != 3)
            {
                return Task.CompletedTask;
            }

            third.SetResult();
            return signalled.Task;
        };
        string[] import = ["vault", "import", desk.At("many.csv"), "--yes", "--password-file", desk.At("master")];
        using var process = new Terminal(desk.Home).Start(import);
        process.StandardInput.Close();
        await Task.WhenAny(third.Task, process.WaitForExitAsync(Cancel));
        using (var kill = Process.Start("kill", ["-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(Cancel);
        }

        var heard = await Terminal.Hear(process, Cancel);
        signalled.SetResult();
        Assert.NotEqual(0, heard.ExitCode);
        if (signal == "KILL")
        {
            Assert.InRange(await Desk.Count(api, group, Cancel), 1, 999);
            Assert.Equal(6, (await desk.Says(Cancel, import[..^2])).ExitCode);
            Assert.Equal("What the import of many.csv had brought is out again.\n", await desk.Does(Cancel, "vault", "import", "--undo"));
        }

        Assert.Equal(0, await Desk.Count(api, group, Cancel));
        Assert.False(File.Exists(desk.At("config/baton/import.json")));
    }

    private static byte[] Database(IReadOnlyList<PortableEntry> entries) =>
        KdbxWriter.Write("Agency", entries, KdbxKey.Of(KeePassXc.Password), KdbxCipher.Aes256, WriteTests.KdfOf("AES-KDF"), TimeProvider.System);

    private static string Many(int count) =>
        "Title,Username,Password,Folder\n" + string.Concat(Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"Login {i},user{i},secret {i},Client {i % 3}\n")));

    private static async Task<IReadOnlyList<string>> Groups(Desk desk)
    {
        using var json = JsonDocument.Parse(await desk.Does(Cancel, "vault", "groups", "--json"));
        return [.. json.RootElement.EnumerateArray().Select(group => group.GetProperty("group").GetString()!)];
    }

    // Every entry with its secrets, but for ids and the times of writing.
    private static async Task<string> Shown(Desk desk)
    {
        var shown = new List<string>();
        using var json = JsonDocument.Parse(await desk.Does(Cancel, "vault", "ls", "--json"));
        foreach (var id in json.RootElement.EnumerateArray().Select(entry => entry.GetProperty("entry").GetString()!))
        {
            using var entry = JsonDocument.Parse(await desk.Does(Cancel, "vault", "get", id, "--json", "--reveal"));
            shown.Add(string.Join('\n', entry.RootElement.EnumerateObject().Where(member => member.Name is not ("entry" or "group")).Select(member => $"{member.Name} {member.Value}")));
        }

        return string.Join("\n\n", shown.Order(StringComparer.Ordinal));
    }
}
