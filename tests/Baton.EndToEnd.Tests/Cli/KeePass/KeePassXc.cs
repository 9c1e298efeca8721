using System.Diagnostics;
using System.Text;
using Baton.Cli.Import;
using Baton.Client.Sealing;

namespace Baton.EndToEnd.Tests.Cli.KeePass;

/// <summary>The real KeePassXC: makes, changes and reads databases.</summary>
internal sealed class KeePassXc : IDisposable
{
    public const string Password = "zażółć 73";

    private readonly string folder = Directory.CreateTempSubdirectory("baton-keepass-").FullName;

    /// <summary>A path in a folder of its own.</summary>
    public string PathOf(string name) => Path.Combine(folder, name);

    /// <summary>A database made of XML, version 3.1, the one that its command line makes.</summary>
    public async Task<byte[]> Make(string xml, CancellationToken cancel)
    {
        await File.WriteAllTextAsync(PathOf("in.xml"), xml, cancel);
        await Run(["import", "--set-password", "-t", "100", PathOf("in.xml"), PathOf("made.kdbx")], [Password, Password], cancel);
        return await File.ReadAllBytesAsync(PathOf("made.kdbx"), cancel);
    }

    /// <summary>Writes a database anew, in the version and with the ciphers that it has, with one more entry.</summary>
    public async Task<byte[]> Resave(byte[] database, CancellationToken cancel)
    {
        await File.WriteAllBytesAsync(PathOf("resaved.kdbx"), database, cancel);
        await Run(["add", "-u", "late", "-p", PathOf("resaved.kdbx"), "Added later"], [Password, "p4"], cancel);
        return await File.ReadAllBytesAsync(PathOf("resaved.kdbx"), cancel);
    }

    /// <summary>What it says to a command, with these lines at its questions.</summary>
    public static async Task<string> Run(IReadOnlyList<string> arguments, IEnumerable<string> lines, CancellationToken cancel)
    {
        var start = new ProcessStartInfo("keepassxc-cli", arguments)
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false), StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["QT_QPA_PLATFORM"] = "offscreen";
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(string.Concat(lines.Select(line => line + "\n")));
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var errors = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        Assert.True(process.ExitCode == 0, $"keepassxc-cli {arguments[0]}: {await errors}");
        return await output;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Entries with everything that both sides know.</summary>
    public static IReadOnlyList<PortableEntry> Everything { get; } =
    [
        new(
            "login", "Panel <&> \"żółw\"", "https://panel.example/?a=1&b=2", "ewa", " spaces kept ", "otpauth://totp/Panel?secret=JBSWY3DPEHPK3PXP&algorithm=SHA256&digits=8&period=60",
            "two\nlines\tand a tab", [new EntryField("PIN", "0042", "hidden"), new EntryField("Region", "eu", "text"), new EntryField("Docs", "https://docs.example", "link")],
            [new PortableFile("umowa – końcowa.pdf", [.. Enumerable.Range(0, 70_000).Select(i => (byte)(i % 251))]), new PortableFile("empty.txt", [])],
            ["Klienci", "Żuraw"], ["aws", "prod"], true, [new PortableOldPassword("older", 1_600_000_000_000), new PortableOldPassword("oldest", 1_500_000_000_000)],
            1_400_000_000_000, 1_700_000_000_000, 1_600_000_000_000, 1_900_000_000_000, 1_800_000_000_000),
        new("server", "db1", "ssh://db1.example:22", "root", "hunter2", Fields: [new EntryField("Key", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n", "key")], Folder: ["Klienci"], Created: 1_400_000_000_000, Changed: 1_400_000_000_000),
        new("note", "Alarm", Notes: "the code is 1234", Created: 1_400_000_000_000, Changed: 1_400_000_000_000),
    ];
}
