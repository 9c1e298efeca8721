using System.Security.Cryptography;
using System.Text.Json;
using System.Xml.Linq;
using Baton.Cli.Import;
using Baton.Cli.Import.Kdbx;

namespace Baton.EndToEnd.Tests.Cli.KeePass;

public sealed class WriteTests
{
    public static TheoryData<string, string> Ways => new()
    {
        { "AES", "Argon2id" }, { "AES", "Argon2d" }, { "ChaCha20", "Argon2d" }, { "ChaCha20", "AES-KDF" },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task KeePassXC_reads_what_is_written_and_what_it_saves_anew_is_read_again(string cipher, string kdf)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var keepass = new KeePassXc();
        var database = KdbxWriter.Write("Studio", KeePassXc.Everything, KdbxKey.Of(KeePassXc.Password), cipher == "AES" ? KdbxCipher.Aes256 : KdbxCipher.ChaCha20, KdfOf(kdf), TimeProvider.System);
        AssertEverything(KdbxReader.Read(database, KdbxKey.Of(KeePassXc.Password)).Entries);

        await File.WriteAllBytesAsync(keepass.PathOf("written.kdbx"), database, cancel);
        var xml = XDocument.Parse(await KeePassXc.Run(["export", "-f", "xml", keepass.PathOf("written.kdbx")], [KeePassXc.Password], cancel));
        var panel = xml.Descendants("Entry").First(entry => Value(entry, "Title").StartsWith("Panel", StringComparison.Ordinal));
        Assert.Equal((" spaces kept ", "0042", KeePassXc.Everything[0].Totp), (Value(panel, "Password"), Value(panel, "PIN"), Value(panel, "otp")));
        Assert.Equal(["oldest", "older", " spaces kept "], panel.Element("History")!.Elements("Entry").Select(old => Value(old, "Password")));
        Assert.Equal("Żuraw", panel.Parent!.Element("Name")!.Value);

        var resaved = KdbxReader.Read(await keepass.Resave(database, cancel), KdbxKey.Of(KeePassXc.Password));
        Assert.Equal("KeePass (KDBX 4)", resaved.Format);
        Assert.Equal("p4", Assert.Single(resaved.Entries, entry => entry.Title == "Added later").Password);
        AssertEverything([.. resaved.Entries.Where(entry => entry.Title != "Added later")]);
    }

    [Fact]
    public async Task An_attachment_comes_out_of_KeePassXC_byte_for_byte()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var keepass = new KeePassXc();
        await File.WriteAllBytesAsync(keepass.PathOf("w.kdbx"), KdbxWriter.Write("Studio", KeePassXc.Everything, KeePassXc.Password, TimeProvider.System), cancel);
        var file = KeePassXc.Everything[0].Files![0];
        await KeePassXc.Run(["attachment-export", keepass.PathOf("w.kdbx"), "Klienci/Żuraw/" + KeePassXc.Everything[0].Title, file.Name, keepass.PathOf("out.bin")], [KeePassXc.Password], cancel);
        Assert.Equal(file.Bytes, await File.ReadAllBytesAsync(keepass.PathOf("out.bin"), cancel));
    }

    [Fact]
    public void A_text_that_XML_can_not_hold_does_not_stop_the_export()
    {
        var entry = new PortableEntry("login", "a\u0001b\uFFFEc", Password: "p\u001b");
        var read = KdbxReader.Read(KdbxWriter.Write("S", [entry], KdbxKey.Of("k"), KdbxCipher.Aes256, KdfOf("AES-KDF"), TimeProvider.System), KdbxKey.Of("k"));
        Assert.Equal(("a\uFFFDb\uFFFDc", "p\uFFFD"), (read.Entries[0].Title, read.Entries[0].Password));
    }

    internal static KdbxKdf KdfOf(string name) => name switch
    {
        "Argon2id" => KdbxKdf.OfArgon2(Argon2Type.Id, RandomNumberGenerator.GetBytes(32), 8 << 20, 2, 2),
        "Argon2d" => KdbxKdf.OfArgon2(Argon2Type.D, RandomNumberGenerator.GetBytes(32), 8 << 20, 2, 1),
        _ => KdbxKdf.OfAes(RandomNumberGenerator.GetBytes(32), 70_001),
    };

    private static string Value(XElement entry, string name) =>
        entry.Elements("String").FirstOrDefault(text => text.Element("Key")?.Value == name)?.Element("Value")?.Value ?? "";

    // Compared as text: everything, the files' bytes included.
    private static void AssertEverything(IReadOnlyList<PortableEntry> read) => Assert.Equal(Sorted(KeePassXc.Everything), Sorted(read));

    private static IEnumerable<string> Sorted(IEnumerable<PortableEntry> entries) => entries
        .Select(entry => JsonSerializer.Serialize(entry with
        {
            PasswordChanged = entry.Old is null ? null : entry.PasswordChanged, Fields = [.. (entry.Fields ?? []).OrderBy(field => field.Name, StringComparer.Ordinal)], Files = [.. (entry.Files ?? []).OrderBy(file => file.Name, StringComparer.Ordinal)],
        }))
        .Order(StringComparer.Ordinal);
}
